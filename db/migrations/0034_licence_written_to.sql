ALTER TABLE "facility_licences" ADD COLUMN "written_to" uuid;--> statement-breakpoint
-- Of those that merges have taken on before now, the line of history that gave them tells where they were written.
update facility_licences l set written_to = c.facility_id from facility_changes c
  where c.action in ('registered', 'licenceRenewed') and c.after -> 'licence' ->> 'id' = l.id::text and c.facility_id <> l.facility_id;
