import { inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { isLoaded, namesOf } from '#server/nomenclatures/index.ts';
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
import { DeviceContent } from './inputs.ts';
import { deviceClasses } from './rules.ts';
import { statusOn } from './status-on.ts';

const { line, prose, date, choice, list } = fields;

/** The register of medical devices: an entry is one model of one maker used as one type. Kept by the ministry. */
export const devicesRegister: Register = {
  key: 'devices',
  content: DeviceContent as unknown as z.ZodType<Content>,
  fields: [
    line('name', { required: true }),
    line('maker', { required: true }),
    line('model', { required: true }),
    line('type', { required: true }),
    choice('deviceClass', deviceClasses, { required: true }),
    line('declarationNumber'),
    line('circulationNumber'),
    line('emdn'),
    list('udiDis'),
    line('country'),
    line('owner'),
    line('registrant'),
    prose('intendedUse'),
    date('issuedOn'),
    date('validTo'),
    date('suspendedFrom'),
    date('suspendedTo'),
    line('suspensionDecision'),
    date('withdrawnOn'),
    line('withdrawalDecision'),
  ],
  title: ({ name, model }) => `${name} ${model}`,
  keys: (content) => {
    const { maker, model, type, udiDis } = content as DeviceContent;
    return [
      keyOf('model', `${maker} ${model} ${type}`),
      ...(udiDis ?? []).flatMap((code) => (gtin14(code) ? [keyOf('gtin', gtin14(code)!)] : [])),
    ];
  },
  traces: (content) => deviceTraces(content as DeviceContent),
  filters: { class: 'deviceClass' },
  listed: ['maker', 'model', 'deviceClass', 'declarationNumber', 'circulationNumber'],
  standing: ({ content }, { day }) =>
    statusOn(
      {
        validTo: sql`(${content} ->> 'validTo')::date`,
        suspendedFrom: sql`(${content} ->> 'suspendedFrom')::date`,
        suspendedTo: sql`(${content} ->> 'suspendedTo')::date`,
        withdrawnOn: sql`(${content} ->> 'withdrawnOn')::date`,
      },
      day,
    ),
  faults: async (db, contents, today, before) => {
    const unknown = await unknownCodes(db, contents as DeviceContent[]);
    return contents.map((content, index) => [
      ...unknown[index]!,
      ...admissionFaults(content, before?.[index] ?? null, today),
    ]);
  },
  project,
};

/** A code is compared with the list where the operator has it; without the list it is taken as it is. */
async function unknownCodes(db: Reader, contents: readonly DeviceContent[]): Promise<FieldError[][]> {
  const codes = contents.flatMap(({ emdn }) => emdn ?? []);
  if (codes.length === 0 || !(await isLoaded(db, 'emdn'))) return contents.map(() => []);
  const known = new Set((await namesOf(db, 'emdn', codes)).map(({ code }) => code));
  return contents.map(({ emdn }) =>
    emdn && !known.has(emdn) ? [{ path: 'emdn', reason: 'devices.errors.emdnUnknown', values: { code: emdn } }] : [],
  );
}

const numberOf = (device: DeviceContent): string => device.declarationNumber ?? device.circulationNumber ?? '';

/** One model under one number: the same device with its type said in other words, or two types of it. */
function deviceTraces(device: DeviceContent): Trace[] {
  const number = numberOf(device);
  if (number === '') return [];
  return [{ reason: 'sameNumber', trace: [number, device.maker, device.model].map(compactNumber).join('|') }];
}

/** Letters and digits of a number, as search compares them. */
export const compactNumber = (text: string): string => searchable(text).replaceAll(' ', '');

async function project(ctx: TxContext, rows: readonly Projected[]): Promise<void> {
  const values = rows.map(({ entryId, content, closedOn, demo }) => {
    const device = content as DeviceContent;
    return {
      id: entryId,
      registrationNumber: numberOf(device),
      name: device.name,
      maker: device.maker,
      model: device.model,
      type: device.type,
      deviceClass: device.deviceClass,
      emdn: device.emdn ?? null,
      udiDis: (device.udiDis ?? []).flatMap((code) => gtin14(code) ?? []),
      country: device.country ?? null,
      owner: device.owner ?? null,
      registrant: device.registrant ?? null,
      issuedOn: device.issuedOn ?? null,
      validTo: device.validTo ?? null,
      suspendedFrom: device.suspendedFrom ?? null,
      suspendedTo: device.suspendedTo ?? null,
      withdrawnOn: device.withdrawnOn ?? null,
      closedOn,
      searchNumber: compactNumber(numberOf(device)),
      searchName: searchable(device.name),
      searchText: searchTextOf(device),
      demo,
    };
  });
  if (values.length === 0) return;
  await ctx.tx.delete(devices).where(
    inArray(
      devices.id,
      values.map(({ id }) => id),
    ),
  );
  await ctx.tx.insert(devices).values(values);
}

/** Everything one may search by; model and number also without what parts them. */
function searchTextOf(device: DeviceContent): string {
  const words = [device.name, device.maker, device.model, device.type, device.owner ?? '', numberOf(device)];
  const compact = [device.model, numberOf(device)].map(compactNumber);
  return [searchable(words.join(' ')), ...compact, ...(device.udiDis ?? []).flatMap((code) => gtin14(code) ?? [])].join(
    ' ',
  );
}
