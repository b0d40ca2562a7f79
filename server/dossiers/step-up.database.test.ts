import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEntries } from '#db/schema/platform.ts';
import type { Context, Person } from '#server/platform/index.ts';
import { changeDocumentStatus } from '#server/signatures/index.ts';
import { initialResult, issueResult, signResult } from './commands/results.ts';
import { findResult } from './records.ts';
import { bringTo, completeDraft, issue, sign, standing, toSign } from './testing/journey.ts';
import { openWorld, pin, type Who, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ keys: true });
});
afterAll(() => world.close());

/** Somebody whose second factor was given longer ago than decisions allow. */
const longSignedIn = (who: Who): Context => world.asActor({ ...(world.as(who).actor as Person), assurance: 1 });
const stepUp = { code: 'forbidden', reason: 'security.errors.stepUp' };

test('initial, signature, issue and revocation ask for a fresh second factor, and nothing happens without', async () => {
  const dossierId = await bringTo(world, 'proposed', await completeDraft(world));
  const before = await standing(world, dossierId);
  const signing = await toSign(world, dossierId);
  await expect(initialResult(longSignedIn('head'), signing)).rejects.toMatchObject(stepUp);
  expect(await standing(world, dossierId)).toEqual(before);
  const [refused] = await world.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, 'dossier.initialResult'), eq(auditEntries.subjectId, dossierId)));
  expect(refused).toMatchObject({ outcome: 'refused', details: { reason: 'security.errors.stepUp' } });
  await initialResult(world.as('head'), signing);

  await expect(signResult(longSignedIn('leader'), await toSign(world, dossierId))).rejects.toMatchObject(stepUp);
  await sign(world, dossierId);

  await expect(issueResult(longSignedIn('clerk'), { dossierId, pin })).rejects.toMatchObject(stepUp);
  await issue(world, dossierId);

  const { documentId } = (await findResult(world.db, dossierId))!;
  await expect(
    changeDocumentStatus(longSignedIn('leader'), { documentId, status: 'revoked', reason: 'Thử' }),
  ).rejects.toMatchObject(stepUp);
});

test('a policy of its own still comes first: who may not decide is not asked for a code', async () => {
  const dossierId = await bringTo(world, 'proposed', await completeDraft(world));
  const signing = await toSign(world, dossierId);
  await expect(initialResult(longSignedIn('clerk'), signing)).rejects.toMatchObject({
    reason: 'dossiers.errors.roleMissing',
  });
});
