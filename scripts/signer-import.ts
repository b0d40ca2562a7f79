// Takes a signing key from a PKCS#12 file; the holder types the PIN on standard input, so that it stands in no history:
//   npm run signer:import -- --authority <agency code>     the seal, from SIGNER_KEYSTORE and SIGNER_PASSWORD_FILE
//   npm run signer:import -- --person <e-mail> --keystore <file> --password-file <file>
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from './ops/database.ts';
import { main, StopError, say } from './ops/report.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';

const usage =
  'Say whose: npm run signer:import -- --authority <agency code> | --person <e-mail> [--keystore <file>] [--password-file <file>] [--trust <pem>]';

await main(async () => {
  const { values } = parseArgs({
    options: {
      authority: { type: 'string' },
      person: { type: 'string' },
      keystore: { type: 'string' },
      'password-file': { type: 'string' },
      trust: { type: 'string' },
    },
  });
  if ((values.authority === undefined) === (values.person === undefined)) throw new StopError(usage);
  const settings = await readSettings();
  const keystore = values.keystore ?? (values.authority ? settings.signer?.keystore : undefined);
  const passwordFile = values['password-file'] ?? (values.authority ? settings.signer?.passwordFile : undefined);
  const trust = values.trust ?? settings.signer?.trust;
  if (!keystore || !passwordFile) throw new StopError(usage);
  const opened = await openDatabase(settings, say);
  try {
    Object.assign(process.env, await childEnvironment(settings, opened));
    const { enrolKey } = await import('#server/signatures/index.ts');
    const { AppError, newContext, now, systemActor } = await import('#server/platform/index.ts');
    const { database } = await import('#server/platform/database.ts');
    try {
      const done = await enrolKey(newContext(database(), systemActor('signer.import'), now), {
        owner: values.authority ? { agencyCode: values.authority } : { email: values.person! },
        keystore: await readFile(keystore),
        password: (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, ''),
        roots: trust ? certificatesIn(await readFile(trust, 'utf8')) : [],
        pin: await askPin(),
      });
      say(
        `The key of ${done.subject} is enrolled; its certificate ends on ${done.validTo.toISOString().slice(0, 10)}.`,
      );
    } catch (error) {
      if (error instanceof AppError)
        throw new StopError(`The key was not enrolled: ${reasons[error.reason] ?? error.reason}`);
      throw error;
    } finally {
      await database().$client.end();
    }
  } finally {
    await opened.release();
  }
  return 0;
});

async function askPin(): Promise<string> {
  say('PIN of the holder (6 to 12 digits), then Enter:');
  const lines = createInterface({ input: process.stdin, terminal: false });
  for await (const line of lines) {
    lines.close();
    return line.trim();
  }
  return '';
}

const certificatesIn = (pem: string): Uint8Array[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (each) => new Uint8Array(new X509Certificate(each).raw),
  );

const reasons: Record<string, string> = {
  'signatures.errors.keystoreUnreadable': 'the file is no PKCS#12 or the password is wrong.',
  'signatures.errors.keystoreOneKey': 'the file must hold one key with its certificate.',
  'signatures.errors.keyEnrolledAlready': 'a key with this certificate is enrolled already.',
  'signatures.errors.noSuchAuthority': 'no authority has this agency code.',
  'signatures.errors.noSuchOfficial': 'no official has this address.',
  'errors.invalidInput': 'the PIN must have 6 to 12 digits.',
};
