import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { findTerritoryUnit, readWards, type TerritoryUnit } from '#server/territory/index.ts';
import type { Register } from '../define.ts';
import type { Version } from '../records.ts';

/** A field as it is read: its label is the message `<register>.fields.<name>`. */
export interface FieldText {
  name: string;
  text: string;
  /** of a code of a province or ward: what it is called on the day asked for */
  unit: { name: string; nameEn: string } | null;
}

type Said = Pick<Version, 'content' | 'recordedAt'>;

/** Fields of what was said, as texts; units are looked up for all of them, or for those `named`. */
export async function fieldTexts(
  db: Reader,
  shown: Register['fields'],
  said: Said,
  on: string,
  named?: readonly string[],
): Promise<FieldText[]> {
  const texts: FieldText[] = [];
  for (const field of shown) {
    const text = field.format(said.content[field.name]);
    const isNamed = field.unit && text && (!named || named.includes(field.name));
    texts.push({ name: field.name, text, unit: isNamed ? await unitName(db, field.unit!, said, on) : null });
  }
  return texts;
}

/** A code means what it meant when it was written down; a ward that ended stands under the name of the one that took over. */
async function unitName(db: Reader, level: 'province' | 'ward', { content, recordedAt }: Said, on: string) {
  const writtenOn = localDate(recordedAt);
  const provinceCode = String(content.provinceCode);
  if (level === 'province') return nameOf(await findTerritoryUnit(db, level, provinceCode, writtenOn));
  const [reading] = await readWards(db, [{ code: String(content.wardCode), writtenOn, provinceCode }], on);
  const [only, another] = reading!.becomes;
  return nameOf(only && !another ? only : reading!.meant);
}

const nameOf = (unit: TerritoryUnit | null) => unit && { name: unit.fullName, nameEn: unit.fullNameEn };
