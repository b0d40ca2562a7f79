import { and, eq, max, sql } from 'drizzle-orm';
import { dossierEventFiles, dossierReads, messageDrafts } from '#db/schema/correspondence.ts';
import { dossierEvents } from '#db/schema/dossiers.ts';
import { usersWithRole } from '#server/identity/index.ts';
import {
  AppError,
  command,
  notFound,
  type Person,
  personId,
  refuse,
  storeUpload,
  type TxContext,
} from '#server/platform/index.ts';
import { openTasksOf } from '#server/workflow/index.ts';
import { filesById, unreadOf } from '../correspondence.ts';
import { AttachToMessage, DossierId, DropAttachment, KeepMessage, SendMessage } from '../inputs.ts';
import { messageLimits, threadClosesAt } from '../message-rules.ts';
import { canReadDossier, canWriteMessage, sideOf } from '../policy.ts';
import { type Dossier, getDossier } from '../records.ts';
import { tellApplicant } from '../tell-applicant.ts';
import { tellOfficials } from '../tell-officials.ts';
import { addToTimeline } from '../timeline.ts';
import { eraseIfUnused } from '../vault.ts';

interface Thread {
  dossier: Dossier;
  closed: boolean;
}

/** Messages change nothing of the dossier, so nothing is locked: two people may write at once. */
async function threadOf(ctx: TxContext, { dossierId }: { dossierId: string }): Promise<Thread> {
  const dossier = await getDossier(ctx.tx, dossierId);
  const closesAt = threadClosesAt(dossier);
  return { dossier, closed: closesAt !== null && closesAt <= ctx.now() };
}

const mayWrite = (actor: TxContext['actor'], { dossier, closed }: Thread) => {
  const verdict = canWriteMessage(actor, dossier);
  return verdict.allowed && closed ? refuse('correspondence.errors.closed') : verdict;
};

const auditOf = ({ input }: { input: { dossierId: string } }) => ({
  subjectType: 'dossier',
  subjectId: input.dossierId,
});

/** Changes what a person has written but not sent, and locks it: their other tabs wait. Gives what it is now. */
async function putDraft(ctx: TxContext, dossierId: string, change: { text?: string; fileIds?: string[] } = {}) {
  const key = { dossierId, userId: (ctx.actor as Person).userId };
  const [row] = await ctx.tx
    .insert(messageDrafts)
    .values({ ...key, ...change, savedAt: ctx.now() })
    .onConflictDoUpdate({
      target: [messageDrafts.dossierId, messageDrafts.userId],
      set: { ...change, savedAt: ctx.now() },
    })
    .returning();
  return row!;
}

/** Keeps the words of a message that has not been sent. */
export const keepMessage = command({
  name: 'message.keep',
  input: KeepMessage,
  load: threadOf,
  allow: mayWrite,
  run: async (ctx, input) => {
    await putDraft(ctx, input.dossierId, { text: input.text });
    return { savedAt: ctx.now() };
  },
  audit: auditOf,
});

/** Puts a file to the message in the making; checked as every upload is. */
export const attachToMessage = command({
  name: 'message.attach',
  input: AttachToMessage,
  load: threadOf,
  allow: mayWrite,
  run: async (ctx, input) => {
    const { fileIds: held } = await putDraft(ctx, input.dossierId);
    if (held.length >= messageLimits.files) {
      throw new AppError('limit', 'correspondence.errors.tooManyFiles', { values: { maximum: messageLimits.files } });
    }
    const file = await storeUpload(ctx, { name: input.fileName, bytes: input.bytes }, messageLimits.upload);
    await putDraft(ctx, input.dossierId, { fileIds: [...held, file.id] });
    return { fileId: file.id };
  },
  audit: ({ input, result }) => ({ ...auditOf({ input }), details: { file: result.fileId } }),
});

/** Takes a file away from the message in the making and erases it. */
export const dropAttachment = command({
  name: 'message.dropAttachment',
  input: DropAttachment,
  load: threadOf,
  allow: mayWrite,
  run: async (ctx, input) => {
    const { fileIds } = await putDraft(ctx, input.dossierId);
    if (!fileIds.includes(input.fileId)) notFound();
    await putDraft(ctx, input.dossierId, { fileIds: fileIds.filter((id) => id !== input.fileId) });
    await eraseIfUnused(ctx, input.fileId);
    return { fileId: input.fileId };
  },
  audit: ({ input }) => ({ ...auditOf({ input }), details: { file: input.fileId } }),
});

