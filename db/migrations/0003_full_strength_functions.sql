create trigger audit_heads_append_only before update or delete or truncate on audit_heads for each statement execute function refuse_change();
--> statement-breakpoint
-- ops: jobs that failed as often as they may stay where they are. The job tables deny other roles; these are the doors.
create function parked_jobs() returns table (id text, name text, key text, attempts int, last_error text, created_at timestamptz, failed_at timestamptz)
language sql stable security definer set search_path = graphile_worker, pg_temp as $$
  select j.id::text, t.identifier, j.key, j.attempts::int, j.last_error, j.created_at, j.updated_at
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.attempts >= j.max_attempts and j.locked_at is null
$$;
--> statement-breakpoint
create function lock_parked_job(job bigint) returns table (id text, name text, key text)
language sql security definer set search_path = graphile_worker, pg_temp as $$
  select j.id::text, t.identifier, j.key
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.id = job and j.attempts >= j.max_attempts and j.locked_at is null for update of j
$$;
--> statement-breakpoint
create function retry_parked_job(job bigint) returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
  select graphile_worker.reschedule_jobs(array[job], run_at => now(), attempts => 0);
$$;
--> statement-breakpoint
create function discard_parked_job(job bigint) returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
  delete from graphile_worker._private_jobs where id = job and attempts >= max_attempts and locked_at is null;
$$;
--> statement-breakpoint
create function queue_facts(out waiting int, out failing int, out parked int, out late_seconds int)
language sql stable security definer set search_path = graphile_worker, pg_temp as $$
  select count(*) filter (where attempts < max_attempts)::int,
    count(*) filter (where attempts between 1 and max_attempts - 1 and locked_at is null)::int,
    count(*) filter (where attempts >= max_attempts and locked_at is null)::int,
    coalesce(extract(epoch from now() - min(run_at) filter (where attempts = 0 and locked_at is null and run_at < now())), 0)::int
  from graphile_worker._private_jobs
$$;
