import { useLocale } from 'next-intl';
import { Fragment } from 'react';
import { Facts } from '#app/_ui/lists.tsx';
import type { EntryHistory } from '#server/registers/index.ts';
import { useFieldTexts } from './field-texts.tsx';

/** What a version says, field by field; what it does not speak of is left out. */
export function VersionFacts({ register, fields }: { register: string; fields: NonNullable<EntryHistory['fields']> }) {
  const { labelOf, textOf } = useFieldTexts(register);
  const english = useLocale() === 'en';
  return (
    <Facts
      items={fields
        .filter(({ text }) => text !== '')
        .map(({ name, text, unit }) => ({
          label: labelOf(name),
          value: unit ? `${english ? unit.nameEn : unit.name} (${text})` : <Lines text={textOf(name, text)} />,
        }))}
    />
  );
}

/** One line for each thing of a list, its parts told apart by a point. */
function Lines({ text }: { text: string }) {
  const [first, ...others] = [...new Set(text.split('\n').map((line) => line.replaceAll(' | ', ' · ')))];
  return (
    <>
      {first}
      {others.map((line) => (
        <Fragment key={line}>
          <br />
          {line}
        </Fragment>
      ))}
    </>
  );
}
