import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';

export type Json = Record<string, unknown>;

/** A published diagram: never changed, so that running instances keep the version they began with. */
export const processDefinitions = pgTable(
  'process_definitions',
  {
    id: id(),
    key: text().notNull(),
    version: integer().notNull(),
    /** sha-256 of the XML */
    contentHash: text().notNull(),
    xml: text().notNull(),
    /** what `checkDiagram` found when it was published */
    proof: jsonb().$type<Json>().notNull(),
    validFrom: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('process_definitions_key_version_key').on(t.key, t.version),
    index('process_definitions_hash_idx').on(t.key, t.contentHash),
  ],
);

/** One running process. `state` belongs to the kernel and is never queried; a call activity's child is a row of its own. */
export const processInstances = pgTable(
  'process_instances',
  {
    id: id(),
    definitionId: uuid()
      .notNull()
      .references(() => processDefinitions.id),
    /** process of the file that runs; a called one differs from the main one */
    processId: text().notNull(),
    businessKey: uuid().notNull(),
    state: jsonb().$type<Json>().notNull(),
    revision: integer().notNull(),
    status: text({ enum: ['active', 'incident', 'suspended', 'done', 'cancelled'] }).notNull(),
    parentId: uuid().references((): AnyPgColumn => processInstances.id),
    /** token of the parent that waits at the call activity */
    parentToken: integer(),
    startedAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    index('process_instances_business_key_idx').on(t.businessKey),
    index('process_instances_parent_idx').on(t.parentId, t.parentToken).where(sql`${t.parentId} is not null`),
    index('process_instances_definition_idx').on(t.definitionId, t.status),
  ],
);

/** What a token waits for: a person, or (kinds other than `user`) a job that runs an effect. */
export const tasks = pgTable(
  'tasks',
  {
    id: id(),
    instanceId: uuid()
      .notNull()
      .references(() => processInstances.id),
    businessKey: uuid().notNull(),
    node: text().notNull(),
    /** with the instance the identity of the wait */
    token: integer().notNull(),
    /** iterations around it, outermost first, e.g. `2.0`; empty outside loops */
    iteration: text().notNull().default(''),
    kind: text({ enum: ['user', 'service', 'script', 'businessRule', 'send'] }).notNull(),
    name: text().notNull(),
    /** candidate group */
    role: text(),
    formKey: text(),
    status: text({ enum: ['open', 'done', 'cancelled'] }).notNull(),
    assigneeId: uuid(),
    unitId: uuid(),
    /** the authority of the dossier it is about: kept by the database, for its row policies */
    organisationId: uuid(),
    createdAt: instant().notNull(),
    dueAt: instant(),
    /** the rule that gave `dueAt`, e.g. `=workingDays(4)` */
    dueRule: text(),
    completedAt: instant(),
    completedBy: uuid(),
  },
  (t) => [
    uniqueIndex('tasks_instance_token_key').on(t.instanceId, t.token),
    index('tasks_business_key_idx').on(t.businessKey),
    index('tasks_open_idx').on(t.role, t.dueAt).where(sql`${t.status} = 'open'`),
    index('tasks_assignee_idx').on(t.assigneeId).where(sql`${t.status} = 'open'`),
  ],
);

/** Armed message and signal events. */
export const processSubscriptions = pgTable(
  'process_subscriptions',
  {
    instanceId: uuid()
      .notNull()
      .references(() => processInstances.id),
    /** token or scope of the kernel */
    at: integer().notNull(),
    node: text().notNull(),
    kind: text({ enum: ['message', 'signal'] }).notNull(),
    name: text().notNull(),
    /** what a message must carry; null for signals */
    correlationKey: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ name: 'process_subscriptions_pk', columns: [t.instanceId, t.at, t.node] }),
    index('process_subscriptions_name_idx').on(t.kind, t.name, t.correlationKey),
  ],
);

/** Every message received, so that a repeated id is ignored; one without receiver waits here until it expires. */
export const bufferedMessages = pgTable(
  'buffered_messages',
  {
    messageId: text().primaryKey(),
    name: text().notNull(),
    correlationKey: text().notNull(),
    variables: jsonb().$type<Json>().notNull(),
    receivedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    deliveredAt: instant(),
    instanceId: uuid().references(() => processInstances.id),
  },
  (t) => [
    index('buffered_messages_waiting_idx')
      .on(t.name, t.correlationKey, t.receivedAt)
      .where(sql`${t.deliveredAt} is null`),
  ],
);

/** Idempotency: a command id that is here has been carried out, and this is its answer. */
export const processCommands = pgTable('process_commands', {
  id: text().primaryKey(),
  instanceId: uuid().notNull(),
  answer: jsonb().$type<Json>().notNull(),
  at: instant().notNull(),
});

/** One row a step, only added: what was asked, by whom, and the trace of elements entered, ended and cancelled. */
export const processHistory = pgTable(
  'process_history',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'process_history_id_seq' }),
    instanceId: uuid()
      .notNull()
      .references(() => processInstances.id),
    revision: integer().notNull(),
    at: instant().notNull(),
    actorId: text(),
    command: text().notNull(),
    trace: jsonb().$type<unknown[]>().notNull(),
  },
  (t) => [uniqueIndex('process_history_instance_revision_key').on(t.instanceId, t.revision)],
);

/** What got stuck and needs a person: a failed job, or an instance the kernel could not move. */
export const processIncidents = pgTable(
  'process_incidents',
  {
    id: id(),
    instanceId: uuid()
      .notNull()
      .references(() => processInstances.id),
    taskId: uuid().references(() => tasks.id),
    node: text().notNull(),
    code: text().notNull(),
    detail: text(),
    openedAt: instant().notNull(),
    resolvedAt: instant(),
    resolvedBy: uuid(),
  },
  (t) => [index('process_incidents_open_idx').on(t.instanceId).where(sql`${t.resolvedAt} is null`)],
);
