import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '#db/client.ts';
import {
  bankStatementChanges,
  bankStatementLines,
  reconciliationMismatches,
  reconciliations,
} from '#db/schema/payments.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { peopleById } from '#server/identity/index.ts';
import { env } from '#server/platform/env.ts';
import { organisationsWithRole, query, reader, refuse } from '#server/platform/index.ts';
import { bankServices } from '../bank-services.ts';
import { BooksPage } from '../inputs.ts';
import { canReconcile } from '../policy.ts';
import { getPayee, payeesOf } from '../records.ts';
import { resolutionsFor, type Stated } from '../rules.ts';

/** The books of an authority for its administrator: the days compared, and what is open or was settled on one of them. */
export const getBooks = query({
  input: BooksPage,
  load: async (_db, { organisationId }, ctx) => {
    const mine = organisationsWithRole(ctx.actor, ['admin']);
    return { mine, organisationId: organisationId ?? mine[0] ?? null };
  },
  allow: (actor, { organisationId }) => {
    if (organisationId) return canReconcile(actor, organisationId);
    return actor.kind === 'anonymous' ? canReconcile(actor, '') : refuse('refunds.errors.administratorOnly');
  },
  view: async (ctx, { mine, organisationId }, { day }) => {
    const db = reader(ctx);
    const which = organisationId!;
    const ofOne = eq(reconciliationMismatches.organisationId, which);
    const [organisation, authorities, days, open, rows, refused] = await Promise.all([
      getPayee(db, which),
      payeesOf(db, mine),
      db
        .select()
        .from(reconciliations)
        .where(eq(reconciliations.organisationId, which))
        .orderBy(desc(reconciliations.day))
        .limit(31),
      db
        .select({ total: count() })
        .from(reconciliationMismatches)
        .where(and(ofOne, isNull(reconciliationMismatches.resolvedAt))),
      db
        .select()
        .from(reconciliationMismatches)
        .where(
          day
            ? and(ofOne, eq(reconciliationMismatches.day, day))
            : and(ofOne, isNull(reconciliationMismatches.resolvedAt)),
        )
        .orderBy(
          desc(reconciliationMismatches.day),
          asc(reconciliationMismatches.foundAt),
          asc(reconciliationMismatches.id),
        )
        .limit(200),
      db
        .select({ total: count() })
        .from(auditEntries)
        .where(
          and(
            eq(auditEntries.action, 'payment.record-callback'),
            eq(auditEntries.outcome, 'refused'),
            sql`${auditEntries.at} > ${new Date(ctx.now().getTime() - 7 * 86_400_000).toISOString()}::timestamptz`,
          ),
        ),
    ]);
    const before = await saidBefore(
      db,
      rows.flatMap((row) => row.changeId ?? []),
    );
    const people = await peopleById(
      db,
      rows.flatMap((row) => (row.resolvedBy ? [row.resolvedBy] : [])),
    );
    return {
      organisation: { id: organisation.id, name: organisation.name },
      authorities: [...authorities.values()].map(({ id, name }) => ({ id, name })),
      /** whether the bank gives statements itself, or somebody has to upload them */
      bankGivesStatements: bankServices() !== null,
      demo: env().demo,
      days: days.map(({ day: of, source, lines, matched, ranAt }) => ({ day: of, source, lines, matched, ranAt })),
      openTotal: open[0]!.total,
      /** notices refused in the last seven days since they were not the bank's */
      forgedTotal: refused[0]!.total,
      mismatches: rows.map((row) => ({
        ...row,
        /** what the bank had said of the transaction until then */
        before: (row.changeId && before.get(row.changeId)) || null,
        resolvedByName: row.resolvedBy ? (people.get(row.resolvedBy)?.name ?? '') : null,
        resolutions: row.resolvedAt ? [] : [...resolutionsFor(row.kind)],
      })),
    };
  },
});

/** What held of the lines before each of these changes came, by the change. */
async function saidBefore(db: Reader, changeIds: readonly string[]): Promise<Map<string, Stated>> {
  if (changeIds.length === 0) return new Map();
  const earlier = alias(bankStatementChanges, 'earlier');
  const rows = await db
    .select({ id: bankStatementChanges.id, line: bankStatementLines, earlier })
    .from(bankStatementChanges)
    .innerJoin(bankStatementLines, eq(bankStatementLines.id, bankStatementChanges.lineId))
    .leftJoin(earlier, eq(earlier.id, bankStatementChanges.beforeId))
    .where(inArray(bankStatementChanges.id, [...changeIds]));
  return new Map(
    rows.map((row) => {
      const { day, amount, content } = row.earlier ?? row.line;
      return [row.id, { day, amount, content }];
    }),
  );
}

export type Books = Awaited<ReturnType<typeof getBooks>>;
