-- To work for an authority is not enough for the machines of the facilities it keeps: personnel see none.
alter policy equipment_units_office on equipment_units using (exists (
  select from register_entries e where e.id = facility_id and e.organisation_id = any ((select wall_dossier_authorities())::uuid[]) offset 0));
