/** What must hold of all dossiers together, whatever happened to the processes that served them. For drills and histories. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { verifyAuditChain } from '#server/platform/index.ts';
import { processFaults, shownProperty } from '#server/workflow/testing/consistency.ts';

interface Invariant {
  name: string;
  /** selects what breaks it, one text a row as `fault` */
  query: SQL;
}

const events = (kind: string) =>
  sql`(select count(*) from dossier_events e where e.dossier_id = d.id and e.kind = ${kind})`;

export const invariants: Invariant[] = [
  {
    name: 'codes have no gap and no repeat',
    query: sql`select regexp_replace(code, '-[0-9]+$', '') as fault from dossiers where code is not null
      group by 1 having count(*) <> max(substring(code from '[0-9]+$')::int) or count(*) <> count(distinct code)`,
  },
  {
    name: 'the counter of codes stands at the last code',
    query: sql`select c.key as fault from sequence_counters c where c.scope = 'dossier-code' and c.value <> (
      select count(*) from dossiers d where d.code like split_part(c.key, '|', 1) || '-' ||
        replace(substring(split_part(c.key, '|', 2) from 3), '-', '') || '-%')`,
  },
  {
    name: 'slips are numbered without gap and repeat',
    query: sql`select form || ' ' || year as fault from slips group by authority_id, year, form
      having count(*) <> max(number) or count(*) <> count(distinct number)`,
  },
  {
    name: 'receipts are numbered without gap and repeat',
    query: sql`select payee_organisation_id || ' ' || receipt_year as fault from payment_intents where receipt_number is not null
      group by payee_organisation_id, receipt_year having count(*) <> max(receipt_number) or count(*) <> count(distinct receipt_number)`,
  },
  {
    name: 'a filed dossier has one process and points to it; a draft has none',
    query: sql`select d.id as fault from dossiers d where (d.state > 0) <>
        ((select count(*) from process_instances i where i.business_key = d.id and i.parent_id is null) = 1)
      or (d.state > 0) <> (d.instance_id is not null)
      or (d.instance_id is not null and not exists (select from process_instances i where i.id = d.instance_id and i.business_key = d.id))`,
  },
  {
    name: 'a dossier is closed when its process is over, and not before',
    query: sql`select d.id || ' state ' || d.state || ' process ' || i.status as fault from dossiers d join process_instances i on i.id = d.instance_id
      where (d.state in (3, 7, 8, 10)) <> (i.status in ('done', 'cancelled')) or (d.state in (3, 7, 8, 10)) <> (d.closed_at is not null)`,
  },
  {
    name: 'the timeline tells of filing, receipt and withdrawal once each, and only where they happened',
    query: sql`select d.id as fault from dossiers d where ${events('filed')} <> (d.state > 0)::int
      or ${events('received')} <> (d.received_at is not null)::int or ${events('withdrawn')} <> (d.state = 7)::int`,
  },
  {
    name: 'every filed dossier was announced to who filed it, once in the application and once by mail',
    query: sql`select d.id as fault from dossiers d where d.state > 0 and (
      (select count(*) from notifications n where n.user_id = d.applicant_user_id and n.dedupe_key = 'filed:' || d.id) <> 1
      or (select count(*) from mails m where m.dedupe_key like '%filed:' || d.id || '%') > 1)`,
  },
  {
    name: 'the audit log has every filing',
    query: sql`select d.id as fault from dossiers d where d.state > 0 and not exists (select from audit_entries a
      where a.action = 'dossier.file' and a.outcome = 'done' and a.subject_id = d.id::text)`,
  },
  {
    name: 'a received dossier has one slip 01 and no refused one; a refused one has one slip 03',
    query: sql`select d.id as fault from dossiers d where
      (select count(*) from slips s where s.dossier_id = d.id and s.form = '01') <> (d.received_at is not null)::int
      or (select count(*) from slips s where s.dossier_id = d.id and s.form = '03') <> (d.state = 3)::int`,
  },
  {
    name: 'the clock begins once, stops and goes on in turns, ends once and nothing follows the end',
    query: sql`select d.id || ' ' || string_agg(c.kind, ' ' order by c.id) as fault from dossiers d
      join clock_events c on c.dossier_id = d.id group by d.id
      having string_agg(c.kind, ' ' order by c.id) !~ '^start( extend| recompute)*( stop( recompute)* resume( extend| recompute)*)*( stop( recompute)*)?( finish)?$'`,
  },
  {
    name: 'the clock began with receipt and has ended with the dossier',
    query: sql`select d.id as fault from dossiers d where
      (d.received_at is not null) <> exists (select from clock_events c where c.dossier_id = d.id and c.kind = 'start')
      or (d.received_at is not null and d.closed_at is not null
        and not exists (select from clock_events c where c.dossier_id = d.id and c.kind = 'finish'))`,
  },
  {
    name: 'the applicant owes at most one answer, and one exactly while the dossier waits for it',
    query: sql`select d.id || ' state ' || d.state as fault from dossiers d where
      (select count(*) from applicant_requests r where r.dossier_id = d.id and r.answered_at is null and r.lapsed_at is null) <>
      (select count(*) from tasks t where t.instance_id = d.instance_id and t.status = 'open' and t.node in ('answer-supplement', 'correct-findings'))
      + (select count(*) from tasks t where t.instance_id = d.instance_id and t.status = 'open' and t.node in ('issue-slip-02', 'notify-lapsed'))`,
  },
  {
    name: 'a fee is asked for once; it is paid where the dossier went on, and no longer owed where it ended unpaid',
    query: sql`select d.id as fault from dossiers d where d.state > 0 and d.fee_amount > 0 and (
      (select count(*) from payment_intents p where p.subject_id = d.id) <> 1
      or (d.received_at is not null and not exists (select from payment_intents p where p.subject_id = d.id and p.status in ('settled', 'refunded')))
      or (d.state = 7 and exists (select from payment_intents p where p.subject_id = d.id and p.status = 'pending')))`,
  },
  {
    name: 'money that settled something settled it once, has a receipt and stands on the timeline',
    query: sql`select p.id as fault from payment_intents p where
      (select count(*) from payment_callbacks c where c.intent_id = p.id and c.outcome = 'settled') <> (p.status in ('settled', 'refunded'))::int
      or (p.status in ('settled', 'refunded')) <> (p.receipt_number is not null)
      or (p.subject_type = 'dossier' and (select count(*) from dossier_events e where e.dossier_id = p.subject_id and e.kind = 'paymentSettled')
        <> (p.status in ('settled', 'refunded'))::int)`,
  },
  {
    name: 'one result counts, and only one was ever issued for a dossier',
    query: sql`select d.id as fault from dossiers d where
      (select count(*) from dossier_results r where r.dossier_id = d.id and not r.withdrawn) > 1
      or (select count(*) from signed_documents x where x.subject_id = d.id and x.state = 'issued') > 1
      or (d.state in (9, 10) and not exists (select from dossier_results r join signed_documents x on x.id = r.document_id
        where r.dossier_id = d.id and not r.withdrawn and x.state = 'issued' and x.number is not null))
      or (d.state = 7 and exists (select from dossier_results r where r.dossier_id = d.id and not r.withdrawn))`,
  },
];

