-- runs in batches
update tasks set organisation_id = d.authority_id from dossiers d
where d.id = tasks.business_key and tasks.id in (
  select t.id from tasks t join dossiers o on o.id = t.business_key
  where t.organisation_id is null and o.authority_id is not null limit 2000);
