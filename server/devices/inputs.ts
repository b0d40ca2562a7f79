import { z } from 'zod';
import { gtin14 } from '#server/platform/gs1.ts';
import { Id, line, paragraph } from '#server/platform/input.ts';
import { deviceClasses, deviceStatuses, noticeKinds, numberFaults } from './rules.ts';

const Day = z.iso.date('registers.errors.date');

/** What the register says of a device model. */
export const DeviceContent = z
  .strictObject({
    name: line(250),
    maker: line(300),
    model: line(120),
    /** what kind of device it is used as: one model of a maker may be registered as two */
    type: line(200),
    deviceClass: z.enum(deviceClasses),
    declarationNumber: line(60).nullish(),
    circulationNumber: line(60).nullish(),
    emdn: z
      .string()
      .transform((text) => text.replace(/[\s.]/g, '').toUpperCase())
      .pipe(z.string().regex(/^[A-Z](\d{2,14})?$/, 'devices.errors.emdn'))
      .nullish(),
    udiDis: z
      .array(z.string().refine((text) => gtin14(text) !== null, 'devices.errors.udiDi'))
      .max(100)
      .default([]),
    country: line(100).nullish(),
    owner: line(300).nullish(),
    registrant: line(300).nullish(),
    intendedUse: paragraph(3000).nullish(),
    issuedOn: Day.nullish(),
    /** last day on which it holds; missing: without end */
    validTo: Day.nullish(),
    suspendedFrom: Day.nullish(),
    suspendedTo: Day.nullish(),
    suspensionDecision: line(60).nullish(),
    withdrawnOn: Day.nullish(),
    withdrawalDecision: line(60).nullish(),
  })
  .superRefine((device, faults) => {
    for (const { path, fault } of numberFaults(device))
      faults.addIssue({ code: 'custom', path: [path], message: `devices.errors.${path}.${fault}` });
    if (device.suspendedTo && (!device.suspendedFrom || device.suspendedTo < device.suspendedFrom))
      faults.addIssue({ code: 'custom', path: ['suspendedTo'], message: 'devices.errors.suspendedTo' });
  });
export type DeviceContent = z.output<typeof DeviceContent>;

export const SearchDevices = z.strictObject({
  q: z.string().max(300).optional(),
  deviceClass: z.enum(deviceClasses).optional(),
  status: z.enum(deviceStatuses).optional(),
  /** with everything below that code of the nomenclature */
  emdn: z
    .string()
    .regex(/^[A-Z]\d{0,14}$/)
    .optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
export type SearchDevices = z.input<typeof SearchDevices>;
export const DeviceRef = z.strictObject({ id: Id });

/** What a field-safety notice says. `device`: a UDI-DI, the number of a device, or the address of its page. */
export const NoticeContent = z.strictObject({
  number: line(60),
  title: line(250),
  kind: z.enum(noticeKinds),
  text: paragraph(5000),
  issuedOn: Day,
  models: z
    .array(z.strictObject({ device: line(200), lots: line(2000).optional() }))
    .min(1, 'errors.field.required')
    .max(200),
});
export type NoticeContent = z.output<typeof NoticeContent>;

export const ListNotices = z.strictObject({
  q: z.string().max(200).optional(),
  deviceId: Id.optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});
export type ListNotices = z.input<typeof ListNotices>;
export const NoticeRef = z.strictObject({ id: Id });
