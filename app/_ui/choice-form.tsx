import { useLocale } from 'next-intl';
import { localePath } from '#i18n/locale-path.ts';
import { Button } from './button.tsx';
import { Select } from './field.tsx';

/** Asks for one thing first, as an address: what the page asks next follows from it, without a script too. */
export function ChoiceForm(props: {
  action: string;
  name: string;
  label: string;
  empty: string;
  options: { value: string; label: string }[];
  chosen?: string | undefined;
  button: string;
}) {
  return (
    <form className="form" action={localePath(useLocale(), props.action)} method="get">
      <Select
        name={props.name}
        label={props.label}
        empty={props.empty}
        options={props.options}
        defaultValue={props.chosen ?? ''}
      />
      <Button kind={props.chosen ? 'quiet' : 'primary'}>{props.button}</Button>
    </form>
  );
}
