import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '#db/client.ts';
import { changeRequests, registerDuplicates, registerEntries } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { query, reader } from '#server/platform/index.ts';
import { openedRegisters, registerOf } from '../define.ts';
import { ListDuplicates } from '../inputs.ts';
import { canWorkOnRegisters } from '../policy.ts';
import { keptBy, versionsOn } from '../records.ts';
import { type Content, changedFields } from '../rules.ts';
import { type FieldText, fieldTexts } from './field-texts.ts';

export interface DuplicateSide {
  id: string;
  version: number;
  title: string;
}

export interface DuplicatePair {
  register: string;
  sides: [DuplicateSide, DuplicateSide];
  /** end of the message keys `registers.alike.*` */
  reasons: string[];
  /** every field either has, with whether they differ */
  fields: { name: string; texts: [string, string]; units: [FieldText['unit'], FieldText['unit']]; differs: boolean }[];
  /** a merge of one of them waits for approval */
  request: { id: string; number: string } | null;
}

const pageSize = 10;

/** Pairs of entries of the authorities one works for that may be one, the most alike first. */
export const listDuplicates = query({
  input: ListDuplicates,
  load: async (db, { register, page }, ctx) => {
    const [first, second] = [alias(registerEntries, 'first'), alias(registerEntries, 'second')];
    const where = and(
      keptBy(ctx.actor, { organisationId: sql`${first.organisationId}`, provinceCode: sql`${first.provinceCode}` }),
      eq(registerDuplicates.state, 'open'),
      sql`${first.closedOn} is null and ${first.mergedInto} is null`,
      sql`${second.closedOn} is null and ${second.mergedInto} is null`,
      ...(register ? [eq(registerDuplicates.register, register)] : []),
    );
    const [total] = await db
      .select({ n: count() })
      .from(registerDuplicates)
      .innerJoin(first, eq(first.id, registerDuplicates.firstId))
      .innerJoin(second, eq(second.id, registerDuplicates.secondId))
      .where(where);
    const rows = await db
      .select({ pair: registerDuplicates, first, second })
      .from(registerDuplicates)
      .innerJoin(first, eq(first.id, registerDuplicates.firstId))
      .innerJoin(second, eq(second.id, registerDuplicates.secondId))
      .where(where)
      .orderBy(desc(registerDuplicates.likeness), registerDuplicates.firstId, registerDuplicates.secondId)
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return { rows, total: total!.n };
  },
  allow: (actor) => canWorkOnRegisters(actor),
  view: async (ctx, { rows, total }, { page }) => {
    const db = reader(ctx);
    const ids = rows.flatMap(({ first, second }) => [first.id, second.id]);
    const today = localDate(ctx.now());
    const held = await versionsOn(db, ids, today);
    const requests = await openMerges(db, ids);
    const items: DuplicatePair[] = [];
    for (const { pair, first, second } of rows) {
      const register = registerOf(pair.register);
      const [a, b] = [first, second].map(({ id }): Content => held.get(id)?.content ?? {}) as [Content, Content];
      const differing = changedFields(a, b);
      const side = ({ id, version }: typeof first, content: Content): DuplicateSide => ({
        id,
        version,
        title: register.title(content),
      });
      const units = register.fields.filter(({ unit }) => unit);
      const named = await Promise.all(
        [first, second].map(async ({ id }) => {
          const said = held.get(id);
          const texts = said ? await fieldTexts(db, units, said, today) : [];
          return new Map(texts.map(({ name, unit }) => [name, unit]));
        }),
      );
      items.push({
        register: register.key,
        sides: [side(first, a), side(second, b)],
        reasons: pair.reasons,
        fields: register.fields.flatMap((field): DuplicatePair['fields'] => {
          const texts: [string, string] = [field.format(a[field.name]), field.format(b[field.name])];
          const [one, other] = named.map((names) => names.get(field.name) ?? null);
          const facts = { name: field.name, texts, differs: differing.includes(field.name) };
          return texts.join('') === '' ? [] : [{ ...facts, units: [one ?? null, other ?? null] }];
        }),
        request: requests.get(first.id) ?? requests.get(second.id) ?? null,
      });
    }
    return { items, page, pageSize, total, registers: openedRegisters() };
  },
});

async function openMerges(db: Reader, ids: readonly string[]): Promise<Map<string, { id: string; number: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: changeRequests.id, number: changeRequests.number, entryId: changeRequests.entryId })
    .from(changeRequests)
    .where(
      and(
        eq(changeRequests.kind, 'merge'),
        eq(changeRequests.state, 'proposed'),
        inArray(changeRequests.entryId, [...ids]),
      ),
    );
  return new Map(rows.map(({ entryId, ...request }) => [entryId!, request]));
}
