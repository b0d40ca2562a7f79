import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { deviceNoticeModels, deviceNotices } from '#db/schema/devices.ts';
import { type FieldError, searchable, type TxContext } from '#server/platform/index.ts';
import { type Content, fields, keyOf, type Projected, type Register } from '#server/registers/index.ts';
import { NoticeContent } from '../inputs.ts';
import { lotsOf, noticeKinds } from '../rules.ts';
import { devicesMeant } from './resolve-models.ts';

const { line, prose, date, choice, table } = fields;

/** Field-safety notices: one official of the ministry writes one, another approves it; from then on it is shown. */
export const noticesRegister: Register = {
  key: 'notices',
  content: NoticeContent as unknown as z.ZodType<Content>,
  fields: [
    line('number', { required: true }),
    line('title', { required: true }),
    choice('kind', noticeKinds, { required: true }),
    date('issuedOn', { required: true }),
    table('models', ['device', 'lots'], { required: true }),
    prose('text', { required: true }),
  ],
  title: ({ number, title }) => `${number}: ${title}`,
  keys: (content) => [keyOf('notice', (content as NoticeContent).number)],
  listed: ['kind', 'models', 'issuedOn'],
  faults: (db, contents) => Promise.all(contents.map((content) => unknownDevices(db, content as NoticeContent))),
  project,
};

async function unknownDevices(db: Reader, { models }: Partial<NoticeContent>): Promise<FieldError[]> {
  for (const { device } of models ?? [])
    if ((await devicesMeant(db, device)).length === 0)
      return [{ path: 'models', reason: 'notices.errors.noSuchDevice', values: { device } }];
  return [];
}

async function project(ctx: TxContext, rows: readonly Projected[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ entryId }) => entryId);
  // the lines about models go with it
  await ctx.tx.delete(deviceNotices).where(inArray(deviceNotices.id, ids));
  await ctx.tx.insert(deviceNotices).values(
    rows.map(({ entryId, content, closedOn, demo }) => {
      const { number, title, kind, text, issuedOn } = content as NoticeContent;
      const searchText = searchable([number, title, text].join(' '));
      return { id: entryId, number, title, kind, text, issuedOn, closedOn, searchText, demo };
    }),
  );
  for (const { entryId, content } of rows) {
    const lots = await lotsByDevice(ctx.tx, content as NoticeContent);
    if (lots.size > 0)
      await ctx.tx
        .insert(deviceNoticeModels)
        .values([...lots].map(([deviceId, named]) => ({ noticeId: entryId, deviceId, lots: named })));
  }
}

/** A device named without lots is meant whole, even where another line names some. */
async function lotsByDevice(db: Reader, { models }: NoticeContent): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { device, lots } of models) {
    const named = lotsOf(lots);
    for (const id of await devicesMeant(db, device)) {
      const before = found.get(id);
      const whole = named.length === 0 || before?.length === 0;
      found.set(id, whole ? [] : [...new Set([...(before ?? []), ...named])]);
    }
  }
  return found;
}
