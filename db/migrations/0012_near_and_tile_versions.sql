create extension if not exists cube;
--> statement-breakpoint
create extension if not exists btree_gist;
--> statement-breakpoint
-- A point on the sphere of radius 1: the straight line between two of them grows as the way over the ground does, so
-- that an index on it finds the nearest by true distance (km = 12742.0176 * asin(line / 2)), which degrees do not.
create function geo_cube(latitude double precision, longitude double precision) returns cube
  language sql immutable strict parallel safe
  return cube(array[cos(radians(latitude)) * cos(radians(longitude)), cos(radians(latitude)) * sin(radians(longitude)), sin(radians(latitude))]);
--> statement-breakpoint
insert into tile_versions (layer, version) values ('facilities', 1);
--> statement-breakpoint
-- Runs at commit (a deferred trigger): the row of the layer is locked only until the transaction ends, and whoever
-- reads a version knows that every change up to it is committed. A transaction counts once.
create function count_facility_tiles() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  this text := pg_current_xact_id()::text || ' ' || pg_postmaster_start_time()::text;
  counted bigint;
begin
  update tile_versions set version = version + 1, counted_by = this
    where layer = 'facilities' and counted_by is distinct from this returning version into counted;
  if counted is null then
    select version into counted from tile_versions where layer = 'facilities';
  end if;
  insert into facility_tile_versions (facility_id, version) values (coalesce(new.id, old.id), counted)
    on conflict (facility_id) do update set version = excluded.version where facility_tile_versions.version <> excluded.version;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger facilities_added_to_tiles after insert or delete on facilities
  deferrable initially deferred for each row execute function count_facility_tiles();
--> statement-breakpoint
create constraint trigger facilities_changed_in_tiles after update on facilities
  deferrable initially deferred for each row
  when (old.latitude is distinct from new.latitude or old.longitude is distinct from new.longitude
    or old.kind is distinct from new.kind or old.name is distinct from new.name or old.closed_on is distinct from new.closed_on)
  execute function count_facility_tiles();
