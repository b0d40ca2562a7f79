-- runs alone
create index concurrently if not exists facility_licences_written_idx on facility_licences (written_to) where written_to is not null;
