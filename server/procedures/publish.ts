import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { procedures, procedureVersions } from '#db/schema/procedures.ts';
import {
  type Actor,
  AppError,
  allow,
  command,
  newId,
  nothing,
  personId,
  refuse,
  type TxContext,
  type Verdict,
} from '#server/platform/index.ts';
import { publishDefinition } from '#server/workflow/index.ts';
import type { ProcedureData } from './folder.ts';

/** Publishing is for administrators and for the system that brings the built-in procedures. */
export function canPublish(actor: Actor): Verdict {
  const may =
    actor.kind === 'system' || (actor.kind === 'person' && actor.grants.some((grant) => grant.role === 'admin'));
  return may ? allow : refuse('errors.forbidden');
}

const PublishProcedure = z.strictObject({
  data: z.custom<ProcedureData>((value) => typeof value === 'object' && value !== null),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** when it takes effect for new dossiers; default: now */
  validFrom: z.date().optional(),
});

export interface Published {
  id: string;
  key: string;
  version: number;
  /** false: the newest version already had this content */
  created: boolean;
}

/**
 * Publishes a checked folder as the next version of its procedure. The same content as the newest version publishes nothing, so every start may call it.
 * Dossiers that are open keep the version they were begun under.
 */
export const publishProcedure = command({
  name: 'procedure.publish',
  input: PublishProcedure,
  load: nothing,
  allow: canPublish,
  run: async (ctx, { data, contentHash, validFrom }): Promise<Published> => {
    const { key } = data.definition;
    await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`procedure:${key}`}, 0))`);
    await ctx.tx.insert(procedures).values({ key, createdAt: ctx.now() }).onConflictDoNothing();
    const newest = await newestOf(ctx, key);
    if (newest?.contentHash === contentHash) return { id: newest.id, key, version: newest.version, created: false };
    const from = validFrom ?? ctx.now();
    if (newest && from < newest.validFrom) throw new AppError('conflict', 'procedures.errors.validBeforeNewest');
    const deployed = await publishDefinition(ctx, { key, xml: data.diagram, validFrom: from });
    const id = newId();
    const version = (newest?.version ?? 0) + 1;
    await ctx.tx.insert(procedureVersions).values({
      id,
      key,
      version,
      contentHash,
      data,
      definitionKey: deployed.key,
      definitionVersion: deployed.version,
      validFrom: from,
      publishedAt: ctx.now(),
      publishedBy: personId(ctx.actor),
    });
    return { id, key, version, created: true };
  },
  audit: ({ result, input }) => ({
    subjectType: 'procedure',
    subjectId: result.id,
    details: { key: result.key, version: result.version, created: result.created, contentHash: input.contentHash },
  }),
});

async function newestOf(ctx: TxContext, key: string) {
  const [row] = await ctx.tx
    .select({
      id: procedureVersions.id,
      version: procedureVersions.version,
      contentHash: procedureVersions.contentHash,
      validFrom: procedureVersions.validFrom,
    })
    .from(procedureVersions)
    .where(eq(procedureVersions.key, key))
    .orderBy(desc(procedureVersions.version))
    .limit(1);
  return row ?? null;
}
