import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { exportDossier } from '#server/dossiers/index.ts';
import { env } from '#server/platform/env.ts';
import {
  allow,
  as,
  type Context,
  command,
  getFile,
  Id,
  personId,
  readFile,
  signInFirst,
  systemActor,
} from '#server/platform/index.ts';
import { officialCertificates, systemKey } from '#server/signatures/index.ts';
import { sha256Hex } from '../audit/heads.ts';
import { logOf } from './log-of.ts';
import { formPage, logPage, readme } from './pages.ts';
import { type ZipEntry, zipOf } from './zip.ts';

/**
 * Everything of a dossier that its reader may keep, as one archive that proves itself without this server: a manifest
 * with the SHA-256 of every file, signed by the system, and a log whose entries are covered by published heads.
 */
export const exportBundle = command({
  name: 'dossier.export',
  input: z.strictObject({ dossierId: Id }),
  load: (ctx, { dossierId }) => exportDossier(ctx, { dossierId }),
  allow: (actor) => (actor.kind === 'anonymous' ? signInFirst : allow),
  run: async (ctx, _, dossier) => {
    // nobody reads the log but the system, which picks what this reader may know of it
    const log = await logOf(as(ctx, systemActor('bundle')).tx, dossier.subjects, {
      side: dossier.side,
      userId: personId(ctx.actor),
    });
    const key = await systemKey(ctx);
    const entries: ZipEntry[] = [
      text('README.txt', readme(dossier, env().appUrl, key.fingerprint)),
      json('form/answers.json', { code: dossier.code, procedure: dossier.procedure, answers: dossier.answers }),
      text('form/form.html', formPage(dossier)),
      ...(await filesOf(ctx, dossier.files)),
      json('log/timeline.json', dossier.timeline),
      json('log/entries.json', { lines: log.lines, notYetPublished: log.notYetPublished }),
      text('log/log.html', logPage(dossier, log)),
      ...log.heads.map((head) => json(`log/heads/${head.statement.ordinal}.json`, head)),
      text('certificates/system.pem', pemOf(key.chain.map((each) => Buffer.from(each, 'base64')))),
      text('certificates/officials.pem', pemOf(await officialCertificates(ctx.tx))),
    ];
    const manifest = {
      version: 1,
      kind: 'dossier',
      code: dossier.code,
      issuer: env().appUrl,
      for: dossier.side,
      exportedAt: ctx.now().toISOString(),
      files: entries.map(({ name, bytes }) => ({ path: name, size: bytes.byteLength, sha256: sha256Hex(bytes) })),
    };
    const signed = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    const bytes = zipOf([...entries, { name: 'manifest.json', bytes: signed }, text('manifest.jws', key.sign(signed))]);
    return {
      dossierId: dossier.id,
      name: `ho-so-${dossier.code}.zip`,
      side: dossier.side,
      sha256: sha256Hex(bytes),
      bytes,
    };
  },
  audit: ({ result }) => ({
    subjectType: 'dossier',
    subjectId: result.dossierId,
    details: { side: result.side, sha256: result.sha256 },
  }),
});

const text = (name: string, content: string): ZipEntry => ({ name, bytes: Buffer.from(content) });
const json = (name: string, content: unknown): ZipEntry => text(name, `${JSON.stringify(content, null, 1)}\n`);
const pemOf = (certificates: readonly Uint8Array[]): string =>
  certificates.map((der) => new X509Certificate(der).toString()).join('');

/** The files under names of their own: the path says what it is, a number keeps two apart. */
async function filesOf(ctx: Context, files: readonly { path: string; fileId: string }[]): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const [i, { path, fileId }] of files.entries()) {
    const file = await getFile(ctx.db, fileId);
    const ending = /\.[a-z0-9]{1,5}$/i.exec(file.name)?.[0].toLowerCase() ?? '';
    entries.push({ name: `${path}-${i + 1}${ending}`, bytes: await readFile(ctx.db, fileId) });
  }
  return entries;
}
