import { useTranslations } from 'next-intl';
import { Select, TextArea, TextField } from '#app/_ui/field.tsx';

export interface UnitChoice {
  id: string;
  name: string;
  depth: number;
  mayChange: boolean;
}

/** Units as choices, those below others indented; only those one may put somebody into. */
export const unitOptions = (units: UnitChoice[]) =>
  units
    .filter((unit) => unit.mayChange)
    .map((unit) => ({ value: unit.id, label: `${'\u2003'.repeat(unit.depth)}${unit.name}` }));

/** Unit, title and the lines above a signature. */
export function PostFields({ units }: { units: UnitChoice[] }) {
  const t = useTranslations('administration.fields');
  return (
    <>
      <Select name="unitId" label={t('unit')} empty={t('chooseUnit')} options={unitOptions(units)} />
      <TextField name="title" label={t('post')} hint={t('postHint')} />
      <TextField name="titleEn" label={t('postEn')} optional />
      <TextArea name="signatureTitle" label={t('signatureTitle')} hint={t('signatureTitleHint')} rows={2} optional />
    </>
  );
}
