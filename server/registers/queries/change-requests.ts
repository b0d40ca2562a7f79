import { and, asc, count, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { changeRequests } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { peopleById } from '#server/identity/index.ts';
import { type Context, notFound, query, reader } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { ListRequests, RequestRef } from '../inputs.ts';
import { canDecide, canReadRequest, canWithdraw, canWorkOnRegisters } from '../policy.ts';
import { type ChangeRequest, findEntry, requestsVisibleTo, versionsOn } from '../records.ts';
import { type ChangeKind, type Content, changedFields } from '../rules.ts';

export interface RequestLine {
  id: string;
  number: string;
  register: string;
  kind: ChangeKind;
  title: string;
  state: ChangeRequest['state'];
  proposedBy: string;
  proposedAt: Date;
  /** this person may decide it now */
  mayDecide: boolean;
}

export interface RequestView extends RequestLine {
  entryId: string | null;
  mergeInto: { id: string; title: string } | null;
  validFrom: string;
  validTo: string | null;
  reason: string;
  decisionNumber: string | null;
  suggestionId: string | null;
  /** of the entry as it stands now; a new entry has nothing before. Of a merge: of the entry that goes and the one that stays */
  changes: { name: string; before: string; after: string }[];
  /** the entry changed since: it can only be rejected, or proposed anew */
  outdated: boolean;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  mayWithdraw: boolean;
}

const pageSize = 50;

/** Requests of the authorities one works for: what waits first, the oldest of it on top. */
export const listChangeRequests = query({
  input: ListRequests,
  load: async (db, input, ctx) => {
    const where = and(requestsVisibleTo(ctx.actor), ...narrowed(input));
    const [total] = await db.select({ n: count() }).from(changeRequests).where(where);
    const rows = await db
      .select()
      .from(changeRequests)
      .where(where)
      .orderBy(
        sql`${changeRequests.state} <> 'proposed'`,
        input.state === 'proposed' ? asc(changeRequests.proposedAt) : desc(changeRequests.proposedAt),
      )
      .limit(pageSize)
      .offset((input.page - 1) * pageSize);
    return { rows, total: total!.n };
  },
  allow: (actor) => canWorkOnRegisters(actor),
  view: async (ctx, { rows, total }, { page }) => {
    const people = await peopleById(
      reader(ctx),
      rows.map(({ proposedBy }) => proposedBy),
    );
    return { items: rows.map((row) => requestLine(ctx, row, people)), page, pageSize, total };
  },
});

const narrowed = ({ register, entryId, state }: ReturnType<typeof ListRequests.parse>): SQL[] => [
  ...(register ? [eq(changeRequests.register, register)] : []),
  // what another entry is to be merged into changes too
  ...(entryId ? [or(eq(changeRequests.entryId, entryId), eq(changeRequests.mergeInto, entryId))!] : []),
  ...(state ? [eq(changeRequests.state, state)] : []),
];

type People = Awaited<ReturnType<typeof peopleById>>;

const requestLine = (ctx: Context, row: ChangeRequest, people: People): RequestLine => ({
  id: row.id,
  number: row.number,
  register: row.register,
  kind: row.kind,
  title: registerOf(row.register).title(row.content),
  state: row.state,
  proposedBy: people.get(row.proposedBy)?.name ?? '',
  proposedAt: row.proposedAt,
  mayDecide: row.state === 'proposed' && allowsButForFactor(ctx, row),
});

/** The page asks for the second factor in place, so that its lack does not hide the form. */
function allowsButForFactor({ actor }: Context, row: ChangeRequest): boolean {
  const fresh = actor.kind === 'person' ? { ...actor, assurance: 2 } : actor;
  return canDecide(fresh, row).allowed;
}

/** One request, beside the entry as it stands now. */
export const getChangeRequest = query({
  input: RequestRef,
  load: async (db, { requestId }) => {
    const [row] = await db.select().from(changeRequests).where(eq(changeRequests.id, requestId));
    return row ?? notFound();
  },
  allow: (actor, request) => canReadRequest(actor, request),
  view: async (ctx, row): Promise<RequestView> => {
    const db = reader(ctx);
    const register = registerOf(row.register);
    const people = await peopleById(db, [row.proposedBy, ...(row.decidedBy ? [row.decidedBy] : [])]);
    const entry = row.entryId ? await findEntry(db, row.register, row.entryId) : null;
    const before = row.kind === 'add' ? null : await contentBefore(db, row, localDate(ctx.now()));
    // of a merge: what the entry that goes says beside what the one that stays says
    const after = row.mergeInto ? await contentOn(db, row.mergeInto, localDate(ctx.now())) : row.content;
    const changed = changedFields(before, after);
    return {
      ...requestLine(ctx, row, people),
      entryId: row.entryId,
      mergeInto: row.mergeInto ? { id: row.mergeInto, title: register.title(after) } : null,
      validFrom: row.validFrom,
      validTo: row.validTo,
      reason: row.reason,
      decisionNumber: row.decisionNumber,
      suggestionId: row.suggestionId,
      changes: register.fields
        .filter(({ name }) => changed.includes(name))
        .map((field) => ({
          name: field.name,
          before: field.format(before?.[field.name]),
          after: field.format(after[field.name]),
        })),
      outdated: row.state === 'proposed' && entry !== null && entry.version !== row.baseVersion,
      decidedBy: row.decidedBy ? (people.get(row.decidedBy)?.name ?? '') : null,
      decidedAt: row.decidedAt,
      decisionNote: row.decisionNote,
      mayWithdraw: row.state === 'proposed' && canWithdraw(ctx.actor, row).allowed,
    };
  },
});

async function contentBefore(db: Reader, row: ChangeRequest, today: string) {
  const day = row.kind === 'correct' ? row.validFrom : today;
  return (await versionsOn(db, [row.entryId!], day)).get(row.entryId!)?.content ?? null;
}

const contentOn = async (db: Reader, entryId: string, day: string): Promise<Content> =>
  (await versionsOn(db, [entryId], day)).get(entryId)?.content ?? {};
