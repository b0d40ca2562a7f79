import { count, desc } from 'drizzle-orm';
import { z } from 'zod';
import { auditHeads } from '#db/schema/platform.ts';
import { allow, type Context, notFound, query, reader } from '#server/platform/index.ts';
import { systemKey } from '#server/signatures/index.ts';
import { findHead, type PublishedHead, publishedHead } from './heads.ts';

export type { PublishedHead } from './heads.ts';
export { type HeadsVerdict, verifyHeads as headsVerdict } from './heads.ts';

export const ListHeads = z.strictObject({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(30),
});
export const HeadNumber = z.strictObject({ ordinal: z.coerce.number().int().min(1).max(1_000_000) });

/** The published heads, the latest first, and the key that signs them. Everybody may read them: that is what they are for. */
export async function listHeads(ctx: Context, input: z.input<typeof ListHeads>) {
  // made before, where there is none yet: while reading nothing is written
  await systemKey(ctx);
  return publishedHeads(ctx, input);
}

const publishedHeads = query({
  input: ListHeads,
  load: async () => null,
  allow: () => allow,
  view: async (ctx, _, { page, pageSize }) => {
    const db = reader(ctx);
    const [rows, [counted], key] = await Promise.all([
      db
        .select()
        .from(auditHeads)
        .orderBy(desc(auditHeads.ordinal))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db.select({ total: count() }).from(auditHeads),
      systemKey(ctx),
    ]);
    return {
      key: { fingerprint: key.fingerprint, chain: key.chain },
      items: rows.map(publishedHead),
      page,
      pageSize,
      total: counted!.total,
    };
  },
});

/** One head; throws notFound. */
export const getHead = query({
  input: HeadNumber,
  load: async (db, { ordinal }) => (await findHead(db, ordinal)) ?? notFound(),
  allow: () => allow,
  view: (_ctx, head): PublishedHead => publishedHead(head),
});
