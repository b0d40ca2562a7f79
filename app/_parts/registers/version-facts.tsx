import { Facts } from '#app/_ui/lists.tsx';
import type { EntryHistory } from '#server/registers/index.ts';
import { useFieldTexts } from './field-texts.tsx';

/** What a version says, field by field; what it does not speak of is left out. */
export function VersionFacts({ register, fields }: { register: string; fields: NonNullable<EntryHistory['fields']> }) {
  const { labelOf, textOf } = useFieldTexts(register);
  return (
    <Facts
      items={fields
        .filter(({ text }) => text !== '')
        .map(({ name, text }) => ({ label: labelOf(name), value: textOf(name, text) }))}
    />
  );
}
