import { and, eq, isNotNull, ne } from 'drizzle-orm';
import { organisations, users } from '#db/schema/identity.ts';
import { signingKeys, trustAnchors } from '#db/schema/signatures.ts';
import { AppError, allow, command, newId, notFound, refuse, type TxContext } from '#server/platform/index.ts';
import { protectKey } from '../authority/protect-key.ts';
import { readKeystore } from '../authority/read-keystore.ts';
import { EnrolKey } from '../inputs.ts';
import { certificateProblem, readCertificate } from '../signing/certificates.ts';
import { sha256 } from '../signing/cms.ts';
import { keySecret } from '../unlock-signer.ts';

type Owner = { userId: string } | { organisationId: string };

/**
 * Takes a key from a PKCS#12 file for a person or for an authority's seal: what an operator does at the console with the
 * holder beside them, who types the PIN. The key held before is revoked; what it signed stays as it was verified.
 */
export const enrolKey = command({
  name: 'signing-key.enrol',
  input: EnrolKey,
  load: (ctx, { owner }) => ownerOf(ctx, owner),
  allow: (actor) => (actor.kind === 'system' ? allow : refuse('signatures.errors.notYourStep')),
  run: async (ctx, { keystore, password, roots, pin }, owner) => {
    const { pkcs8, chain } = await readKeystore(keystore, password);
    const certificate = chain[0]!;
    const problem = certificateProblem(certificate, ctx.now());
    if (problem) throw new AppError('invalidInput', problem);
    const facts = readCertificate(certificate);
    for (const root of roots) await believe(ctx, root);
    const now = ctx.now();
    const held =
      'userId' in owner ? eq(signingKeys.userId, owner.userId) : eq(signingKeys.organisationId, owner.organisationId);
    await ctx.tx
      .update(signingKeys)
      .set({ status: 'revoked', revokedAt: now })
      .where(and(held, ne(signingKeys.status, 'revoked')));
    const id = newId();
    const [added] = await ctx.tx
      .insert(signingKeys)
      .values({
        id,
        ...owner,
        subject: facts.name,
        encryptedKey: await protectKey(pkcs8, pin, keySecret()),
        chain: chain.map((each) => each.toString('base64')),
        certificateSha256: sha256(certificate).toString('hex'),
        validFrom: facts.validFrom,
        validTo: facts.validTo,
        createdAt: now,
      })
      .onConflictDoNothing({ target: signingKeys.certificateSha256 })
      .returning({ id: signingKeys.id });
    if (!added) throw new AppError('conflict', 'signatures.errors.keyEnrolledAlready');
    return { keyId: id, subject: facts.name, validTo: facts.validTo };
  },
  audit: ({ result }) => ({
    subjectType: 'signing-key',
    subjectId: result.keyId,
    details: { subject: result.subject },
  }),
});

async function ownerOf(ctx: TxContext, owner: { agencyCode: string } | { email: string }): Promise<Owner> {
  if ('email' in owner) {
    const [user] = await ctx.tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, owner.email), eq(users.official, true)));
    return user ? { userId: user.id } : notFound('signatures.errors.noSuchOfficial');
  }
  const [organisation] = await ctx.tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(eq(organisations.agencyCode, owner.agencyCode), isNotNull(organisations.agencyCode)));
  return organisation ? { organisationId: organisation.id } : notFound('signatures.errors.noSuchAuthority');
}

/** A root of the settings is believed for officials' signatures; signatures made here below it have the one exact form. */
async function believe(ctx: TxContext, root: Uint8Array): Promise<void> {
  await ctx.tx
    .insert(trustAnchors)
    .values({
      id: newId(),
      purpose: 'officials',
      name: readCertificate(root).name,
      certificate: root,
      sha256: sha256(root).toString('hex'),
      exactForm: false,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing();
}
