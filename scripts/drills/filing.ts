// Many filings at once over two web servers: codes without gap or repeat, repeats answered alike, other content refused.
import { sql } from 'drizzle-orm';
import { brokenInvariants } from '#server/dossiers/testing/invariants.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';
import { insist } from './load/acts.ts';
import { type Applicant, completeDraft, copyDrafts, enterApplicants, signInAll, taken } from './load/applicants.ts';
import { answersOf, tellAnswers } from './load/person.ts';
import { settled } from './load/quiet.ts';
import { openService } from './load/service.ts';

interface Filed {
  dossierId: string;
  code: string;
}

const file = (dossierId: string, submissionKey: string, contentDigest?: string) => ({
  dossierId,
  submissionKey,
  declared: true,
  ...(contentDigest && { contentDigest }),
});

/** One filing twenty times at once, then its key with other content and for another dossier. */
async function repeats(
  { person, business }: Applicant,
  dossierId: string,
  report: { did(what: string, n: number): void; found(what: string): void },
) {
  const { contentDigest } = taken(await person.ask<{ contentDigest: string }>('dossiers.draft', { dossierId }));
  const key = 'twenty-times-the-same';
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => person.call<Filed>('dossiers.file', file(dossierId, key, contentDigest))),
  );
  const distinct = new Set(answers.map((answer) => JSON.stringify(answer)));
  report.did('repeats of one filing at once', answers.length);
  if (distinct.size !== 1 || !answers[0]!.ok) report.found(`twenty repeats gave ${[...distinct].join(' and ')}`);
  const other = await person.call('dossiers.file', file(dossierId, key, '0'.repeat(64)));
  if (other.ok || other.status !== 409) report.found(`the key with other content: ${JSON.stringify(other)}`);
  const { id } = taken(
    await person.call<{ id: string }>('dossiers.createDraft', {
      procedureKey: 'pharmacy-eligibility',
      organisationId: business,
    }),
  );
  const another = await person.call('dossiers.file', file(id, key));
  if (another.ok || another.status !== 409) report.found(`the key for another dossier: ${JSON.stringify(another)}`);
  report.did('the same key with other content', 2);
}

await drill('filing', 1000, async (report) => {
  const service = await openService();
  try {
    const applicants = await enterApplicants(service, Math.min(50, Math.ceil(report.size / 4)));
    await signInAll(applicants);
    const template = await completeDraft(applicants[0]!);
    const drafts = await copyDrafts(service.db, template, applicants, report.size);
    say(`  … ${drafts.length} drafts of ${applicants.length} applicants are ready`);

    const answered = answersOf(applicants.map(({ person }) => person));
    const began = Date.now();
    // on a machine that is too slow for so many at once some are told to come again, as people would
    const answers = await Promise.all(
      drafts.map(async ({ id, by }) => {
        const once = await insist(() => by.person.call<Filed>('dossiers.file', file(id, `once-${id}`)));
        return once.value;
      }),
    );
    tellAnswers(answered, report);
    const seconds = (Date.now() - began) / 1000;
    const codes = answers.map((answer) => taken(answer).code);
    report.did(`filings at once over two web servers, in ${seconds.toFixed(1)} s`, codes.length);
    if (new Set(codes).size < codes.length) report.found('two filings got one code');

    await repeats(applicants[0]!, template, report);
    await settled(service.db);
    for (const fault of await brokenInvariants(service.db)) report.found(fault);
    const [row] = await service.db.execute<{ filed: number }>(
      sql`select count(*)::int as filed from dossiers where code is not null`,
    );
    if (row?.filed !== codes.length + 1) report.found(`${row?.filed} dossiers are filed, not ${codes.length + 1}`);
  } finally {
    await service.close();
  }
});