/**
 * Everything that is broken, one sentence each.
 * @param db with the owner's rights
 * @param only dossiers whose process is looked at closely, and not the whole audit chain; all of it when absent
 */
export async function brokenInvariants(db: Database, only?: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, query } of invariants) {
    const rows = await db.execute<{ fault: string }>(query);
    if (rows.length > 0)
      found.push(
        `${name}: broken by ${rows.slice(0, 3).map((row) => row.fault)}${rows.length > 3 ? ` and ${rows.length - 3} more` : ''}`,
      );
  }
  found.push(...(await processFaults(db, only)), ...(await strayStates(db, only)));
  if (only) return found;
  const { firstBad, reason } = await verifyAuditChain(db);
  if (firstBad !== null) found.push(`the audit chain: row ${firstBad} is ${reason}`);
  return found;
}

/** Dossiers whose state is not the one written at what their process waits for. */
async function strayStates(db: Database, only: string[] | undefined): Promise<string[]> {
  const running = await db.execute<{ id: string; state: number; instance_id: string }>(sql`
    select d.id, d.state, d.instance_id from dossiers d join process_instances i on i.id = d.instance_id where i.status = 'active'`);
  const found: string[] = [];
  for (const dossier of running.filter((one) => only?.includes(one.id) ?? true)) {
    const shown = await shownProperty(db, dossier.instance_id, 'state');
    if (shown !== undefined && Number(shown) !== dossier.state)
      found.push(`dossier ${dossier.id} is in state ${dossier.state} where its process shows ${shown}`);
  }
  return found;
}
