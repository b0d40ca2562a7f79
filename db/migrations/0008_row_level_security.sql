-- Row-level security: the second wall behind the service's own checks. See docs/decisions/0007-row-level-security.md.
-- A transaction says who asks (server/platform/speaking.ts); what that person may see is looked up here, never believed.
create function wall_kind() returns text language sql stable as $$ select coalesce(current_setting('app.actor_kind', true), '') $$;
--> statement-breakpoint
create function wall_user() returns uuid language sql stable as $$
  select case when current_setting('app.actor_kind', true) = 'person' then nullif(current_setting('app.user_id', true), '')::uuid end $$;
--> statement-breakpoint
-- Businesses one may act for; officials file nothing.
create function wall_businesses() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(m.organisation_id), '{}') from memberships m join users u on u.id = m.user_id
  where m.user_id = wall_user() and not u.official and u.disabled_at is null $$;
--> statement-breakpoint
-- Authorities one works for: any grant that stands.
create function wall_authorities() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct g.organisation_id), '{}') from grants g join users u on u.id = g.user_id
  where g.user_id = wall_user() and g.revoked_at is null and u.official and u.disabled_at is null $$;
--> statement-breakpoint
create function wall_uuid(value text) returns uuid language sql immutable as $$
  select case when value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then value::uuid end $$;
--> statement-breakpoint
-- `offset 0` in the policies keeps each question to the one row it is about: without it the planner may go through a whole
-- table of dossiers to answer it for many rows at once.
-- Raises the wall around a table: nobody passes but the owner (migrations, backup, checks) and the system (jobs). What
-- people may see of it is said by policies of its own, each of which lets more pass.
create procedure raise_wall(name regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy wall_owner on %s to current_user using (true) with check (true)', name);
  execute format('create policy wall_system on %s using ((select wall_kind()) = ''system'') with check ((select wall_kind()) = ''system'')', name);
end $$;
--> statement-breakpoint
call raise_wall('dossiers');
--> statement-breakpoint
create policy dossiers_applicant on dossiers using (
  (organisation_id is null and applicant_user_id = (select wall_user()))
  or organisation_id = any ((select wall_businesses())::uuid[]));
--> statement-breakpoint
create policy dossiers_office on dossiers using (state > 0 and authority_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
-- Who holds a slip: the database compares code and secret itself.
create policy dossiers_bearer on dossiers for select using (
  (select wall_kind()) = 'anonymous' and code = (select nullif(current_setting('app.bearer_code', true), ''))
  and tracking_secret = (select nullif(current_setting('app.bearer_secret', true), '')));
--> statement-breakpoint
call raise_wall('dossier_papers');
--> statement-breakpoint
-- Officials do not see the papers of an answer that has not been sent.
create policy dossier_papers_people on dossier_papers using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id and (pending_request_id is null
    or (d.organisation_id is null and d.applicant_user_id = (select wall_user()))
    or d.organisation_id = any ((select wall_businesses())::uuid[])) offset 0));
--> statement-breakpoint
call raise_wall('dossier_events');
--> statement-breakpoint
create policy dossier_events_read on dossier_events for select using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id
    and (visibility = 'all' or d.authority_id = any ((select wall_authorities())::uuid[])) offset 0));
--> statement-breakpoint
create policy dossier_events_add on dossier_events for insert with check ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('clock_events');
--> statement-breakpoint
create policy clock_events_people on clock_events using (exists (select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('slips');
--> statement-breakpoint
-- The control slip (form 05) goes from desk to desk, not to the applicant.
create policy slips_people on slips using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id
    and (form <> '05' or d.authority_id = any ((select wall_authorities())::uuid[])) offset 0));
