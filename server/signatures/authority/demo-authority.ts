import { eq, sql } from 'drizzle-orm';
import { signingKeys, trustAnchors } from '#db/schema/signatures.ts';
import { newId, type TxContext } from '#server/platform/index.ts';
import { sha256 } from '../signing/cms.ts';
import { keySecret } from '../unlock-signer.ts';
import { createAuthority, type IssuedKey, type Subject } from './create-authority.ts';
import { protectKey } from './protect-key.ts';

/** Who gets a key, and the PIN that unlocks it. */
export interface DemoSigners {
  people: { userId: string; name: string; title?: string; organisationName: string; pin: string }[];
  /** the seals, held by the clerks */
  seals: { organisationId: string; organisationName: string; pin: string }[];
}

const NAME = 'Cơ quan chứng thực thử nghiệm Một Cửa';
const DAY = 24 * 3600 * 1000;

/**
 * Makes the demonstration authority with a key for each signer, once: where all of them have keys nothing changes;
 * where one lacks a key, a new authority issues it and is trusted beside the earlier ones. Its own private keys are
 * never stored.
 */
export async function ensureDemoAuthority(ctx: TxContext, signers: DemoSigners): Promise<{ made: number }> {
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtext('signatures.demo-authority'))`);
  const people = await without(signers.people, ({ userId }) => hasKey(ctx, eq(signingKeys.userId, userId)));
  const seals = await without(signers.seals, ({ organisationId }) =>
    hasKey(ctx, eq(signingKeys.organisationId, organisationId)),
  );
  if (people.length + seals.length === 0) return { made: 0 };
  const now = ctx.now();
  const authority = await createAuthority(NAME, now);
  await ctx.tx.insert(trustAnchors).values({
    id: newId(),
    purpose: 'officials',
    name: NAME,
    certificate: authority.root,
    sha256: sha256(authority.root).toString('hex'),
    exactForm: true,
    demo: true,
    createdAt: now,
  });
  const period = { validFrom: new Date(now.getTime() - DAY), validTo: new Date(now.getTime() + 5 * 365 * DAY) };
  for (const { userId, name, title, organisationName, pin } of people) {
    const subject: Subject = { name, organisation: organisationName, title };
    await insertKey(ctx, { userId }, subject, await authority.issue({ subject, ...period }), period, pin);
  }
  for (const { organisationId, organisationName, pin } of seals) {
    const subject: Subject = { name: organisationName, organisation: organisationName };
    await insertKey(ctx, { organisationId }, subject, await authority.issue({ subject, ...period }), period, pin);
  }
  return { made: people.length + seals.length };
}

async function insertKey(
  ctx: TxContext,
  owner: { userId: string } | { organisationId: string },
  subject: Subject,
  key: IssuedKey,
  period: { validFrom: Date; validTo: Date },
  pin: string,
): Promise<void> {
  await ctx.tx.insert(signingKeys).values({
    id: newId(),
    ...owner,
    subject: subject.name,
    encryptedKey: await protectKey(key.pkcs8, pin, keySecret()),
    chain: key.chain.map((certificate) => certificate.toString('base64')),
    certificateSha256: sha256(key.chain[0]!).toString('hex'),
    ...period,
    demo: true,
    createdAt: ctx.now(),
  });
}

async function hasKey(ctx: TxContext, owner: ReturnType<typeof eq>): Promise<boolean> {
  const rows = await ctx.tx.select({ status: signingKeys.status }).from(signingKeys).where(owner);
  return rows.some(({ status }) => status !== 'revoked');
}

async function without<T>(list: T[], known: (entry: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (const entry of list) if (!(await known(entry))) kept.push(entry);
  return kept;
}
