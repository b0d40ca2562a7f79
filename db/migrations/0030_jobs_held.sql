-- runs alone
-- Workers ask every two seconds who holds jobs: a few rows among all timers that are open.
create index concurrently if not exists jobs_held on graphile_worker._private_jobs (locked_by) where locked_by is not null;
