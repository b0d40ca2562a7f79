import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dossierEventFiles, dossierReads, messageDrafts } from '#db/schema/correspondence.ts';
import { dossierEvents } from '#db/schema/dossiers.ts';
import { files } from '#db/schema/platform.ts';
import { peopleById } from '#server/identity/index.ts';
import { type Actor, type FileScan, personId } from '#server/platform/index.ts';
import type { Side } from './message-rules.ts';

export interface Attachment {
  fileId: string;
  name: string;
  mediaType: string;
  size: number;
  scan: FileScan;
  createdBy: string | null;
}

const attachmentColumns = {
  fileId: files.id,
  name: files.name,
  mediaType: files.mediaType,
  size: files.size,
  scan: files.scan,
  createdBy: files.createdBy,
};

/** The files of each message, by the id of its entry. */
export async function attachmentsOf(db: Reader, eventIds: readonly number[]): Promise<Map<number, Attachment[]>> {
  const found = new Map<number, Attachment[]>();
  if (eventIds.length === 0) return found;
  const rows = await db
    .select({ eventId: dossierEventFiles.eventId, ...attachmentColumns })
    .from(dossierEventFiles)
    .innerJoin(files, eq(files.id, dossierEventFiles.fileId))
    .where(inArray(dossierEventFiles.eventId, [...eventIds]))
    .orderBy(asc(files.id));
  for (const { eventId, ...file } of rows) found.set(eventId, [...(found.get(eventId) ?? []), file]);
  return found;
}

export const filesById = (db: Reader, ids: readonly string[]): Promise<Attachment[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select(attachmentColumns)
        .from(files)
        .where(inArray(files.id, [...ids]))
        .orderBy(asc(files.id));

export interface ReadMark {
  userId: string;
  name: string;
  official: boolean;
  upTo: number;
  at: Date;
}

/** Every read mark of a dossier, oldest first. */
export async function readMarksOf(db: Reader, dossierId: string): Promise<ReadMark[]> {
  const rows = await db
    .select()
    .from(dossierReads)
    .where(eq(dossierReads.dossierId, dossierId))
    .orderBy(asc(dossierReads.upTo));
  const people = await peopleById(
    db,
    rows.map((row) => row.userId),
  );
  return rows.flatMap(({ userId, upTo, at }) => {
    const person = people.get(userId);
    return person ? [{ userId, upTo, at, name: person.name, official: person.official }] : [];
  });
}

/** Who of the other side has read a message, and when they first did. */
export function readersOf(
  marks: readonly ReadMark[],
  message: { id: number; side: Side },
): { name: string; at: Date }[] {
  const first = new Map<string, { name: string; at: Date }>();
  for (const mark of marks) {
    const otherSide = mark.official === (message.side === 'applicant');
    if (otherSide && mark.upTo >= message.id && !first.has(mark.userId))
      first.set(mark.userId, { name: mark.name, at: mark.at });
  }
  return [...first.values()];
}

/** Messages of the other side that a person has not seen, by dossier; only dossiers with some are in it. */
export async function unreadOf(
  db: Reader,
  actor: Actor,
  dossierIds: readonly string[],
  side: Side,
): Promise<Map<string, number>> {
  const userId = personId(actor);
  if (userId === null || dossierIds.length === 0) return new Map();
  const other: Side = side === 'applicant' ? 'office' : 'applicant';
  const seen = sql`coalesce((select max(r.up_to) from ${dossierReads} r
    where r.dossier_id = ${dossierEvents.dossierId} and r.user_id = ${userId}), 0)`;
  const rows = await db
    .select({ dossierId: dossierEvents.dossierId, count: sql<number>`count(*)::int` })
    .from(dossierEvents)
    .where(
      and(
        inArray(dossierEvents.dossierId, [...dossierIds]),
        eq(dossierEvents.kind, 'message'),
        sql`${dossierEvents.data} ->> 'side' = ${other}`,
        sql`${dossierEvents.id} > ${seen}`,
      ),
    )
    .groupBy(dossierEvents.dossierId);
  return new Map(rows.map((row) => [row.dossierId, row.count]));
}

/** What a person has written and attached but not sent. */
export async function findMessageDraft(db: Reader, dossierId: string, userId: string) {
  const [row] = await db
    .select()
    .from(messageDrafts)
    .where(and(eq(messageDrafts.dossierId, dossierId), eq(messageDrafts.userId, userId)));
  return row ?? null;
}