/**
 * Sends the message with the files put to it. It becomes an entry of the one timeline; the other side is told. The same
 * key again, from an impatient second press, gives the same message.
 */
export const sendMessage = command({
  name: 'message.send',
  input: SendMessage,
  load: threadOf,
  allow: mayWrite,
  run: async (ctx, input, { dossier }) => {
    const { userId } = ctx.actor as Person;
    const { fileIds } = await putDraft(ctx, dossier.id);
    const drop = and(eq(messageDrafts.dossierId, dossier.id), eq(messageDrafts.userId, userId));
    const sent = await findSent(ctx, dossier.id, input.messageKey);
    if (sent !== null) {
      await ctx.tx.delete(messageDrafts).where(drop);
      return { eventId: sent };
    }
    const attached = await filesById(ctx.tx, fileIds);
    const blocked = attached.find((file) => file.scan === 'quarantined');
    if (blocked)
      throw new AppError('invalidInput', 'uploads.errors.fileQuarantined', { values: { name: blocked.name } });
    const side = sideOf(ctx.actor, dossier);
    const eventId = await addToTimeline(ctx, dossier.id, 'message', {
      data: { text: input.text, side, key: input.messageKey },
    });
    if (attached.length > 0)
      await ctx.tx
        .insert(dossierEventFiles)
        .values(attached.map(({ fileId }) => ({ eventId, dossierId: dossier.id, fileId })));
    await ctx.tx.delete(messageDrafts).where(drop);
    if (side === 'office') await tellApplicant(ctx, dossier, 'message-received', {}, `message:${eventId}`);
    else await tellOffice(ctx, dossier, eventId);
    return { eventId };
  },
  audit: ({ input, result }) => ({ ...auditOf({ input }), details: result }),
});

/** The message a person has sent under a key. */
async function findSent(ctx: TxContext, dossierId: string, key: string): Promise<number | null> {
  const [row] = await ctx.tx
    .select({ id: dossierEvents.id })
    .from(dossierEvents)
    .where(
      and(
        eq(dossierEvents.dossierId, dossierId),
        eq(dossierEvents.kind, 'message'),
        eq(dossierEvents.actorUserId, (ctx.actor as Person).userId),
        sql`${dossierEvents.data} ->> 'key' = ${key}`,
      ),
    );
  return row?.id ?? null;
}

/** Whoever holds the dossier, or may take it, and whoever has written in the thread. */
async function tellOffice(ctx: TxContext, dossier: Dossier, eventId: number): Promise<void> {
  const people = new Set<string>();
  for (const task of dossier.instanceId ? await openTasksOf(ctx.tx, dossier.instanceId) : []) {
    if (task.assigneeId) people.add(task.assigneeId);
    else if (task.role && task.role !== 'applicant')
      for (const { id } of await usersWithRole(ctx.tx, task.role as 'officer', dossier.authorityId!)) people.add(id);
  }
  const writers = await ctx.tx
    .selectDistinct({ id: dossierEvents.actorUserId })
    .from(dossierEvents)
    .where(
      and(
        eq(dossierEvents.dossierId, dossier.id),
        eq(dossierEvents.kind, 'message'),
        sql`${dossierEvents.data} ->> 'side' = 'office'`,
      ),
    );
  for (const { id } of writers) if (id) people.add(id);
  await tellOfficials(ctx, [...people], 'message-received', dossier, String(eventId), {
    mail: true,
    page: '/messages',
  });
}

/** Marks what is there as read by the person who looks. Nothing new: nothing is written. */
export const markThreadRead = command({
  name: 'message.read',
  input: DossierId,
  load: (ctx, input) => getDossier(ctx.tx, input.dossierId),
  allow: canReadDossier,
  run: async (ctx, _input, dossier) => {
    const userId = personId(ctx.actor);
    const side = sideOf(ctx.actor, dossier);
    const unread = (await unreadOf(ctx.tx, ctx.actor, [dossier.id], side)).get(dossier.id) ?? 0;
    if (userId === null || unread === 0) return { read: 0 };
    const [newest] = await ctx.tx
      .select({ id: max(dossierEvents.id) })
      .from(dossierEvents)
      .where(and(eq(dossierEvents.dossierId, dossier.id), eq(dossierEvents.kind, 'message')));
    await ctx.tx
      .insert(dossierReads)
      .values({ dossierId: dossier.id, userId, upTo: newest!.id!, at: ctx.now() })
      .onConflictDoNothing();
    return { read: unread };
  },
  audit: ({ input, result }) => ({ ...auditOf({ input }), details: result }),
});
