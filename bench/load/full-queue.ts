import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

/**
 * Rows of a desk after years: `open` dossiers with a task and three times as many that are done, all copies of one draft,
 * filed with the authority of Hà Nội. `owner` is a pool with the owner's rights.
 */
export async function fillQueue(owner: Database, draftId: string, open: number): Promise<void> {
  await owner.transaction(async (tx) => {
    await tx.execute(sql`
      create temporary table copies on commit drop as
        select n, gen_random_uuid() as dossier_id, gen_random_uuid() as instance_id, n <= ${open}::int as open
        from generate_series(1, ${open * 4}::int) n`);
    await tx.execute(sql`
      insert into dossiers (id, procedure_key, procedure_version_id, applicant_user_id, organisation_id, authority_id, state, answers,
          title, search_text, code, submission_key, instance_id, filed_at, received_at, due_at, closed_at)
        select c.dossier_id, d.procedure_key, d.procedure_version_id, d.applicant_user_id, d.organisation_id,
          (select id from organisations where kind = 'authority' and province_code = '01' limit 1),
          case when c.open then 4 else 10 end, d.answers,
          'Nhà thuốc ' || (array['Ái Mộ', 'Đức Ái', 'An Bình', 'Hồng Hà', 'Ông Tạ'])[1 + c.n % 5] || ' ' || c.n,
          (array['ai mo', 'duc ai', 'an binh', 'hong ha', 'ong ta'])[1 + c.n % 5] || ' nha thuoc ' || c.n,
          'BENCH-' || lpad(c.n::text, 7, '0'), c.n || '-bench', c.instance_id, now() - (c.n % 300) * interval '7 hours',
          now() - (c.n % 300) * interval '5 hours', now() + (c.n % 40 - 10) * interval '1 day',
          case when c.open then null else now() end
        from copies c join dossiers d on d.id = ${draftId}`);
    await tx.execute(sql`
      insert into process_instances (id, definition_id, process_id, business_key, state, revision, status, started_at)
        select c.instance_id, p.id, 'process', c.dossier_id, '{}', 1, case when c.open then 'active' else 'done' end, now()
        from copies c cross join (select id from process_definitions limit 1) p`);
    await tx.execute(sql`
      insert into tasks (id, instance_id, business_key, node, token, kind, name, status, created_at, due_at)
        select gen_random_uuid(), c.instance_id, c.dossier_id,
          (array['receive', 'assess', 'plan-inspection', 'inspect', 'draft-result'])[1 + (c.n + s) % 5], s, 'user', 'step',
          case when c.open then 'open' else 'done' end, now(), now() + (c.n % 40 - 10) * interval '11 hours'
        from copies c cross join generate_series(1, 5) s where s = 1 or not c.open`);
  });
  await owner.execute(sql`analyze dossiers`);
  await owner.execute(sql`analyze tasks`);
}
