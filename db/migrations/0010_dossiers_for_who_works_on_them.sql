-- Personnel and the scheme's inspectors work for an authority without working on its dossiers: they see none of them, nor
-- the papers, documents and money that go with them. Administrators keep the books of money, which are told on the dossier.
create function wall_dossier_authorities() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct g.organisation_id), '{}') from grants g join users u on u.id = g.user_id
  where g.user_id = wall_user() and g.revoked_at is null and u.official and u.disabled_at is null
    and g.role in ('one-stop', 'officer', 'inspector', 'head', 'leader', 'clerk', 'registrar', 'admin') $$;
--> statement-breakpoint
-- Keys, views of a queue and delegations stay with everybody who works for the authority.
do $$
declare each record;
begin
  for each in
    select polname, polrelid::regclass as relation, pg_get_expr(polqual, polrelid) as condition from pg_policy
    where pg_get_expr(polqual, polrelid) like '%wall_authorities()%'
      and polname not in ('signing_keys_holder', 'queue_views_unit', 'delegations_office')
  loop
    execute format('alter policy %I on %s using (%s)', each.polname, each.relation,
      replace(each.condition, 'wall_authorities()', 'wall_dossier_authorities()'));
  end loop;
end $$;
