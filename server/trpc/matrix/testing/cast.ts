import { eq } from 'drizzle-orm';
import { dossierPapers, dossiers, slips } from '#db/schema/dossiers.ts';
import { facilityLicences } from '#db/schema/facilities.ts';
import { grants, sessions, units } from '#db/schema/identity.ts';
import { notifications } from '#db/schema/notifications.ts';
import { paymentIntents } from '#db/schema/payments.ts';
import { correctionSuggestions } from '#db/schema/registers.ts';
import { signedDocuments, signingKeys } from '#db/schema/signatures.ts';
import { webhookDeliveries } from '#db/schema/webhooks.ts';
import { localDate } from '#server/calendar/index.ts';
import { device, enterDevices } from '#server/devices/testing.ts';
import { beginUpload } from '#server/dossiers/commands/uploads.ts';
import { addVaultPaper } from '#server/dossiers/commands/vault.ts';
import { bringTo, completeDraft, toSign } from '#server/dossiers/testing/journey.ts';
import { samplePdf } from '#server/dossiers/testing/sample-files.ts';
import { nobody, openWorld, type Who, type World } from '#server/dossiers/testing/world.ts';
import { registerUnit } from '#server/equipment/index.ts';
import { addWebhook, pingWebhook } from '#server/exchange/index.ts';
import { insertFacility } from '#server/facilities/testing.ts';
import { ministry } from '#server/identity/index.ts';
import { contextOf, insertGrant, insertMembership, insertOrganisation, insertUser } from '#server/identity/testing.ts';
import { type Actor, anonymous, newContext, type Role, systemActor } from '#server/platform/index.ts';
import { entryAsOf, proposeChange, suggestCorrection } from '#server/registers/index.ts';
import { insertImport, insertPair } from '#server/registers/testing.ts';
import { systemKey } from '#server/signatures/index.ts';

// a folder without packs: what is answered must not hang on the outlines this machine has beside the project
process.env.REFERENCE_DATA = import.meta.dirname;

/**
 * Who asks. The records belong to the business of `owner` and were filed with Hà Nội: `owner` and `partner` ask for
 * their own; `rival` acts for another business and `citizen` for nobody; the roles are Hà Nội's; `elsewhere` has every
 * role at another authority; `ministry` administers the ministry.
 */
export const columns = [
  'anonymous',
  'owner',
  'partner',
  'rival',
  'citizen',
  'oneStop',
  'officer',
  'inspector',
  'head',
  'leader',
  'clerk',
  'registrar',
  'hr',
  'admin',
  'elsewhere',
  'ministry',
] as const;
export type Column = (typeof columns)[number];

const fromWorld = {
  owner: 'owner',
  partner: 'partner',
  rival: 'stranger',
  citizen: 'citizen',
  oneStop: 'oneStop',
  officer: 'officer',
  inspector: 'inspector',
  head: 'head',
  leader: 'leader',
  clerk: 'clerk',
  registrar: 'registrar',
  elsewhere: 'elsewhere',
} satisfies Partial<Record<Column, Who>>;

/** What the rows of the matrix ask for: ids of one business's records, and of what is public. */
export interface Fixture {
  world: World;
  actors: Record<Column, Actor>;
  /** the whole life: issued and delivered */
  delivered: string;
  /** filed and paid, waits for receipt */
  filed: string;
  /** received, waits for assessment */
  received: string;
  /** drafted result, waits for the head's initial; `sha256` is what the head is shown */
  proposed: string;
  sha256: string;
  /** complete, not filed */
  draft: string;
  paper: string;
  paperKey: string;
  /** a file the owner has begun to send */
  upload: string;
  /** in the vault of the business */
  vaultPaper: string;
  payment: { id: string; reference: string; subjectId: string };
  document: { id: string; verifyCode: string; number: string };
  slipFile: string;
  /** the leader's signing key */
  key: string;
  facility: string;
  licence: string;
  /** of the facility's entry */
  entryVersion: number;
  /** proposed by the officer */
  changeRequest: string;
  /** a facility of Hà Nội whose coordinates lie elsewhere, and the version of its entry */
  placeInDoubt: string;
  placeVersion: number;
  /** of the authority of Hà Nội, with a trial that waits for it */
  webhook: string;
  delivery: string;
  suggestion: string;
  /** two entries of Hà Nội that look alike */
  pair: { firstId: string; secondId: string };
  /** sheets of Hà Nội by their state; the officer took them in */
  imports: Record<'proposed' | 'previewed' | 'written', string>;
  /** a model of the register of devices, and a machine of it at the facility */
  device: string;
  equipmentUnit: string;
  notice: string;
  /** sessions and grants of people of Hà Nội and of the owner */
  session: string;
  grant: string;
  unit: string;
  official: string;
  partnerId: string;
  versionId: string;
  /** texts that stand in the business's records and nowhere public */
  canaries: string[];
}

