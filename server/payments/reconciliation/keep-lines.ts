import { and, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { bankStatementChanges, bankStatementLines, reconciliationMismatches } from '#db/schema/payments.ts';
import { newId, type TxContext } from '#server/platform/index.ts';
import type { StatementLine } from '../inputs.ts';
import { saysTheSame } from '../rules.ts';

interface Account {
  organisationId: string;
  day: string;
  accountNumber: string;
}

/**
 * Keeps the lines of a statement, each once. What it says otherwise than a statement before it is kept beside that and
 * listed as a difference: neither overwrites the other. Returns how many such differences are new.
 */
export async function keepLines(ctx: TxContext, account: Account, lines: readonly StatementLine[]): Promise<number> {
  let changed = 0;
  for (let from = 0; from < lines.length; from += 500) {
    const part = lines.slice(from, from + 500);
    const added = await ctx.tx
      .insert(bankStatementLines)
      .values(part.map((line) => ({ id: newId(), ...account, ...line, readAt: ctx.now() })))
      .onConflictDoNothing()
      .returning({ bankReference: bankStatementLines.bankReference, direction: bankStatementLines.direction });
    const fresh = new Set(added.map(keyOf));
    const again = part.filter((line) => !fresh.has(keyOf(line)));
    if (again.length > 0) changed += await keepChanges(ctx, account, again);
  }
  return changed;
}

const keyOf = ({ direction, bankReference }: Pick<StatementLine, 'direction' | 'bankReference'>): string =>
  `${direction}|${bankReference}`;

async function keepChanges(ctx: TxContext, account: Account, lines: readonly StatementLine[]): Promise<number> {
  const { organisationId, day, accountNumber } = account;
  const references = JSON.stringify(lines.map((line) => line.bankReference));
  const known = await linesWhere(
    ctx,
    organisationId,
    and(
      eq(bankStatementLines.accountNumber, accountNumber),
      sql`${bankStatementLines.bankReference} in (select jsonb_array_elements_text(${references}::jsonb))`,
    ),
  );
  const before = new Map(known.map((line) => [keyOf(line), line]));
  let changed = 0;
  for (const { direction, bankReference, amount, content } of lines) {
    const held = before.get(keyOf({ direction, bankReference }));
    if (!held || saysTheSame(held, { day, amount, content })) continue;
    const [change] = await ctx.tx
      .insert(bankStatementChanges)
      .values({
        id: newId(),
        organisationId,
        lineId: held.id,
        beforeId: held.changeId,
        day,
        amount,
        content,
        readAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: bankStatementChanges.id });
    // the same was said before, and a person has decided on it or is about to
    if (!change) continue;
    await ctx.tx.insert(reconciliationMismatches).values({
      id: newId(),
      organisationId,
      day,
      kind: 'statementChanged',
      bankReference,
      bankAmount: amount,
      content,
      lineId: held.id,
      changeId: change.id,
      foundAt: ctx.now(),
    });
    changed += 1;
  }
  return changed;
}

/** The lines of a day: as they were first read, or as a person said that a later statement holds. */
export async function linesOf(ctx: TxContext, organisationId: string, day: string) {
  const moved = await ctx.tx
    .select({ lineId: bankStatementChanges.lineId })
    .from(bankStatementChanges)
    .where(
      and(
        eq(bankStatementChanges.organisationId, organisationId),
        eq(bankStatementChanges.day, day),
        isNotNull(bankStatementChanges.acceptedAt),
      ),
    );
  const read = eq(bankStatementLines.day, day);
  const came = moved.map(({ lineId }) => lineId);
  const lines = await linesWhere(
    ctx,
    organisationId,
    came.length > 0 ? or(read, inArray(bankStatementLines.id, came)) : read,
  );
  return lines.filter((line) => line.day === day);
}

async function linesWhere(ctx: TxContext, organisationId: string, condition: SQL | undefined) {
  const held = bankStatementChanges;
  const rows = await ctx.tx
    .select({ line: bankStatementLines, changeId: held.id, day: held.day, amount: held.amount, content: held.content })
    .from(bankStatementLines)
    .leftJoin(held, and(eq(held.lineId, bankStatementLines.id), isNotNull(held.acceptedAt)))
    .where(and(eq(bankStatementLines.organisationId, organisationId), condition))
    .orderBy(bankStatementLines.readAt, bankStatementLines.id);
  return rows.map(({ line, changeId, ...said }) => ({
    ...line,
    changeId,
    day: said.day ?? line.day,
    amount: said.amount ?? line.amount,
    content: said.content ?? line.content,
  }));
}

export type Line = Awaited<ReturnType<typeof linesOf>>[number];
