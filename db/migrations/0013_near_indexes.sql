-- runs alone
create index concurrently if not exists facilities_near_idx on facilities using gist (geo_cube(latitude, longitude));
--> statement-breakpoint
create index concurrently if not exists facilities_kind_near_idx on facilities using gist (kind, geo_cube(latitude, longitude));
--> statement-breakpoint
create index concurrently if not exists facilities_services_idx on facilities using gin (services);
--> statement-breakpoint
create index concurrently if not exists facilities_specialities_idx on facilities using gin (specialities);