async function actorOf(world: World, userId: string, official: boolean): Promise<Actor> {
  return (await contextOf(world.db, userId, official, () => world.clock.at)).actor;
}

async function appoint(world: World, email: string, role: Role, organisationId: string): Promise<Actor> {
  const userId = await insertUser(world.db, { official: true, email });
  await insertGrant(world.db, userId, role, organisationId);
  return actorOf(world, userId, true);
}

async function enterAll(world: World): Promise<Record<Column, Actor>> {
  const { db } = world;
  const rivals = await insertOrganisation(db, { kind: 'business', name: 'Công ty Khác', taxCode: '0109999999' });
  await insertMembership(db, world.id('stranger'), rivals);
  const rival = await actorOf(world, world.id('stranger'), false);
  const fixed = Object.entries(fromWorld).map(([column, who]) => [column, world.as(who).actor]);
  return {
    anonymous,
    ...(Object.fromEntries(fixed) as Record<keyof typeof fromWorld, Actor>),
    rival: rival.kind === 'person' ? { ...rival, actingFor: rivals } : rival,
    hr: await appoint(world, 'hr@example.vn', 'hr', world.hanoi),
    admin: await appoint(world, 'admin@example.vn', 'admin', world.hanoi),
    ministry: await appoint(world, 'ministry@example.vn', 'admin', (await ministry(db)).id),
  };
}

const first = <T>(rows: T[]): T => {
  if (rows[0] === undefined) throw new Error('the fixture lacks a row');
  return rows[0];
};

/** A change somebody proposed of a facility, and what the public says of it. */
async function changesOf(world: World, facilityId: string) {
  const entry = { register: 'facilities' as const, entryId: facilityId };
  const { version } = await entryAsOf(world.as('officer'), { register: 'facilities', id: facilityId });
  const asked = { ...entry, version, kind: 'change' as const, texts: { phone: '1900 1234' } };
  const said = { validFrom: localDate(world.clock.at), reason: 'Đổi số' };
  const { requestId } = await proposeChange(world.as('officer'), { ...asked, ...said });
  await suggestCorrection(nobody(world), { ...entry, words: 'Số điện thoại đã đổi' });
  const suggestion = first(await world.db.select().from(correctionSuggestions));
  const sheet = (state: 'proposed' | 'previewed' | 'written') =>
    insertImport(world.db, {
      organisationId: world.hanoi,
      createdBy: world.id('officer'),
      state,
      now: world.clock.at,
    });
  const imports = {
    proposed: await sheet('proposed'),
    previewed: await sheet('previewed'),
    written: await sheet('written'),
  };
  return {
    entryVersion: version,
    changeRequest: requestId,
    suggestion: suggestion.id,
    imports,
    pair: await insertPair(world.db, facilityId),
  };
}

async function webhookOf(world: World, admin: Actor) {
  const ctx = newContext(world.db, admin, () => world.clock.at);
  const { webhookId } = await addWebhook(ctx, {
    organisationId: world.hanoi,
    url: 'https://example.vn/receive',
    registers: ['facilities'],
    kinds: ['changed'],
  });
  await pingWebhook(ctx, { webhookId });
  return { webhook: webhookId, delivery: first(await world.db.select().from(webhookDeliveries)).id };
}

