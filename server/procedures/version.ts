import { and, desc, eq, lte } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { procedureVersions } from '#db/schema/procedures.ts';
import { notFound, now } from '#server/platform/index.ts';
import type { DocumentTemplate } from '#server/signatures/index.ts';
import type { DecisionModel } from './decision/index.ts';
import { Deadlines, type ProcedureDefinition } from './definition.ts';
import type { ProcedureData } from './folder.ts';
import type { FormDefinition, Text } from './form/index.ts';

export type ResultKind = 'certificate' | 'refusal';

/** A published version with its rules: what a dossier is pinned to. Days are working days. */
export interface ProcedureVersion {
  id: string;
  key: string;
  version: number;
  contentHash: string;
  validFrom: Date;
  definitionKey: string;
  definitionVersion: number;
  title: Text;
  limitDays: number;
  supplementAnswerDays: number;
  correctionDays: number;
  deadlines: Deadlines;
  phases: ProcedureDefinition['phases'];
  form: FormDefinition;
  decisions: DecisionModel;
  templates: Record<ResultKind, DocumentTemplate>;
  resultTitles: Record<ResultKind, Text>;
  resultNumbers: Record<ResultKind, string>;
  assessmentChecklist: ProcedureDefinition['checklists']['assess'];
  inspectionChecklist: ProcedureDefinition['checklists']['inspect'];
  definition: ProcedureDefinition;
  /** BPMN XML, for the viewer */
  diagram: string;
}

type Row = typeof procedureVersions.$inferSelect;

export function versionOf(row: Row): ProcedureVersion {
  const { definition, form, decisions, templates, diagram } = row.data as ProcedureData;
  const { certificate, refusal } = definition.result;
  return {
    id: row.id,
    key: row.key,
    version: row.version,
    contentHash: row.contentHash,
    validFrom: row.validFrom,
    definitionKey: row.definitionKey,
    definitionVersion: row.definitionVersion,
    title: definition.title,
    limitDays: definition.limitDays,
    supplementAnswerDays: definition.supplementAnswerDays,
    correctionDays: definition.correctionDays,
    // versions published before these rules were written have their defaults
    deadlines: Deadlines.parse(definition.deadlines ?? {}),
    phases: definition.phases,
    form,
    decisions,
    templates: templates as Record<ResultKind, DocumentTemplate>,
    resultTitles: { certificate: certificate.title, refusal: refusal.title },
    resultNumbers: { certificate: certificate.numberType, refusal: refusal.numberType },
    assessmentChecklist: definition.checklists.assess,
    inspectionChecklist: definition.checklists.inspect,
    definition,
    diagram,
  };
}

/** Versions never change, so one read of each serves this process; the oldest leaves when there are many. */
const held = new Map<string, ProcedureVersion>();
const heldAtMost = 200;

function hold(row: Row): ProcedureVersion {
  const known = held.get(row.id);
  if (known) return known;
  const version = versionOf(row);
  held.set(row.id, version);
  if (held.size > heldAtMost) held.delete(held.keys().next().value!);
  return version;
}

/** A version by its id; throws notFound. */
export async function getVersion(db: Reader, id: string): Promise<ProcedureVersion> {
  const known = held.get(id);
  if (known) return known;
  const [row] = await db.select().from(procedureVersions).where(eq(procedureVersions.id, id));
  return row ? hold(row) : notFound('procedures.errors.noVersion');
}

/** The version in force for new dossiers: the newest whose day has come; null when there is none. */
export async function findCurrentVersion(db: Reader, key: string, at: Date = now()): Promise<ProcedureVersion | null> {
  const [head] = await db
    .select({ id: procedureVersions.id })
    .from(procedureVersions)
    .where(and(eq(procedureVersions.key, key), lte(procedureVersions.validFrom, at)))
    .orderBy(desc(procedureVersions.version))
    .limit(1);
  return head ? getVersion(db, head.id) : null;
}

/** The version in force for new dossiers; throws notFound. */
export async function currentVersion(db: Reader, key: string, at: Date = now()): Promise<ProcedureVersion> {
  return (await findCurrentVersion(db, key, at)) ?? notFound('procedures.errors.noProcedure');
}

/** The version in force of every procedure, by key. */
export async function currentVersions(db: Reader, at: Date = now()): Promise<ProcedureVersion[]> {
  const heads = await db
    .selectDistinctOn([procedureVersions.key], { id: procedureVersions.id })
    .from(procedureVersions)
    .where(lte(procedureVersions.validFrom, at))
    .orderBy(procedureVersions.key, desc(procedureVersions.version));
  return Promise.all(heads.map((head) => getVersion(db, head.id)));
}
