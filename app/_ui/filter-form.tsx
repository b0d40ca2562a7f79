import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { localePath } from '#i18n/locale-path.ts';
import { Button } from './button.tsx';

/** Filters that are an address: GET `action?…`. `hidden` keeps what the form does not ask for. */
export function FilterForm(props: {
  action: string;
  label: string;
  children: ReactNode;
  hidden?: Record<string, string>;
  /** what a telephone folds away unless it is in use, so that the list is seen at once */
  folded?: { inUse: boolean; fields: ReactNode };
  /** beside the button */
  more?: ReactNode;
}) {
  const t = useTranslations('ui.filter');
  return (
    <search aria-label={props.label}>
      <form className="filters" action={localePath(useLocale(), props.action)} method="get">
        {props.children}
        {props.folded && (
          <details open={props.folded.inUse}>
            <summary>{t('more')}</summary>
            {props.folded.fields}
          </details>
        )}
        {Object.entries(props.hidden ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button kind="quiet">{t('apply')}</Button>
        {props.more}
      </form>
    </search>
  );
}
