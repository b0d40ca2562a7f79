-- What thousands of rows of a sheet leave behind may wait: a lower number is taken first, 0 where none is given.
drop function enqueue(text, json, text, timestamptz, int, text);
--> statement-breakpoint
create function enqueue(name text, payload json, key text default null, run_at timestamptz default null, attempts int default null, queue text default null, priority int default null)
returns void language sql security definer set search_path = graphile_worker, pg_temp as $$
  select graphile_worker.add_job(name, payload, queue_name => queue, run_at => run_at, max_attempts => attempts, job_key => key, priority => priority);
$$;
