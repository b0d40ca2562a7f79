import { and, asc, count, desc, eq, gt, not, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossiers } from '#db/schema/dossiers.ts';
import { type Context, query, searchable } from '#server/platform/index.ts';
import { getVersion, type JsonObject, type Text, titleOf } from '#server/procedures/index.ts';
import { unreadOf } from '../correspondence.ts';
import { DossierList } from '../inputs.ts';
import type { Side } from '../message-rules.ts';
import { canListOwn, canUseOffice } from '../policy.ts';
import { type Dossier, dossiersVisibleTo, ownDossiersOf } from '../records.ts';
import { type DossierStateName, dossierStates, endedEarly, isState } from '../rules.ts';

export interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

const pageSize = 20;
export interface DossierRow {
  id: string;
  code: string | null;
  title: string | null;
  procedureTitle: Text;
  state: DossierStateName;
  stateNumber: number;
  savedAt: Date | null;
  filedAt: Date | null;
  /** null before the clock starts, and where nothing is due any more because it broke off */
  dueAt: Date | null;
  /** messages of the other side this person has not seen */
  unread: number;
}

async function rowOf(db: Reader, dossier: Dossier, unread: number): Promise<DossierRow> {
  const version = await getVersion(db, dossier.procedureVersionId);
  return {
    id: dossier.id,
    code: dossier.code,
    // a draft has no title yet: it goes by what has been answered so far
    title: dossier.title ?? (titleOf(version, dossier.answers as JsonObject) || null),
    procedureTitle: version.title,
    state: dossierStates[isState(dossier.state) ? dossier.state : 0],
    stateNumber: dossier.state,
    savedAt: dossier.savedAt,
    filedAt: dossier.filedAt,
    dueAt: endedEarly(dossier.state) ? null : dossier.dueAt,
    unread,
  };
}

/** The applicant's own, drafts and what was filed: of the business they act for; else their own and all their businesses'. */
export const myDossiers = query({
  input: DossierList,
  load: async () => null,
  allow: canListOwn,
  view: async (ctx, _none, input): Promise<Page<DossierRow>> => {
    const actor = ctx.actor;
    if (actor.kind !== 'person') return { items: [], page: 1, pageSize, total: 0 };
    const mine = actor.actingFor ? eq(dossiers.organisationId, actor.actingFor) : ownDossiersOf(actor);
    return listed(
      ctx,
      and(dossiersVisibleTo(actor), mine)!,
      input,
      sql`coalesce(${dossiers.filedAt}, ${dossiers.savedAt}) desc`,
      'applicant',
    );
  },
});

/** All dossiers of the authorities an official works for, but their own: those have another page. */
export const officeDossiers = query({
  input: DossierList,
  load: async () => null,
  allow: canUseOffice,
  view: (ctx, _none, input) =>
    listed(
      ctx,
      and(dossiersVisibleTo(ctx.actor), gt(dossiers.state, 0), not(ownDossiersOf(ctx.actor)))!,
      input,
      desc(dossiers.filedAt),
      'office',
    ),
});

async function listed(
  ctx: Context,
  where: SQL,
  input: { state?: number | undefined; q?: string | undefined; page: number },
  order: SQL,
  side: Side,
): Promise<Page<DossierRow>> {
  const all = and(where, input.state ? eq(dossiers.state, input.state) : undefined, textMatches(input.q));
  const [total] = await ctx.db.select({ n: count() }).from(dossiers).where(all);
  const rows = await ctx.db
    .select()
    .from(dossiers)
    .where(all)
    .orderBy(order, asc(dossiers.id))
    .limit(pageSize)
    .offset((input.page - 1) * pageSize);
  const ids = rows.map((row) => row.id);
  const unread = await unreadOf(ctx.db, ctx.actor, ids, side);
  return {
    items: await Promise.all(rows.map((row) => rowOf(ctx.db, row, unread.get(row.id) ?? 0))),
    page: input.page,
    pageSize,
    total: total!.n,
  };
}

/** Every word, in any order, without accents. */
export function textMatches(q: string | undefined): SQL | undefined {
  const words = searchable(q ?? '')
    .split(' ')
    .filter(Boolean);
  return words.length === 0 ? undefined : and(...words.map((word) => sql`${dossiers.searchText} like ${`%${word}%`}`));
}
