import { sql } from 'drizzle-orm';
import { allow, notFound, query, reader, searchable } from '#server/platform/index.ts';
import { ListNotices, NoticeRef } from '../inputs.ts';
import { type NoticeView, noticeViews } from '../notices/notice-views.ts';

export interface NoticeList {
  items: NoticeView[];
  page: number;
  pageSize: number;
  total: number;
}

/** Field-safety notices, what stands first, the latest on top. Everybody may read them. */
export const listNotices = query({
  input: ListNotices,
  load: async (db, { q = '', deviceId, page, pageSize }) => {
    const words = searchable(q).split(' ').filter(Boolean);
    if (q.trim() !== '' && words.length === 0) return { ids: [], total: 0 };
    const conditions = [
      sql`true`,
      ...words.map((word) => sql`n.search_text like ${`%${word}%`}`),
      ...(deviceId
        ? [sql`exists (select from device_notice_models m where m.notice_id = n.id and m.device_id = ${deviceId})`]
        : []),
    ];
    const rows = await db.execute<{ id: string; total: number }>(sql`
      select n.id, count(*) over ()::int as total from device_notices n where ${sql.join(conditions, sql` and `)}
      order by n.closed_on is not null, n.issued_on desc, n.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`);
    return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
  },
  allow: () => allow,
  view: async (ctx, { ids, total }, { page, pageSize }): Promise<NoticeList> => ({
    items: await noticeViews(reader(ctx), ids),
    page,
    pageSize,
    total,
  }),
});

/** One notice; throws notFound. */
export const getNotice = query({
  input: NoticeRef,
  load: async (db, { id }) => (await noticeViews(db, [id]))[0] ?? notFound(),
  allow: () => allow,
  view: (_ctx, notice): NoticeView => notice,
});