/** One business with a dossier at each stage of its life, and everybody who could ask for it. */
export async function openFixture(): Promise<Fixture> {
  const world = await openWorld({ keys: true });
  const { db } = world;
  const actors = await enterAll(world);
  // made at its first use otherwise, and taken back with every question
  await systemKey(newContext(db, systemActor('matrix'), () => world.clock.at));
  const delivered = await bringTo(world, 'delivered', await completeDraft(world));
  const filed = await bringTo(world, 'paid', await completeDraft(world));
  const received = await bringTo(world, 'received', await completeDraft(world));
  const proposed = await bringTo(world, 'proposed', await completeDraft(world));
  const draft = await completeDraft(world);
  const owner = world.id('owner');
  const document = first(await db.select().from(signedDocuments).where(eq(signedDocuments.state, 'issued')));
  const licence = first(await db.select().from(facilityLicences));
  const payment = first(await db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, filed)));
  const known = first(await db.select().from(dossiers).where(eq(dossiers.id, delivered)));
  const result = await toSign(world, proposed);
  const paper = first(await db.select().from(dossierPapers).where(eq(dossierPapers.dossierId, draft)));
  const forPaper = { dossierId: draft, paperKey: paper.paperKey };
  const begun = await beginUpload(world.as('owner'), { ...forPaper, fileName: 'b.pdf', size: 1000 });
  const vaultPaper = await addVaultPaper(world.as('owner'), {
    organisationId: world.business,
    kind: paper.paperKey,
    fileName: 'vault.pdf',
    validTo: null,
    bytes: samplePdf('vault'),
  });
  const [deviceId = ''] = await enterDevices(db, device());
  const machine = { device: deviceId, serial: 'SN-KHONG-CONG-KHAI', installedOn: '2026-11-20' };
  const unit = await registerUnit(world.as('owner'), { facilityId: licence.facilityId, ...machine });
  const registered = await changesOf(world, licence.facilityId);
  const elsewhere = { wardCode: null, latitude: 10.7769, longitude: 106.7009 };
  const inDoubt = await insertFacility(db, world.hanoi, elsewhere, world.clock.at);
  const doubtful = await entryAsOf(world.as('officer'), { register: 'facilities', id: inDoubt.facilityId });
  return {
    world,
    actors,
    delivered,
    filed,
    received,
    proposed,
    sha256: result.sha256,
    draft,
    paper: paper.id,
    paperKey: paper.paperKey,
    upload: begun.id,
    vaultPaper: vaultPaper.id,
    payment: { id: payment.id, reference: payment.reference, subjectId: filed },
    document: { id: document.id, verifyCode: document.verifyCode, number: document.number ?? '' },
    slipFile: first(await db.select().from(slips).where(eq(slips.dossierId, delivered))).fileId ?? '',
    key: first(
      await db
        .select()
        .from(signingKeys)
        .where(eq(signingKeys.userId, world.id('leader'))),
    ).id,
    facility: licence.facilityId,
    licence: licence.id,
    ...registered,
    placeInDoubt: inDoubt.facilityId,
    placeVersion: doubtful.version,
    device: deviceId,
    equipmentUnit: unit.unitId,
    ...(await webhookOf(world, actors.admin)),
    notice: first(await db.select().from(notifications).where(eq(notifications.userId, owner))).id,
    session: first(await db.select().from(sessions).where(eq(sessions.userId, owner))).id,
    grant: first(
      await db
        .select()
        .from(grants)
        .where(eq(grants.userId, world.id('officer'))),
    ).id,
    unit: first(await db.select().from(units).where(eq(units.organisationId, world.hanoi))).id,
    official: world.id('officer'),
    partnerId: world.id('partner'),
    versionId: known.procedureVersionId,
    canaries: [known.code ?? '', known.trackingSecret ?? '', payment.reference, 'owner@example.vn', machine.serial],
  };
}
