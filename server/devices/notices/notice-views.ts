import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { deviceNoticeModels, deviceNotices, devices } from '#db/schema/devices.ts';
import type { NoticeKind } from '../rules.ts';

/** A field-safety notice as everybody sees it. */
export interface NoticeView {
  id: string;
  number: string;
  title: string;
  kind: NoticeKind;
  text: string;
  issuedOn: string;
  /** the first day on which it no longer stands; null: it stands */
  closedOn: string | null;
  demo: boolean;
  models: NoticeModel[];
}

export interface NoticeModel {
  deviceId: string;
  name: string;
  maker: string;
  model: string;
  /** none: every lot */
  lots: string[];
}

/** Notices that stand today, by device; the latest first. */
export async function noticesOfDevices(
  db: Reader,
  deviceIds: readonly string[],
  today: string,
): Promise<Map<string, NoticeView[]>> {
  if (deviceIds.length === 0) return new Map();
  const rows = await db
    .select({ deviceId: deviceNoticeModels.deviceId, id: deviceNotices.id })
    .from(deviceNoticeModels)
    .innerJoin(deviceNotices, eq(deviceNotices.id, deviceNoticeModels.noticeId))
    .where(
      and(
        inArray(deviceNoticeModels.deviceId, [...deviceIds]),
        or(isNull(deviceNotices.closedOn), gt(deviceNotices.closedOn, today)),
      ),
    )
    .orderBy(desc(deviceNotices.issuedOn), desc(deviceNotices.id));
  const views = new Map((await noticeViews(db, [...new Set(rows.map(({ id }) => id))])).map((view) => [view.id, view]));
  const found = new Map<string, NoticeView[]>();
  for (const { deviceId, id } of rows) found.set(deviceId, [...(found.get(deviceId) ?? []), views.get(id)!]);
  return found;
}

/** Notices in the order of their ids; what is not there is left out. */
export async function noticeViews(db: Reader, ids: readonly string[]): Promise<NoticeView[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(deviceNotices)
    .where(inArray(deviceNotices.id, [...ids]));
  const models = await db
    .select({
      noticeId: deviceNoticeModels.noticeId,
      deviceId: deviceNoticeModels.deviceId,
      lots: deviceNoticeModels.lots,
      name: devices.name,
      maker: devices.maker,
      model: devices.model,
    })
    .from(deviceNoticeModels)
    .innerJoin(devices, eq(devices.id, deviceNoticeModels.deviceId))
    .where(inArray(deviceNoticeModels.noticeId, [...ids]))
    .orderBy(devices.name, devices.model, devices.id);
  const byNotice = Map.groupBy(models, ({ noticeId }) => noticeId);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { searchText: _text, ...shown } = row;
    return [{ ...shown, models: (byNotice.get(id) ?? []).map(({ noticeId: _notice, ...model }) => model) }];
  });
}
