import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

/** What generated rows hang on: a dossier with an open task that really went through the commands. */
export interface Pattern {
  dossierId: string;
  /** colleagues who have taken some of them */
  officerIds: readonly [string, string];
  now: Date;
}

/**
 * Copies one dossier and its process into `open` dossiers with an open task and `closed` ones with `stepsOfClosed` tasks done
 * each: a desk after years. Steps, deadlines, days of filing, names and who took what are spread over the copies.
 * `owner` is a pool with the owner's rights.
 */
export async function insertManyTasks(
  owner: Database,
  pattern: Pattern,
  { open, closed, stepsOfClosed = 5 }: { open: number; closed: number; stepsOfClosed?: number },
): Promise<void> {
  const { dossierId, officerIds, now } = pattern;
  const at = now.toISOString();
  await owner.execute(sql`
    create temporary table copies as
      select n, gen_random_uuid() as dossier_id, gen_random_uuid() as instance_id, n <= ${open}::int as open
      from generate_series(1, ${open + closed}::int) n`);
  await owner.execute(sql`
    insert into dossiers (id, procedure_key, procedure_version_id, applicant_user_id, organisation_id, authority_id, state, answers,
        pages_seen, title, search_text, code, tracking_secret, submission_key, instance_id, fee_amount, filed_at, received_at, due_at, closed_at)
      select c.dossier_id, d.procedure_key, d.procedure_version_id, d.applicant_user_id, d.organisation_id, d.authority_id,
        case when c.open then 4 else 10 end, d.answers, d.pages_seen,
        'Nhà thuốc ' || (array['Ái Mộ', 'Đức Ái', 'An Bình', 'Hồng Hà', 'Ông Tạ', 'Minh Châu'])[1 + c.n % 6] || ' ' || c.n,
        (array['ai mo', 'duc ai', 'an binh', 'hong ha', 'ong ta', 'minh chau'])[1 + c.n % 6] || ' nha thuoc ' || c.n || ' 000.00.10.h26-' || c.n,
        '000.00.10.H26-900101-' || lpad(c.n::text, 7, '0'), d.tracking_secret, c.n || '-many', c.instance_id, d.fee_amount,
        ${at}::timestamptz - (c.n % 300) * interval '7 hours', ${at}::timestamptz - (c.n % 300) * interval '5 hours',
        ${at}::timestamptz + (c.n % 40 - 10) * interval '1 day', case when c.open then null else ${at}::timestamptz end
      from copies c join dossiers d on d.id = ${dossierId}`);
  await owner.execute(sql`
    insert into process_instances (id, definition_id, process_id, business_key, state, revision, status, started_at)
      select c.instance_id, i.definition_id, i.process_id, c.dossier_id, i.state, i.revision,
        case when c.open then 'active' else 'done' end, i.started_at
      from copies c join dossiers d on d.id = ${dossierId} join process_instances i on i.id = d.instance_id`);
  await owner.execute(sql`
    insert into tasks (id, instance_id, business_key, organisation_id, node, token, kind, name, status, assignee_id, created_at, due_at)
      select gen_random_uuid(), c.instance_id, c.dossier_id, d.authority_id,
        (array['receive', 'assess', 'plan-inspection', 'inspect', 'draft-result'])[1 + (c.n + s) % 5], s, 'user', 'step',
        case when c.open then 'open' else 'done' end,
        (array[null, null, ${officerIds[0]}::uuid, ${officerIds[1]}::uuid])[1 + c.n % 4], ${at}::timestamptz,
        case when c.n % 17 = 0 then null else ${at}::timestamptz + (c.n % 40 - 10) * interval '11 hours' end
      from copies c join dossiers d on d.id = ${dossierId}
        cross join generate_series(1, ${stepsOfClosed}::int) s where s = 1 or not c.open`);
  await owner.execute(sql`drop table copies`);
  await owner.execute(sql`analyze dossiers`);
  await owner.execute(sql`analyze tasks`);
}
