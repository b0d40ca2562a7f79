import { useTranslations } from 'next-intl';
import { ChoiceForm } from '#app/_ui/choice-form.tsx';

/** Asks for an authority first: the units on the page follow from it. */
export function AuthorityChoice(props: {
  action: string;
  authorities: { id: string; name: string }[];
  chosen?: string | undefined;
}) {
  const t = useTranslations('administration');
  return (
    <ChoiceForm
      action={props.action}
      name="organisation"
      label={t('list.authority')}
      empty={t('new.chooseAuthority')}
      options={props.authorities.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={props.chosen}
      button={t('new.next')}
    />
  );
}
