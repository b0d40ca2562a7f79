import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import { sessions, users } from '#db/schema/identity.ts';
import { formValues } from '#server/dossiers/testing/form-values.ts';
import { samplePdf } from '#server/dossiers/testing/sample-files.ts';
import { sessionCookie } from '#server/identity/session-cookie.ts';
import {
  insertMembership,
  insertOrganisation,
  insertSession,
  insertUser,
  testPassword,
} from '#server/identity/testing.ts';
import { parseEnv } from '#server/platform/env.ts';
import { newId } from '#server/platform/index.ts';
import { fullAnswers } from '#workflows/pharmacy-eligibility/sample-answers.ts';
import { authSecret as secretOf } from '../../ops/settings.ts';
import { Person } from './person.ts';
import type { Service } from './service.ts';

export interface Applicant {
  person: Person;
  userId: string;
  email: string;
  business: string;
}

const addressOf = (n: number) => `203.0.${113 + Math.floor(n / 250)}.${1 + (n % 250)}`;

/** People with a business each, entered as rows; they still have to sign in. */
export async function enterApplicants(service: Pick<Service, 'db' | 'urls'>, count: number): Promise<Applicant[]> {
  const found: Applicant[] = [];
  for (let i = 0; i < count; i += 1) {
    const email = `nguoi-nop-${i}-${newId().slice(-6)}@example.vn`;
    const userId = await insertUser(service.db, { name: `Người nộp ${i + 1}`, email });
    const business = await insertOrganisation(service.db, {
      kind: 'business',
      name: `Công ty TNHH Dược phẩm Số ${i + 1}`,
      taxCode: String(1_000_000_000 + Math.floor(Math.random() * 8_999_999_999)),
      provinceCode: '01',
    });
    await insertMembership(service.db, userId, business);
    found.push({ person: new Person(service.urls, addressOf(i)), userId, email, business });
  }
  return found;
}

/** Through the form of the sign-in page, a few at a time: each costs a password hash. */
export async function signInAll(applicants: Applicant[]): Promise<void> {
  const queue = [...applicants];
  const lane = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) await one.person.signIn(one.email, testPassword);
  };
  await Promise.all([lane(), lane()]);
}

/** An official of the demo with the session that a sign-in with a second factor leaves. */
export async function official(service: Service, email: string): Promise<Person> {
  const [user] = await service.db.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (!user) throw new Error(`Nobody is called ${email}`);
  const now = new Date();
  const token = await insertSession(service.db, user.id, true, now);
  await service.db.update(sessions).set({ assurance: 2 }).where(eq(sessions.userId, user.id));
  process.env.AUTH_SECRET = await secretOf(parseEnv({ DATA_DIR: service.dataDir, DEMO: '1' }));
  const { name, value } = await sessionCookie(token, new Date(now.getTime() + 3_600_000), now);
  return new Person(service.urls, '203.0.112.9', `${name}=${value}`);
}

/** A complete draft through the doors a browser uses: pages of the form, then one upload a paper. @returns its id */
export async function completeDraft({ person, business }: Applicant): Promise<string> {
  const { id } = taken(
    await person.call<{ id: string }>('dossiers.createDraft', {
      procedureKey: 'pharmacy-eligibility',
      organisationId: business,
    }),
  );
  const values = formValues(fullAnswers);
  for (let pageId: string | null = 'applicant'; pageId; ) {
    const saved: { nextPageId: string | null; errors: unknown[] } = taken(
      await person.call('dossiers.savePage', { dossierId: id, pageId, values, mode: 'continue' }),
    );
    if (saved.errors.length > 0) throw new Error(`${pageId}: ${JSON.stringify(saved.errors)}`);
    pageId = saved.nextPageId;
  }
  const draft = taken(
    await person.ask<{ papers: { key: string; required: boolean }[] }>('dossiers.draft', { dossierId: id }),
  );
  for (const paper of draft.papers.filter((each) => each.required))
    await person.upload(id, paper.key, samplePdf(paper.key));
  return id;
}

/** The same draft many times over, as rows, spread over the applicants. */
export async function copyDrafts(db: Database, sourceId: string, applicants: Applicant[], count: number) {
  const [source] = await db.select().from(dossiers).where(eq(dossiers.id, sourceId));
  const papers = await db.select().from(dossierPapers).where(eq(dossierPapers.dossierId, sourceId));
  const made = Array.from({ length: count }, (_, i) => ({ id: newId(), by: applicants[i % applicants.length]! }));
  for (let i = 0; i < made.length; i += 200) {
    const some = made.slice(i, i + 200);
    await db
      .insert(dossiers)
      .values(some.map(({ id, by }) => ({ ...source!, id, applicantUserId: by.userId, organisationId: by.business })));
    await db
      .insert(dossierPapers)
      .values(some.flatMap(({ id }) => papers.map((paper) => ({ ...paper, id: newId(), dossierId: id }))));
  }
  return made;
}

export function taken<T>(answer: { ok: true; data: T } | { ok: false; reason: string }): T {
  if (!answer.ok) throw new Error(`refused: ${answer.reason}`);
  return answer.data;
}
