import { inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { signingKeys } from '#db/schema/signatures.ts';
import { type Actor, organisationsWithRole, query } from '#server/platform/index.ts';
import { ListKeys } from '../inputs.ts';
import { canListKeys, canReleaseKey, canUseKey } from '../policy.ts';
import { authoritiesOf } from '../records.ts';

/** A signing key as its holder, or an administrator, sees it. */
export interface KeyView {
  id: string;
  /** name in the certificate */
  subject: string;
  kind: 'person' | 'seal';
  status: 'active' | 'locked' | 'revoked';
  validTo: Date;
  mayChangePin: boolean;
  mayRelease: boolean;
}

/** One's own key, the seals one holds, and the keys one may release; those that were revoked are not listed. */
export const listKeys = query({
  input: ListKeys,
  load: async (db, _input, ctx) => {
    const rows = await db
      .select()
      .from(signingKeys)
      .where(sql`${ne(signingKeys.status, 'revoked')} and ${concerns(ctx.actor)}`);
    return Promise.all(rows.map(async (key) => ({ key, authorities: await authoritiesOf(db, key) })));
  },
  allow: canListKeys,
  view: (ctx, rows): KeyView[] =>
    rows
      .map(({ key, authorities }) => ({
        id: key.id,
        subject: key.subject,
        kind: key.userId ? ('person' as const) : ('seal' as const),
        status: key.status,
        validTo: key.validTo,
        mayChangePin: key.status === 'active' && canUseKey(ctx.actor, key).allowed,
        mayRelease: key.status === 'locked' && canReleaseKey(ctx.actor, { ...key, authorities }).allowed,
      }))
      .sort((a, b) => a.subject.localeCompare(b.subject, 'vi')),
});

/** Narrowed in the database; what may be done with each is asked of the policy. */
function concerns(actor: Actor): SQL {
  if (actor.kind !== 'person') return sql`false`;
  const [clerk, admin] = [organisationsWithRole(actor, ['clerk']), organisationsWithRole(actor, ['admin'])];
  const parts: (SQL | undefined)[] = [sql`${signingKeys.userId} = ${actor.userId}`];
  if (clerk.length + admin.length > 0) parts.push(inArray(signingKeys.organisationId, [...clerk, ...admin]));
  if (admin.length > 0) {
    parts.push(sql`exists (select 1 from grants g where g.user_id = ${signingKeys.userId}
      and g.organisation_id in (select jsonb_array_elements_text(${JSON.stringify(admin)}::jsonb)::uuid))`);
  }
  return or(...parts)!;
}
