CREATE TABLE "device_notice_models" (
	"notice_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"lots" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "device_notice_models_pk" PRIMARY KEY("notice_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "device_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"issued_on" date NOT NULL,
	"closed_on" date,
	"search_text" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration_number" text NOT NULL,
	"name" text NOT NULL,
	"maker" text NOT NULL,
	"model" text NOT NULL,
	"type" text NOT NULL,
	"device_class" text NOT NULL,
	"emdn" text,
	"udi_dis" text[] DEFAULT '{}' NOT NULL,
	"country" text,
	"owner" text,
	"registrant" text,
	"issued_on" date,
	"valid_to" date,
	"suspended_from" date,
	"suspended_to" date,
	"withdrawn_on" date,
	"closed_on" date,
	"search_number" text NOT NULL,
	"search_name" text NOT NULL,
	"search_text" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "equipment_checks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "equipment_checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"done_on" date NOT NULL,
	"passed" boolean NOT NULL,
	"done_by" text NOT NULL,
	"certificate" text,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "equipment_statuses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "equipment_statuses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"unit_id" uuid NOT NULL,
	"status" text NOT NULL,
	"since" date NOT NULL,
	"note" text,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "equipment_units" (
	"id" uuid PRIMARY KEY NOT NULL,
	"facility_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"serial" text NOT NULL,
	"lot" text,
	"udi" text,
	"expires_on" date,
	"installed_on" date NOT NULL,
	"calibration_months" integer,
	"inspection_months" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nomenclature_codes" (
	"system" text NOT NULL,
	"code" text NOT NULL,
	"name" text,
	"name_en" text,
	"parent" text,
	"search_text" text NOT NULL,
	CONSTRAINT "nomenclature_codes_pk" PRIMARY KEY("system","code")
);
--> statement-breakpoint
ALTER TABLE "device_notice_models" ADD CONSTRAINT "device_notice_models_notice_id_device_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."device_notices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_notice_models" ADD CONSTRAINT "device_notice_models_device_id_register_entries_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_notices" ADD CONSTRAINT "device_notices_id_register_entries_id_fk" FOREIGN KEY ("id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_id_register_entries_id_fk" FOREIGN KEY ("id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_checks" ADD CONSTRAINT "equipment_checks_unit_id_equipment_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."equipment_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_statuses" ADD CONSTRAINT "equipment_statuses_unit_id_equipment_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."equipment_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_units" ADD CONSTRAINT "equipment_units_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_units" ADD CONSTRAINT "equipment_units_device_id_register_entries_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_notice_models_device_idx" ON "device_notice_models" USING btree ("device_id");--> statement-breakpoint
CREATE INDEX "devices_number_idx" ON "devices" USING btree ("search_number");--> statement-breakpoint
CREATE INDEX "devices_text_idx" ON "devices" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "equipment_checks_unit_idx" ON "equipment_checks" USING btree ("unit_id","kind","done_on");--> statement-breakpoint
CREATE INDEX "equipment_statuses_unit_idx" ON "equipment_statuses" USING btree ("unit_id","since","id");--> statement-breakpoint
CREATE UNIQUE INDEX "equipment_units_serial_key" ON "equipment_units" USING btree ("facility_id","device_id","serial");--> statement-breakpoint
CREATE INDEX "equipment_units_device_idx" ON "equipment_units" USING btree ("device_id","lot");--> statement-breakpoint
CREATE INDEX "nomenclature_codes_parent_idx" ON "nomenclature_codes" USING btree ("system","parent");--> statement-breakpoint
CREATE INDEX "nomenclature_codes_text_idx" ON "nomenclature_codes" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
-- Serial numbers and states of machines are seen by the facility's business and by the authority that keeps the facility;
-- what everybody may know of them the system counts.
call raise_wall('equipment_units');
--> statement-breakpoint
create policy equipment_units_business on equipment_units using (exists (
  select from facilities f where f.id = facility_id and f.organisation_id = any ((select wall_businesses())::uuid[]) offset 0));
--> statement-breakpoint
create policy equipment_units_office on equipment_units using (exists (
  select from register_entries e where e.id = facility_id and e.organisation_id = any ((select wall_authorities())::uuid[]) offset 0));
--> statement-breakpoint
call raise_wall('equipment_statuses');
--> statement-breakpoint
create policy equipment_statuses_people on equipment_statuses using (exists (
  select from equipment_units u where u.id = unit_id offset 0));
--> statement-breakpoint
call raise_wall('equipment_checks');
--> statement-breakpoint
create policy equipment_checks_people on equipment_checks using (exists (
  select from equipment_units u where u.id = unit_id offset 0));
--> statement-breakpoint
-- What was said of a machine stays said.
create trigger equipment_statuses_append_only before update or delete or truncate on equipment_statuses for each statement execute function refuse_change();
--> statement-breakpoint
create trigger equipment_checks_append_only before update or delete or truncate on equipment_checks for each statement execute function refuse_change();
