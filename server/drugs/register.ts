import { inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { drugs } from '#db/schema/drugs.ts';

import { type FieldError, gtin14, searchable, type TxContext } from '#server/platform/index.ts';
import {
  admissionFaults,
  type Content,
  fields,
  keyOf,
  type Projected,
  type Register,
  type Trace,
} from '#server/registers/index.ts';

import { DrugContent } from './inputs.ts';
import { drugWords, prescriptionClasses, registrationFault } from './rules.ts';
import { statusOn } from './status-on.ts';

const { line, prose, date, choice, list, table } = fields;

/** The register of drugs: kept by the ministry. */
export const drugsRegister: Register = {
  key: 'drugs',
  content: DrugContent as unknown as z.ZodType<Content>,
  fields: [
    line('registrationNumber', { required: true }),
    list('formerNumbers'),
    line('name', { required: true }),
    table('ingredients', ['name', 'strength', 'atc'], { required: true }),
    line('dosageForm'),
    prose('packing'),
    line('shelfLife'),
    line('standard'),
    line('manufacturer'),
    line('country'),
    line('registrant'),
    choice('prescription', prescriptionClasses, { required: true }),
    list('gtins'),
    date('issuedOn'),
    date('validTo'),
    date('withdrawnOn'),
    line('withdrawalDecision'),
  ],
  title: ({ name }) => String(name),
  keys: (content) => {
    const { registrationNumber, formerNumbers, gtins } = content as DrugContent;
    return [
      ...[registrationNumber, ...(formerNumbers ?? [])].map((number) => keyOf('registration', number)),
      ...(gtins ?? []).flatMap((code) => (gtin14(code) ? [keyOf('gtin', gtin14(code)!)] : [])),
    ];
  },
  traces: (content) => drugTraces(content as DrugContent),
  filters: { prescription: 'prescription' },
  listed: ['registrationNumber', 'ingredients', 'registrant'],
  standing: ({ content }, { day }) =>
    statusOn(
      { validTo: sql`(${content} ->> 'validTo')::date`, withdrawnOn: sql`(${content} ->> 'withdrawnOn')::date` },
      day,
    ),
  faults: async (_db, contents, today, before) =>
    contents.map((content, index) => [
      ...numberFaults(content as DrugContent, today),
      ...admissionFaults(content, before?.[index] ?? null, today),
    ]),
  project,
};

/** The same name of the same maker in the same form and strength: one product entered under two numbers. */
function drugTraces({ name, manufacturer, dosageForm, ingredients }: DrugContent): Trace[] {
  const strengths = ingredients.map((each) => `${each.name} ${each.strength ?? ''}`).sort();
  const parts = [name, manufacturer ?? '', dosageForm ?? '', strengths.join(' ')].map(searchable);
  return [{ reason: 'sameNameMaker', trace: parts.join('|') }];
}

function numberFaults({ registrationNumber, formerNumbers }: Partial<DrugContent>, today: string): FieldError[] {
  const named: [string, string][] = [
    ...(registrationNumber ? [['registrationNumber', registrationNumber] as [string, string]] : []),
    ...(formerNumbers ?? []).map((number): [string, string] => ['formerNumbers', number]),
  ];
  return named.flatMap(([path, number]) => {
    const fault = registrationFault(number, today);
    return fault ? [{ path, reason: `drugs.errors.number.${fault}`, values: { number } }] : [];
  });
}

async function project(ctx: TxContext, rows: readonly Projected[]): Promise<void> {
  const values = rows.map(({ entryId, content, closedOn, demo }) => {
    const drug = content as DrugContent;
    return {
      id: entryId,
      registrationNumber: drug.registrationNumber,
      name: drug.name,
      ingredients: drug.ingredients.map(({ name, strength, atc }) => ({
        name,
        ...(strength ? { strength } : {}),
        ...(atc ? { atc } : {}),
      })),
      dosageForm: drug.dosageForm ?? null,
      manufacturer: drug.manufacturer ?? null,
      country: drug.country ?? null,
      registrant: drug.registrant ?? null,
      prescription: drug.prescription,
      issuedOn: drug.issuedOn ?? null,
      validTo: drug.validTo ?? null,
      withdrawnOn: drug.withdrawnOn ?? null,
      closedOn,
      searchName: searchable(drug.name),
      searchText: searchTextOf(drug),
      demo,
    };
  });
  if (values.length === 0) return;
  await ctx.tx.delete(drugs).where(
    inArray(
      drugs.id,
      values.map(({ id }) => id),
    ),
  );
  await ctx.tx.insert(drugs).values(values);
}

/** Name, ingredients and numbers; numbers also without their separators. */
function searchTextOf(drug: DrugContent): string {
  const numbers = [drug.registrationNumber, ...(drug.formerNumbers ?? [])];
  const compact = [...numbers, ...(drug.gtins ?? []).map((code) => gtin14(code) ?? code)].map((number) =>
    number.replace(/[^\p{L}\p{N}]/gu, ''),
  );
  const words = [
    drug.name,
    ...drug.ingredients.flatMap(({ name, strength }) => [name, strength ?? '']),
    drug.manufacturer ?? '',
    ...numbers,
  ];
  return [...drugWords(searchable(words.join(' '))), ...compact.map(searchable)].join(' ');
}
