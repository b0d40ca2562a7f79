import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { organisations } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { signingKeys } from '#db/schema/signatures.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { newContext, readFile, systemActor } from '#server/platform/index.ts';
import { createAuthority } from './authority/create-authority.ts';
import { enrolKey } from './commands/enrol-key.ts';
import { issueDocument } from './commands/issue-document.ts';
import { initialDocument, signDocument } from './commands/sign-document.ts';
import { verifyUpload } from './queries/verify-upload.ts';
import { morning, openOffice, pin } from './testing/office.ts';

const password = 'mật khẩu của tệp';

/** A PKCS#12 file as OpenSSL writes it, and the root above it. */
async function keystoreOf(name: string, kind: 'rsa-2048' | 'p-256' = 'rsa-2048', validTo = new Date('2031-01-01')) {
  const authority = await createAuthority('Cơ quan chứng thực chuyên dùng', morning, kind);
  const { pkcs8, chain } = await authority.issue({
    subject: { name, organisation: name },
    validFrom: new Date('2026-01-01'),
    validTo,
  });
  const folder = mkdtempSync(join(tmpdir(), 'p12-'));
  const at = (file: string) => join(folder, file);
  try {
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    writeFileSync(at('key.pem'), key.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(at('own.pem'), new X509Certificate(chain[0]!).toString());
    writeFileSync(at('above.pem'), `${new X509Certificate(chain[1]!)}${new X509Certificate(authority.root)}`);
    execFileSync('openssl', [
      ...['pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('own.pem'), '-certfile', at('above.pem')],
      ...['-out', at('store.p12'), '-passout', `pass:${password}`],
    ]);
    return { keystore: new Uint8Array(readFileSync(at('store.p12'))), roots: [new Uint8Array(authority.root)] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const console_ = (db: Parameters<typeof newContext>[0]) => newContext(db, systemActor('signer.import'), () => morning);

describe('a key from a PKCS#12 file', () => {
  test.for(['rsa-2048', 'p-256'] as const)(
    '(%s) becomes the seal with which documents are issued and verified',
    async (kind, { db }) => {
      const office = await openOffice(db);
      const [authority] = await db.select().from(organisations).where(eq(organisations.id, office.organisationId));
      const enrolled = await enrolKey(console_(db), {
        owner: { agencyCode: authority!.agencyCode! },
        ...(await keystoreOf('Sở Y tế tỉnh Nghệ An', kind)),
        password,
        pin: '730264',
      });
      expect(enrolled.subject).toBe('Sở Y tế tỉnh Nghệ An');
      const { documentId, sha256 } = await office.draft();
      const initialled = await initialDocument(office.as(office.people.head), { documentId, pin, sha256 });
      await signDocument(office.as(office.people.leader), { documentId, pin, sha256: initialled.sha256 });
      const { fileId } = await issueDocument(office.as(office.people.clerk), { documentId, pin: '730264' });
      const { file } = await verifyUpload(office.as(office.people.clerk), await readFile(db, fileId));
      expect(file.status).toBe('intact');
      expect(file.signatures.every((signature) => signature.trusted)).toBe(true);
      const keys = await db.select().from(signingKeys).where(eq(signingKeys.organisationId, office.organisationId));
      expect(keys.map((key) => key.status).sort()).toEqual(['active', 'revoked']);
      const rows = await db.select().from(auditEntries).where(eq(auditEntries.action, 'signing-key.enrol'));
      expect(rows).toMatchObject([{ outcome: 'done', details: { subject: 'Sở Y tế tỉnh Nghệ An' } }]);
    },
  );

  test('is refused with a wrong password, a certificate that has ended, for nobody, or twice', async ({ db }) => {
    const office = await openOffice(db);
    const [authority] = await db.select().from(organisations).where(eq(organisations.id, office.organisationId));
    const owner = { agencyCode: authority!.agencyCode! };
    const store = await keystoreOf('Sở Y tế tỉnh Nghệ An', 'p-256');
    const ctx = console_(db);
    const reason = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: { reason: string }) => error.reason,
      );
    const given = { ...store, password, pin: '730264' };
    expect(await reason(enrolKey(ctx, { ...given, owner, password: 'khác' }))).toBe(
      'signatures.errors.keystoreUnreadable',
    );
    const ended = await keystoreOf('Sở Y tế tỉnh Nghệ An', 'p-256', new Date('2026-06-01'));
    expect(await reason(enrolKey(ctx, { ...given, ...ended, owner }))).toBe('signatures.errors.certificateExpired');
    expect(await reason(enrolKey(ctx, { ...given, owner: { agencyCode: 'X' } }))).toBe(
      'signatures.errors.noSuchAuthority',
    );
    expect(await reason(enrolKey(ctx, { ...given, owner: { email: 'ai@example.vn' } }))).toBe(
      'signatures.errors.noSuchOfficial',
    );
    expect(await reason(enrolKey(office.as(office.people.leader), { ...given, owner }))).toBe(
      'signatures.errors.notYourStep',
    );
    expect(await reason(enrolKey(ctx, { ...given, owner }))).toBe('done');
    expect(await reason(enrolKey(ctx, { ...given, owner }))).toBe('signatures.errors.keyEnrolledAlready');
  });
});
