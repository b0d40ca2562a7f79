/**
 * Complete filings a minute by fifty applicants at once over HTTP: a draft is begun, every page answered, every paper
 * uploaded, everything checked and filed, again and again. Two web servers and the worker run beside Postgres.
 * BENCH_APPLICANTS, BENCH_SECONDS and BENCH_WARMUP make it smaller.
 */
import { sql } from 'drizzle-orm';
import { completeDraft, enterApplicants, signInAll, taken } from '../scripts/drills/load/applicants.ts';
import { openService } from '../scripts/drills/load/service.ts';
import { quantile } from './load/requests.ts';
import { report } from './report.ts';

const applicants = Number(process.env.BENCH_APPLICANTS ?? 50);
const seconds = Number(process.env.BENCH_SECONDS ?? 150);
const warmup = Number(process.env.BENCH_WARMUP ?? 20);

const service = await openService();
try {
  const people = await enterApplicants(service, applicants);
  await signInAll(people);
  const [before] = await service.db.execute<{ n: number }>(
    sql`select count(*)::int as n from dossiers where code is not null`,
  );
  console.error(`  ${applicants} applicants are signed in`);
  const began = performance.now();
  const from = began + warmup * 1000;
  const until = from + seconds * 1000;
  const all: number[] = [];
  const filings: number[] = [];
  let complete = 0;
  let filed = 0;
  const applicant = async ({ person, ...rest }: (typeof people)[number]) => {
    person.watch = (path, ms) => {
      if (performance.now() < from || performance.now() > until) return;
      all.push(ms);
      if (path.endsWith('dossiers.file')) filings.push(ms);
    };
    while (performance.now() < until) {
      const dossierId = await completeDraft({ person, ...rest });
      const { contentDigest } = taken(await person.ask<{ contentDigest: string }>('dossiers.draft', { dossierId }));
      const submissionKey = `bench-${dossierId}`;
      taken(await person.call('dossiers.file', { dossierId, submissionKey, contentDigest, declared: true }));
      filed += 1;
      const now = performance.now();
      if (now >= from && now <= until) complete += 1;
    }
  };
  await Promise.all(people.map(applicant));
  const [after] = await service.db.execute<{ n: number }>(
    sql`select count(*)::int as n from dossiers where code is not null`,
  );
  if (after!.n - before!.n !== filed)
    throw new Error(`${filed} filings were answered, the database has ${after!.n - before!.n}`);
  const rate = (complete * 60) / seconds;
  const slow = quantile(all, 0.95);
  await report('filing', [
    {
      id: `complete filings, ${applicants} applicants at once`,
      value: rate,
      unit: 'a minute',
      goal: 'at least 300',
      met: rate >= 300,
    },
    { id: 'requests, 95th percentile', value: slow, unit: 'ms', goal: 'under 1 s', met: slow < 1000 },
    { id: 'requests, median', value: quantile(all, 0.5), unit: 'ms' },
    { id: 'the filing itself, 95th percentile', value: quantile(filings, 0.95), unit: 'ms' },
    { id: 'requests', value: all.length / seconds, unit: 'a second' },
  ]);
} finally {
  await service.close();
}
