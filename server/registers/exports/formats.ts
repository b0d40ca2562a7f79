import { csvLine, csvMark, xlsxStream } from '#server/platform/index.ts';
import type { Register } from '../define.ts';
import type { Field } from '../fields.ts';
import { type Locale, labelOf, optionLabel, registerName } from '../imports/words.ts';
import { type ExportFormat, entryColumn } from '../inputs.ts';
import type { ExportRow } from './export-rows.ts';

export const exportTypes: Record<ExportFormat, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  geojson: 'application/geo+json',
};

/** What a file is made of besides its rows. */
export interface Layout {
  register: Register;
  locale: Locale;
  /** the fields that are told */
  fields: readonly Field[];
  /** facts at the head of JSON: the day, when it was made */
  facts: Record<string, string>;
}

/** The bytes of a file of some format, made while its rows arrive. */
export async function* formatted(
  format: ExportFormat,
  layout: Layout,
  rows: AsyncIterable<ExportRow>,
): AsyncGenerator<Uint8Array> {
  if (format === 'xlsx') {
    const title = registerName(layout.register, layout.locale);
    yield* xlsxStream(title, headings(layout), cellsOf(layout, rows));
    return;
  }
  const pieces = format === 'csv' ? csv(layout, rows) : format === 'json' ? json(layout, rows) : geoJson(layout, rows);
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < 65_536) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting);
}

/** The entry's id first, so that the sheet can be taken in again. */
const headings = ({ register, fields, locale }: Layout): string[] =>
  [entryColumn, ...fields.map(({ name }) => name)].map((name) => labelOf(register, name, locale));

async function* cellsOf(
  { register, fields, locale }: Layout,
  rows: AsyncIterable<ExportRow>,
): AsyncGenerator<string[]> {
  const words = new Map(
    fields.map((field) => [
      field.name,
      new Map((field.options ?? []).map((option) => [option, optionLabel(register, field, option, locale)])),
    ]),
  );
  for await (const { id, content } of rows)
    yield [
      id,
      ...fields.map((field) => {
        const text = field.format(content[field.name]);
        const known = words.get(field.name)!;
        return known.size === 0
          ? text
          : text
              .split('; ')
              .map((option) => known.get(option) ?? option)
              .join('; ');
      }),
    ];
}

async function* csv(layout: Layout, rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  yield csvMark + csvLine(headings(layout));
  for await (const cells of cellsOf(layout, rows)) yield csvLine(cells);
}

const told = ({ fields }: Layout, content: ExportRow['content']) =>
  Object.fromEntries(fields.map(({ name }) => [name, content[name] ?? null]));

async function* json(layout: Layout, rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  const head = JSON.stringify({ register: layout.register.key, ...layout.facts });
  yield `${head.slice(0, -1)},"entries":[`;
  let first = true;
  for await (const { id, content } of rows) {
    yield `${first ? '\n' : ',\n'}${JSON.stringify({ id, ...told(layout, content) })}`;
    first = false;
  }
  yield '\n]}\n';
}

/** RFC 7946: longitude before latitude; what has no place is not in it. */
async function* geoJson(layout: Layout, rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let first = true;
  for await (const { id, content } of rows) {
    const point = layout.register.point?.(content);
    if (!point) continue;
    const geometry = { type: 'Point', coordinates: [point.longitude, point.latitude] };
    yield `${first ? '\n' : ',\n'}${JSON.stringify({ type: 'Feature', id, geometry, properties: told(layout, content) })}`;
    first = false;
  }
  yield '\n]}\n';
}
