import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

/** A file whose arrival was acknowledged. */
export interface Handed {
  dossierId: string;
  bytes: Uint8Array;
  tries: number;
}

/** Files that were acknowledged and are not there, and files of which only a part is stored. */
export async function lostFiles(db: Database, handed: Handed[]): Promise<string[]> {
  const papers = await db.execute<{ dossier: string; sha256: string }>(
    sql`select dossier_id as dossier, sha256 from dossier_papers`,
  );
  const there = new Set(papers.map(({ dossier, sha256 }) => `${dossier} ${sha256}`));
  const gone = handed.filter(
    ({ dossierId, bytes }) => !there.has(`${dossierId} ${createHash('sha256').update(bytes).digest('hex')}`),
  );
  const broken = await db.execute<{ id: string }>(sql`
    select id from files f left join lateral
      (select string_agg(bytes, ''::bytea order by ordinal) as bytes from file_chunks where file_id = f.id) c on true
    where encode(sha256(coalesce(c.bytes, '')), 'hex') <> f.sha256`);
  return [
    ...gone.map(({ dossierId }) => `a file of ${dossierId} was acknowledged and is lost`),
    ...broken.map(({ id }) => `the file ${id} is stored in part`),
  ];
}
