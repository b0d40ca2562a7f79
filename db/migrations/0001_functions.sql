-- Functions and triggers the tables rely on. Owned by the owner role; the application role only executes them.

create function audit_digest(e audit_entries) returns bytea language sql immutable as $$
  select sha256(e.previous_digest || convert_to(jsonb_build_array(
    e.id, extract(epoch from e.at)::numeric(20, 3), e.action, e.outcome, e.actor_kind, e.actor_id, e.acting_for, e.session_id,
    e.request_id, e.subject_type, e.subject_id, e.details)::text, 'UTF8'))
$$;
--> statement-breakpoint
-- One lock for the chain: the row is numbered and linked after the row before it is committed or gone.
create function audit_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last audit_entries;
begin
  perform pg_advisory_xact_lock(hashtext('audit_entries'));
  select * into last from audit_entries order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.previous_digest := coalesce(last.digest, '\x'::bytea);
  new.digest := audit_digest(new);
  return new;
end $$;
--> statement-breakpoint
create trigger audit_entries_chain before insert on audit_entries for each row execute function audit_chain();
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_entries_append_only before update or delete or truncate on audit_entries for each statement execute function refuse_change();
--> statement-breakpoint
create trigger clock_events_append_only before update or delete or truncate on clock_events for each statement execute function refuse_change();
--> statement-breakpoint
create trigger dossier_events_append_only before update or delete or truncate on dossier_events for each statement execute function refuse_change();
--> statement-breakpoint
create trigger facility_changes_append_only before update or delete or truncate on facility_changes for each statement execute function refuse_change();
--> statement-breakpoint
create trigger signed_revisions_append_only before update or delete or truncate on signed_revisions for each statement execute function refuse_change();
--> statement-breakpoint
create function verify_audit_chain(out rows bigint, out first_bad bigint, out reason text) language plpgsql stable as $$
declare e audit_entries; expected bigint := 0; previous bytea := '\x'::bytea;
begin
  rows := 0;
  for e in select * from audit_entries order by id loop
    rows := rows + 1;
    expected := expected + 1;
    if first_bad is null then
      if e.id <> expected then first_bad := expected; reason := 'missing';
      elsif e.previous_digest <> previous or e.digest <> audit_digest(e) then first_bad := e.id; reason := 'changed';
      end if;
    end if;
    previous := e.digest;
  end loop;
end $$;
--> statement-breakpoint
-- The job tables deny other roles; these two are the application's only door to them.
create function enqueue(name text, payload json, key text default null, run_at timestamptz default null, attempts int default null, queue text default null)
returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
  select graphile_worker.add_job(name, payload, queue_name => queue, run_at => run_at, max_attempts => attempts, job_key => key);
$$;
--> statement-breakpoint
create function cancel_job(key text) returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
  select graphile_worker.remove_job(key);
$$;
--> statement-breakpoint
create extension if not exists pg_trgm;
--> statement-breakpoint
-- Search without marks looks for parts of words and forgives typing errors: both read these.
create index facilities_search_text_trgm on facilities using gin (search_text gin_trgm_ops);
--> statement-breakpoint
create index facilities_search_name_trgm on facilities using gin (search_name gin_trgm_ops);
--> statement-breakpoint
create trigger process_history_append_only before update or delete or truncate on process_history for each statement execute function refuse_change();
--> statement-breakpoint
create trigger process_definitions_append_only before update or delete or truncate on process_definitions for each statement execute function refuse_change();
