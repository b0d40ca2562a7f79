import { useLocale, useTranslations } from 'next-intl';
import { localePath } from '#i18n/locale-path.ts';
import { Button } from './button.tsx';

/** A search that is an address: GET `action?name=words`. `hidden` keeps filters that are on. */
export function SearchBox(props: {
  action: string;
  label: string;
  name?: string;
  placeholder?: string;
  defaultValue?: string | undefined;
  large?: boolean;
  hidden?: Record<string, string>;
}) {
  const t = useTranslations('ui.search');
  const { name = 'q' } = props;
  const id = `search-${name}`;
  return (
    <search>
      <form
        className={props.large ? 'search large' : 'search'}
        action={localePath(useLocale(), props.action)}
        method="get"
      >
        <div>
          <label htmlFor={id} className="hidden-text">
            {props.label}
          </label>
          <input
            id={id}
            className="input"
            type="search"
            name={name}
            defaultValue={props.defaultValue}
            placeholder={props.placeholder}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        {Object.entries(props.hidden ?? {}).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <Button>{t('button')}</Button>
      </form>
    </search>
  );
}
