import { inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, notFound, query, reader } from '#server/platform/index.ts';
import { DeviceRef, SearchDevices } from '../inputs.ts';
import { type NoticeView, noticesOfDevices } from '../notices/notice-views.ts';
import { type DeviceClass, type DeviceStatus, deviceStatus } from '../rules.ts';
import { findDevices } from '../search.ts';

/** A device model as anyone may see it in a list. */
export interface DeviceView {
  id: string;
  /** of the declared standard or of circulation */
  registrationNumber: string;
  name: string;
  maker: string;
  model: string;
  type: string;
  deviceClass: DeviceClass;
  emdn: string | null;
  udiDis: string[];
  country: string | null;
  owner: string | null;
  registrant: string | null;
  status: DeviceStatus;
  issuedOn: string | null;
  validTo: string | null;
  suspendedFrom: string | null;
  suspendedTo: string | null;
  withdrawnOn: string | null;
  demo: boolean;
  /** field-safety notices that stand, the latest first */
  notices: NoticeView[];
}

export interface DeviceList {
  items: DeviceView[];
  page: number;
  pageSize: number;
  total: number;
}

/** The public register: everybody may search it. `total` counts all that match, `items` is one page of them, in order. */
export const searchDevices = query({
  input: SearchDevices,
  load: (db, { page, pageSize, ...criteria }, ctx) =>
    findDevices(db, criteria, { page, pageSize }, localDate(ctx.now())),
  allow: () => allow,
  view: async (ctx, { ids, total }, { page, pageSize }): Promise<DeviceList> => ({
    items: await deviceViews(reader(ctx), ids, localDate(ctx.now())),
    page,
    pageSize,
    total,
  }),
});

/** One device as it stands today; throws notFound. Its history is asked of the registers. */
export const getDevice = query({
  input: DeviceRef,
  load: async (db, { id }, ctx) => (await deviceViews(db, [id], localDate(ctx.now())))[0] ?? notFound(),
  allow: () => allow,
  view: (_ctx, device): DeviceView => device,
});

/** Devices in the order of their ids; what is not there is left out. */
export async function deviceViews(db: Reader, ids: readonly string[], today: string): Promise<DeviceView[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(devices)
    .where(inArray(devices.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const notices = await noticesOfDevices(db, ids, today);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { searchName: _name, searchNumber: _number, searchText: _text, closedOn: _closed, ...shown } = row;
    return [{ ...shown, status: deviceStatus(row, today), notices: notices.get(id) ?? [] }];
  });
}
