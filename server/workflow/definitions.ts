import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { type Json, processDefinitions } from '#db/schema/workflow.ts';
import { newId, notFound, type TxContext } from '#server/platform/index.ts';
import { compile, type Model } from './kernel/index.ts';

export interface PublishDefinition {
  key: string;
  xml: string;
  /** what the checks found; kept with the version */
  proof?: Json;
  validFrom?: Date;
}

export interface Published {
  id: string;
  key: string;
  version: number;
  contentHash: string;
}

/**
 * Publishes a diagram as the next version of its key; the very same text as the latest version gives that version back.
 * Running instances keep theirs. @throws CompileError when the kernel cannot run it
 */
export async function publishDefinition(ctx: TxContext, input: PublishDefinition): Promise<Published> {
  await compile(input.xml, { calls: 'external' });
  const contentHash = createHash('sha256').update(input.xml).digest('hex');
  const latest = await findLatest(ctx.tx, input.key);
  if (latest?.contentHash === contentHash) {
    return { id: latest.id, key: latest.key, version: latest.version, contentHash };
  }
  const row = { id: newId(), key: input.key, version: (latest?.version ?? 0) + 1, contentHash };
  await ctx.tx
    .insert(processDefinitions)
    .values({ ...row, xml: input.xml, proof: input.proof ?? {}, validFrom: input.validFrom ?? ctx.now() });
  return row;
}

async function findLatest(db: Reader, key: string) {
  const [row] = await db
    .select()
    .from(processDefinitions)
    .where(eq(processDefinitions.key, key))
    .orderBy(desc(processDefinitions.version))
    .limit(1);
  return row;
}

/** Id of a definition by key and version, of the latest version when none is named; throws notFound. */
export async function definitionIdOf(db: Reader, key: string, version?: number): Promise<string> {
  if (version === undefined) return (await findLatest(db, key))?.id ?? notFound('workflow.errors.definitionNotFound');
  const [row] = await db
    .select({ id: processDefinitions.id })
    .from(processDefinitions)
    .where(and(eq(processDefinitions.key, key), eq(processDefinitions.version, version)));
  return row?.id ?? notFound('workflow.errors.definitionNotFound');
}

export async function hasDefinition(db: Reader, key: string): Promise<boolean> {
  return (await findLatest(db, key)) !== undefined;
}

const compiledModels = new Map<string, Promise<Model>>();

/** The compiled model of a definition and one of its processes; compiled once in each process of the system. */
export function modelOf(db: Reader, definitionId: string, processId?: string): Promise<Model> {
  const name = `${definitionId} ${processId ?? ''}`;
  let model = compiledModels.get(name);
  if (!model) {
    model = load(db, definitionId, processId);
    compiledModels.set(name, model);
    model.catch(() => compiledModels.delete(name));
  }
  return model;
}

async function load(db: Reader, definitionId: string, processId: string | undefined): Promise<Model> {
  const [row] = await db
    .select({ xml: processDefinitions.xml })
    .from(processDefinitions)
    .where(eq(processDefinitions.id, definitionId));
  if (!row) return notFound('workflow.errors.definitionNotFound');
  return compile(row.xml, { calls: 'external', ...(processId && { process: processId }) });
}
