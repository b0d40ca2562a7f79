import { z } from 'zod';
import { type DeviceView, getDevice, searchDevices } from '#server/devices/index.ts';
import { deviceClasses, deviceStatuses } from '#server/devices/rules.ts';
import { env } from '#server/platform/env.ts';
import { parseInput } from '#server/platform/index.ts';
import type { ApiHandler } from '../api-route.ts';
import { onceEach, oneToday, whole, withEtag } from './list-answer.ts';

/** `GET /api/v1/devices`: words or a scanned code, class, status and group; what is not known is refused. */
export const DevicesQuery = z.strictObject({
  q: z.string().max(300).optional(),
  page: whole.optional(),
  pageSize: whole.optional(),
  class: z.enum(deviceClasses).optional(),
  status: z.enum(deviceStatuses).optional(),
  emdn: z
    .string()
    .regex(/^[A-Z]\d{0,14}$/, 'devices.errors.emdn')
    .optional(),
});

/** `GET /api/v1/devices`: the public register of medical devices, with the safety notices that stand. */
export const listDevices: ApiHandler = async (ctx, request) => {
  const { class: deviceClass, ...same } = parseInput(DevicesQuery, onceEach(new URL(request.url).searchParams));
  const { items, page, pageSize, total } = await searchDevices(ctx, {
    ...same,
    ...(deviceClass ? { deviceClass } : {}),
  });
  return withEtag(request, JSON.stringify({ items: items.map(deviceResource), page, pageSize, total }));
};

const deviceResource = (device: DeviceView) => ({
  id: device.id,
  registrationNumber: device.registrationNumber,
  name: device.name,
  maker: device.maker,
  model: device.model,
  type: device.type,
  class: device.deviceClass,
  emdn: device.emdn,
  udiDis: device.udiDis,
  country: device.country,
  owner: device.owner,
  registrant: device.registrant,
  status: device.status,
  issuedOn: device.issuedOn,
  validTo: device.validTo,
  suspendedFrom: device.suspendedFrom,
  suspendedTo: device.suspendedTo,
  withdrawnOn: device.withdrawnOn,
  notices: device.notices.map(({ id, number, kind, title, issuedOn, models }) => ({
    number,
    kind,
    title,
    issuedOn,
    lots: models.find(({ deviceId }) => deviceId === device.id)?.lots ?? [],
    url: `${env().appUrl}/registers/notices/${id}`,
  })),
  url: `${env().appUrl}/registers/devices/${device.id}`,
});

/** `GET /api/v1/devices/{id}`: one model as it stands today. */
export const oneDevice = oneToday('devices', getDevice, deviceResource);
