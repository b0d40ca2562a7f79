import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/field.tsx';
import { localePath } from '#i18n/locale-path.ts';

/** Asks for an authority first, as an address: the units on the page follow from it, without a script too. */
export function AuthorityChoice(props: {
  action: string;
  authorities: { id: string; name: string }[];
  chosen?: string | undefined;
}) {
  const t = useTranslations('administration');
  return (
    <form className="form" action={localePath(useLocale(), props.action)} method="get">
      <Select
        name="organisation"
        label={t('list.authority')}
        empty={t('new.chooseAuthority')}
        options={props.authorities.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={props.chosen ?? ''}
      />
      <Button kind={props.chosen ? 'quiet' : 'primary'}>{t('new.next')}</Button>
    </form>
  );
}
