import { asc, gt } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { devices } from '#db/schema/devices.ts';
import { type DeviceView, deviceViews } from './devices.ts';

/** The next public entries behind one, by their ids: the whole register in pieces. Everybody may read it. */
export async function devicesInOrder(
  db: Reader,
  after: string | null,
  most: number,
  today: string,
): Promise<(DeviceView & { closedOn: string | null })[]> {
  const rows = await db
    .select({ id: devices.id, closedOn: devices.closedOn })
    .from(devices)
    .where(after === null ? undefined : gt(devices.id, after))
    .orderBy(asc(devices.id))
    .limit(most);
  const closed = new Map(rows.map(({ id, closedOn }) => [id, closedOn]));
  const views = await deviceViews(db, [...closed.keys()], today);
  return views.map((view) => ({ ...view, closedOn: closed.get(view.id) ?? null }));
}