--> statement-breakpoint
call raise_wall('applicant_requests');
--> statement-breakpoint
create policy applicant_requests_people on applicant_requests using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('assessments');
--> statement-breakpoint
-- Opinions are internal: the applicant never sees them.
create policy assessments_office on assessments using (exists (
  select from dossiers d where d.id = dossier_id and d.authority_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
call raise_wall('inspections');
--> statement-breakpoint
create policy inspections_people on inspections using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('inspection_photos');
--> statement-breakpoint
create policy inspection_photos_office on inspection_photos using (exists (
  select from inspections i join dossiers d on d.id = i.dossier_id
  where i.id = inspection_id and d.authority_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
call raise_wall('dossier_results');
--> statement-breakpoint
create policy dossier_results_people on dossier_results using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('ratings');
--> statement-breakpoint
create policy ratings_people on ratings using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
-- A process belongs to whoever may see what it is about; the bearer of a slip reads how far it has come.
call raise_wall('process_instances');
--> statement-breakpoint
create policy process_instances_people on process_instances using (exists (select from dossiers d where d.id = business_key offset 0));
--> statement-breakpoint
call raise_wall('tasks');
--> statement-breakpoint
-- A queue has thousands of tasks: to ask for the dossier of each would take longer than all else. So a task knows its
-- authority, and only others are asked for by their dossier.
create policy tasks_people on tasks using (
  organisation_id = any ((select wall_authorities())::uuid[]) or exists (select from dossiers d where d.id = business_key offset 0));
--> statement-breakpoint
create function task_of_authority() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.organisation_id := (select d.authority_id from dossiers d where d.id = new.business_key);
  return new;
end $$;
--> statement-breakpoint
create trigger tasks_of_authority before insert on tasks for each row when (new.organisation_id is null) execute function task_of_authority();
--> statement-breakpoint
create function tasks_follow_dossier() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update tasks set organisation_id = new.authority_id where business_key = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger dossiers_take_tasks_along after update of authority_id on dossiers for each row
  when (new.authority_id is distinct from old.authority_id) execute function tasks_follow_dossier();
--> statement-breakpoint
call raise_wall('process_subscriptions');
--> statement-breakpoint
create policy process_subscriptions_people on process_subscriptions using (exists (
  select from process_instances i where i.id = instance_id offset 0));
--> statement-breakpoint
call raise_wall('process_history');
--> statement-breakpoint
create policy process_history_people on process_history using (exists (
  select from process_instances i where i.id = instance_id offset 0));
--> statement-breakpoint
call raise_wall('process_incidents');
--> statement-breakpoint
create policy process_incidents_people on process_incidents using (exists (
  select from process_instances i where i.id = instance_id offset 0));
--> statement-breakpoint
call raise_wall('buffered_messages');
--> statement-breakpoint
create policy buffered_messages_people on buffered_messages using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = wall_uuid(correlation_key) offset 0));
--> statement-breakpoint
call raise_wall('signed_documents');
--> statement-breakpoint
create policy signed_documents_office on signed_documents using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
-- That a document was issued, and whether it holds, anybody may ask.
create policy signed_documents_issued on signed_documents for select using (state = 'issued' and (select wall_kind()) <> '');
--> statement-breakpoint
call raise_wall('signed_revisions');
--> statement-breakpoint
create policy signed_revisions_people on signed_revisions using (exists (select from signed_documents d where d.id = document_id offset 0));
--> statement-breakpoint
call raise_wall('document_numbers');
--> statement-breakpoint
create policy document_numbers_office on document_numbers using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('signing_keys');
--> statement-breakpoint
create policy signing_keys_holder on signing_keys using (
  user_id = (select wall_user()) or organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
-- Which certificates must no longer be believed, everybody who checks a paper has to know.
create policy signing_keys_revoked on signing_keys for select using (status = 'revoked' and (select wall_kind()) <> '');
--> statement-breakpoint
call raise_wall('payment_intents');
--> statement-breakpoint
create policy payment_intents_people on payment_intents using (
  (payer_organisation_id is null and payer_user_id = (select wall_user()))
  or payer_organisation_id = any ((select wall_businesses())::uuid[])
  or payee_organisation_id = any ((select wall_authorities())::uuid[])
  or (subject_type = 'dossier' and (select wall_kind()) = 'person' and exists (select from dossiers d where d.id = subject_id offset 0)));
--> statement-breakpoint
call raise_wall('payment_callbacks');
--> statement-breakpoint
create policy payment_callbacks_people on payment_callbacks for select using (exists (
  select from payment_intents i where i.id = intent_id offset 0));
--> statement-breakpoint
call raise_wall('notifications');
--> statement-breakpoint
create policy notifications_own on notifications using (user_id = (select wall_user()));
--> statement-breakpoint
call raise_wall('mails');
--> statement-breakpoint
call raise_wall('files');
--> statement-breakpoint
create policy files_own on files using (created_by = (select wall_user()));
--> statement-breakpoint
-- A file is seen by whoever sees a record that refers to it: each kind of record has its policy.
create policy files_of_papers on files for select using (exists (select from dossier_papers p where p.file_id = files.id offset 0));
--> statement-breakpoint
create policy files_of_slips on files for select using (exists (select from slips s where s.file_id = files.id offset 0));
--> statement-breakpoint
create policy files_of_photos on files for select using (exists (select from inspection_photos p where p.file_id = files.id offset 0));
--> statement-breakpoint
create policy files_of_minutes on files for select using (exists (select from inspections i where i.minutes_file_id = files.id offset 0));
--> statement-breakpoint
create policy files_of_receipts on files for select using (exists (select from payment_intents p where p.receipt_file_id = files.id offset 0));
--> statement-breakpoint
create policy files_of_documents on files for select using (exists (
  select from signed_revisions r join signed_documents d on d.id = r.document_id
  where r.file_id = files.id and d.organisation_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
create policy files_of_results on files for select using (exists (
  select from signed_revisions r join dossier_results o on o.document_id = r.document_id
  where r.file_id = files.id and r.field = 'seal' and o.delivered_at is not null offset 0));
--> statement-breakpoint
call raise_wall('file_chunks');
--> statement-breakpoint
create policy file_chunks_people on file_chunks using (exists (select from files f where f.id = file_id offset 0));
--> statement-breakpoint
call raise_wall('audit_entries');
--> statement-breakpoint
-- Everybody leaves rows in their own name, nobody in another's; only the owner and the system read them.
create policy audit_entries_add on audit_entries for insert with check (
  actor_kind = (select wall_kind()) and (actor_kind <> 'person' or actor_id = (select wall_user())::text));
--> statement-breakpoint
-- Who belongs where decides over everything above, so it is written only by those who may: read before anybody is known.
create function wall_administers(organisation uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from grants g join users u on u.id = g.user_id join organisations o on o.id = g.organisation_id
    where g.user_id = wall_user() and g.role = 'admin' and g.revoked_at is null and u.official and u.disabled_at is null
      and (g.organisation_id = organisation or (o.kind = 'authority' and o.province_code is null))) $$;
--> statement-breakpoint
create function wall_has_no_member(organisation uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (select from memberships m where m.organisation_id = organisation) $$;
--> statement-breakpoint
call raise_wall('grants');
--> statement-breakpoint
create policy grants_read on grants for select using (true);
--> statement-breakpoint
create policy grants_add on grants for insert with check (wall_administers(organisation_id));
--> statement-breakpoint
create policy grants_change on grants for update using (wall_administers(organisation_id));
--> statement-breakpoint
call raise_wall('memberships');
--> statement-breakpoint
create policy memberships_read on memberships for select using (true);
--> statement-breakpoint
-- Whoever enters a business becomes its first member; after that its members say who else is.
create policy memberships_add on memberships for insert with check (
  organisation_id = any ((select wall_businesses())::uuid[]) or (user_id = (select wall_user()) and wall_has_no_member(organisation_id)));
--> statement-breakpoint
create policy memberships_remove on memberships for delete using (organisation_id = any ((select wall_businesses())::uuid[]));
--> statement-breakpoint
call raise_wall('organisations');
--> statement-breakpoint
create policy organisations_read on organisations for select using (true);
--> statement-breakpoint
create policy organisations_add on organisations for insert with check (
  case kind when 'business' then (select wall_kind()) = 'person' else wall_administers(id) end);
--> statement-breakpoint
create policy organisations_change on organisations for update using (
  id = any ((select wall_businesses())::uuid[]) or (kind = 'authority' and wall_administers(id)));
--> statement-breakpoint
create policy signing_keys_administration on signing_keys using (exists (
  select from grants g where g.user_id = signing_keys.user_id and g.revoked_at is null and wall_administers(g.organisation_id) offset 0));
--> statement-breakpoint
call raise_wall('queue_views');
--> statement-breakpoint
create policy queue_views_own on queue_views using (owner_id = (select wall_user()));
--> statement-breakpoint
create policy queue_views_unit on queue_views for select using (exists (
  select from units u where u.id = unit_id and u.organisation_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
call raise_wall('payment_refunds');
--> statement-breakpoint
create policy payment_refunds_people on payment_refunds using (
  organisation_id = any ((select wall_authorities())::uuid[]) or exists (select from payment_intents i where i.id = intent_id offset 0));
--> statement-breakpoint
-- What came in without a known payment is the business of the authorities' cashiers.
create policy payment_callbacks_office on payment_callbacks using (
  payee_organisation_id = any ((select wall_authorities())::uuid[])
  or (intent_id is null and cardinality((select wall_authorities())::uuid[]) > 0)
  or exists (select from payment_intents i where i.id = intent_id
    and i.payee_organisation_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
call raise_wall('bank_statement_lines');
--> statement-breakpoint
create policy bank_statement_lines_office on bank_statement_lines using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('reconciliations');
--> statement-breakpoint
create policy reconciliations_office on reconciliations using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('reconciliation_mismatches');
--> statement-breakpoint
create policy reconciliation_mismatches_office on reconciliation_mismatches using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('proposals');
--> statement-breakpoint
-- What is proposed to the leader is internal until it is decided; the applicant then gets a slip.
create policy proposals_office on proposals using (exists (
  select from dossiers d where d.id = dossier_id and d.authority_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
call raise_wall('delegations');
--> statement-breakpoint
create policy delegations_office on delegations using (
  from_user_id = (select wall_user()) or to_user_id = (select wall_user())
  or organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('tracking_logs');
--> statement-breakpoint
create policy tracking_logs_office on tracking_logs using (authority_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
create policy files_of_logs on files for select using (exists (select from tracking_logs l where l.file_id = files.id offset 0));
--> statement-breakpoint
call raise_wall('audit_heads');
--> statement-breakpoint
-- Heads are published; only the system makes one.
create policy audit_heads_published on audit_heads for select using ((select wall_kind()) <> '');
--> statement-breakpoint
call raise_wall('dossier_event_files');
--> statement-breakpoint
create policy dossier_event_files_people on dossier_event_files using (exists (select from dossier_events e where e.id = event_id offset 0));
--> statement-breakpoint
create policy files_of_messages on files for select using (exists (select from dossier_event_files m where m.file_id = files.id offset 0));
--> statement-breakpoint
call raise_wall('dossier_reads');
--> statement-breakpoint
-- Everybody marks in their own name; who has read what, both sides see.
create policy dossier_reads_people on dossier_reads using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0)) with check (user_id = (select wall_user()) and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('message_drafts');
--> statement-breakpoint
create policy message_drafts_own on message_drafts using (user_id = (select wall_user()));
--> statement-breakpoint
call raise_wall('uploads');
--> statement-breakpoint
create policy uploads_own on uploads using (user_id = (select wall_user()));
--> statement-breakpoint
call raise_wall('upload_chunks');
--> statement-breakpoint
create policy upload_chunks_people on upload_chunks using (exists (select from uploads u where u.id = upload_id offset 0));
--> statement-breakpoint
call raise_wall('draft_changes');
--> statement-breakpoint
-- A draft is seen by its applicants alone, and so is what they typed into it side by side.
create policy draft_changes_people on draft_changes using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('draft_presence');
--> statement-breakpoint
create policy draft_presence_people on draft_presence using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
call raise_wall('draft_conflicts');
--> statement-breakpoint
create policy draft_conflicts_people on draft_conflicts using ((select wall_kind()) = 'person' and exists (
  select from dossiers d where d.id = dossier_id offset 0));
--> statement-breakpoint
-- What came after its sender's session had ended is kept by the system, which knows whose session it was.
call raise_wall('kept_forms');
--> statement-breakpoint
create policy kept_forms_own on kept_forms using (user_id = (select wall_user()));
--> statement-breakpoint
call raise_wall('vault_papers');
--> statement-breakpoint
create policy vault_papers_people on vault_papers using (
  (organisation_id is null and user_id = (select wall_user()))
  or organisation_id = any ((select wall_businesses())::uuid[]));
--> statement-breakpoint
create policy files_of_vault on files for select using (exists (select from vault_papers v where v.file_id = files.id offset 0));
