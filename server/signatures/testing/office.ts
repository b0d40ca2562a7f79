import type { Database } from '#db/client.ts';
import { grants, organisations, users } from '#db/schema/identity.ts';
import { signingKeys, trustAnchors } from '#db/schema/signatures.ts';
import { type Actor, type Context, newContext, newId, type Person, type Role } from '#server/platform/index.ts';
import { createAuthority } from '../authority/create-authority.ts';
import { protectKey } from '../authority/protect-key.ts';
import { prepareDocument } from '../index.ts';
import { DocumentLayout } from '../layout/document-layout.ts';
import { sha256 } from '../signing/cms.ts';
import { keySecret } from '../unlock-signer.ts';
import { certificateData, certificateTemplate } from './sample-layout.ts';

/** What the keys of the tests are kept under; read before the settings are. */
process.env.AUTH_SECRET ??= 'a secret of the tests that is long enough';

/** Nine o'clock of a Monday in Vietnam. */
export const morning = new Date('2026-11-23T09:00:00+07:00');
export const pin = '482916';
type KeyRow = Omit<typeof signingKeys.$inferInsert, 'id'>;

/** Keys are made once for a test file: each takes a fraction of a second. */
let cached: Promise<{ root: Buffer; keys: Record<'head' | 'leader' | 'deputy' | 'seal', KeyRow> }> | undefined;

async function makeKeys() {
  const authority = await createAuthority('Cơ quan chứng thực thử nghiệm', morning, 'p-256');
  const period = { validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2031-01-01T00:00:00Z') };
  const make = async (name: string): Promise<KeyRow> => {
    const { pkcs8, chain } = await authority.issue({
      subject: { name, organisation: 'Sở Y tế tỉnh Nghệ An' },
      ...period,
    });
    return {
      subject: name,
      encryptedKey: await protectKey(pkcs8, pin, keySecret()),
      chain: chain.map((certificate) => certificate.toString('base64')),
      certificateSha256: sha256(chain[0]!).toString('hex'),
      ...period,
    };
  };
  const [head, leader, deputy, seal] = await Promise.all(
    ['Nguyễn Văn Dũng', 'Trần Quốc Khánh', 'Lê Thị Mỹ Hạnh', 'Sở Y tế tỉnh Nghệ An'].map(make),
  );
  return { root: authority.root, keys: { head: head!, leader: leader!, deputy: deputy!, seal: seal! } };
}

/** A department with its officials and their keys; a second one in the same database needs keys of its own. */
export async function openOffice(db: Database, { ownKeys = false } = {}) {
  cached ??= makeKeys();
  const { root, keys } = await (ownKeys ? makeKeys() : cached);
  const organisationId = newId();
  await db.insert(organisations).values({
    id: organisationId,
    kind: 'authority',
    name: 'Sở Y tế tỉnh Nghệ An',
    agencyCode: `T${organisationId.slice(-8)}`,
    placeCode: 'NAN',
    provinceCode: '40',
  });
  const enter = async (role: Role, name: string): Promise<Person> => {
    const userId = newId();
    await db.insert(users).values({ id: userId, email: `${userId}@example.vn`, name, official: true });
    // the row policies of the database look it up
    await db.insert(grants).values({ id: newId(), userId, role, organisationId });
    const held = [{ role, organisationId, unitPath: null, provinceCode: null }];
    const rest = {
      sessionId: newId(),
      email: 'x@example.vn',
      official: true,
      actingFor: null,
      memberships: [],
      assurance: 2,
    };
    return { kind: 'person', userId, name, grants: held, ...rest };
  };
  const people = {
    officer: await enter('officer', 'Phạm Minh Tuấn'),
    head: await enter('head', 'Nguyễn Văn Dũng'),
    leader: await enter('leader', 'Trần Quốc Khánh'),
    deputy: await enter('leader', 'Lê Thị Mỹ Hạnh'),
    clerk: await enter('clerk', 'Võ Thị Ngọc Bích'),
  };
  for (const who of ['head', 'leader', 'deputy'] as const) {
    await db.insert(signingKeys).values({ id: newId(), userId: people[who].userId, ...keys[who] });
  }
  await db.insert(signingKeys).values({ id: newId(), organisationId, ...keys.seal });
  await db.insert(trustAnchors).values({
    id: newId(),
    purpose: 'officials',
    name: 'Cơ quan chứng thực thử nghiệm',
    certificate: root,
    sha256: sha256(root).toString('hex'),
    exactForm: true,
  });
  const as = (actor: Actor, at: Date = morning): Context => newContext(db, actor, () => at);
  const draft = (by: Actor = people.officer) =>
    prepareDocument(as(by), {
      kind: 'certificate',
      organisationId,
      subjectType: 'dossier',
      subjectId: newId(),
      title: 'Giấy chứng nhận đủ điều kiện kinh doanh dược',
      numberType: 'ĐKKDD',
      layout: DocumentLayout.parse(certificateTemplate),
      data: certificateData,
    });
  return { root, organisationId, people, as, draft };
}
export type Office = Awaited<ReturnType<typeof openOffice>>;
