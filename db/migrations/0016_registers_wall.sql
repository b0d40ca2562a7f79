-- What is said of an entry is public; what officials propose, take in and decide is seen by the authority that keeps it.
call raise_wall('change_requests');
--> statement-breakpoint
create policy change_requests_office on change_requests using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
-- Strangers add and ask through the system, which compares number and secret; officials read and answer.
call raise_wall('correction_suggestions');
--> statement-breakpoint
create policy correction_suggestions_office on correction_suggestions using (
  organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('register_imports');
--> statement-breakpoint
create policy register_imports_office on register_imports using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('register_import_rows');
--> statement-breakpoint
create policy register_import_rows_office on register_import_rows using (exists (
  select from register_imports i where i.id = import_id offset 0));
--> statement-breakpoint
call raise_wall('register_mappings');
--> statement-breakpoint
create policy register_mappings_office on register_mappings using (organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
call raise_wall('register_exports');
--> statement-breakpoint
create policy register_exports_own on register_exports using (created_by = (select wall_user()));
--> statement-breakpoint
create policy files_of_exports on files for select using (exists (
  select from register_exports e where e.file_id = files.id offset 0));
--> statement-breakpoint
create policy files_of_imports on files for select using (exists (
  select from register_imports i where i.file_id = files.id offset 0));
--> statement-breakpoint
call raise_wall('register_duplicates');
--> statement-breakpoint
create policy register_duplicates_office on register_duplicates using (
  organisation_id = any ((select wall_authorities())::uuid[]));
--> statement-breakpoint
-- Facilities that were there before have their first version from what stands of them now.
insert into register_entries (id, register, organisation_id, province_code, demo, version, created_at)
select f.id, 'facilities', (select o.id from organisations o where o.kind = 'authority' and o.province_code = f.province_code
  order by o.created_at, o.id limit 1), f.province_code, f.demo, f.version, f.created_at from facilities f;
--> statement-breakpoint
insert into register_versions (entry_id, action, valid_from, recorded_at, recorded_by, content)
select f.id, 'registered', (f.created_at at time zone 'Asia/Ho_Chi_Minh')::date, f.created_at, 'system:migration',
  jsonb_strip_nulls(jsonb_build_object('kind', f.kind, 'name', f.name, 'ownerName', f.owner_name, 'taxCode', f.tax_code,
    'addressLine', f.address_line, 'wardCode', f.ward_code, 'provinceCode', f.province_code, 'latitude', f.latitude,
    'longitude', f.longitude, 'phone', f.phone, 'email', f.email, 'openingHours', f.opening_hours,
    'professionalLead', f.professional_lead, 'scope', to_jsonb(f.scope), 'services', to_jsonb(f.services),
    'specialities', to_jsonb(f.specialities), 'insurance', to_jsonb(f.insurance), 'level', f.level, 'ownership', f.ownership,
    'beds', f.beds))
from facilities f;
