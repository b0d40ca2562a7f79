CREATE TABLE "batch_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "batch_reports_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"root_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"authority_id" uuid,
	"drug_id" uuid NOT NULL,
	"batch" text NOT NULL,
	"batch_key" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit" text NOT NULL,
	"received_on" date NOT NULL,
	"reported_by" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declared_prices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "declared_prices_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"root_id" uuid NOT NULL,
	"drug_id" uuid NOT NULL,
	"price" bigint NOT NULL,
	"unit" text NOT NULL,
	"effective_from" date NOT NULL,
	"declared_by" text NOT NULL,
	"announced_on" date NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drug_recalls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"drug_id" uuid NOT NULL,
	"number" text NOT NULL,
	"level" smallint NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"batches" text[] DEFAULT '{}' NOT NULL,
	"batch_keys" text[] DEFAULT '{}' NOT NULL,
	"issued_on" date NOT NULL,
	"deadline" date NOT NULL,
	"source_decision" text,
	"ended_on" date,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quality_tests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "quality_tests_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"root_id" uuid NOT NULL,
	"drug_id" uuid NOT NULL,
	"batch" text NOT NULL,
	"batch_key" text NOT NULL,
	"sample_number" text NOT NULL,
	"taken_on" date NOT NULL,
	"facility_id" uuid,
	"taken_at" text NOT NULL,
	"laboratory" text NOT NULL,
	"method" text NOT NULL,
	"standard" text NOT NULL,
	"lines" jsonb NOT NULL,
	"passed" boolean NOT NULL,
	"certificate_number" text NOT NULL,
	"certificate_on" date NOT NULL,
	"open" boolean NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recall_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" bigint GENERATED ALWAYS AS IDENTITY (sequence name "recall_answers_ordinal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recall_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"authority_id" uuid,
	"quarantined" integer NOT NULL,
	"returned" integer NOT NULL,
	"note" text,
	"answered_by" uuid NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "batch_reports" ADD CONSTRAINT "batch_reports_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_reports" ADD CONSTRAINT "batch_reports_drug_id_register_entries_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declared_prices" ADD CONSTRAINT "declared_prices_drug_id_register_entries_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug_recalls" ADD CONSTRAINT "drug_recalls_id_register_entries_id_fk" FOREIGN KEY ("id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug_recalls" ADD CONSTRAINT "drug_recalls_drug_id_register_entries_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_tests" ADD CONSTRAINT "quality_tests_drug_id_register_entries_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_tests" ADD CONSTRAINT "quality_tests_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_answers" ADD CONSTRAINT "recall_answers_recall_id_register_entries_id_fk" FOREIGN KEY ("recall_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_answers" ADD CONSTRAINT "recall_answers_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_reports_root_idx" ON "batch_reports" USING btree ("root_id","ordinal");--> statement-breakpoint
CREATE INDEX "batch_reports_drug_idx" ON "batch_reports" USING btree ("drug_id","batch_key");--> statement-breakpoint
CREATE INDEX "batch_reports_business_idx" ON "batch_reports" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "declared_prices_drug_idx" ON "declared_prices" USING btree ("drug_id","effective_from");--> statement-breakpoint
CREATE INDEX "drug_recalls_drug_idx" ON "drug_recalls" USING btree ("drug_id");--> statement-breakpoint
CREATE INDEX "drug_recalls_day_idx" ON "drug_recalls" USING btree ("issued_on");--> statement-breakpoint
CREATE INDEX "quality_tests_drug_idx" ON "quality_tests" USING btree ("drug_id","batch_key");--> statement-breakpoint
CREATE INDEX "quality_tests_root_idx" ON "quality_tests" USING btree ("root_id","ordinal");--> statement-breakpoint
CREATE INDEX "recall_answers_recall_idx" ON "recall_answers" USING btree ("recall_id","facility_id","ordinal");--> statement-breakpoint
CREATE INDEX "recall_answers_business_idx" ON "recall_answers" USING btree ("organisation_id");--> statement-breakpoint
create trigger batch_reports_append_only before update or delete or truncate on batch_reports for each statement execute function refuse_change();
--> statement-breakpoint
create trigger recall_answers_append_only before update or delete or truncate on recall_answers for each statement execute function refuse_change();
--> statement-breakpoint
create trigger declared_prices_append_only before update or delete or truncate on declared_prices for each statement execute function refuse_change();
--> statement-breakpoint
create trigger quality_tests_append_only before update or delete or truncate on quality_tests for each statement execute function refuse_change();
--> statement-breakpoint
-- Whether one works for the ministry, which keeps the drugs of the whole country.
create function wall_works_for_ministry() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from organisations o where o.id = any (wall_authorities()) and o.kind = 'authority' and o.province_code is null) $$;
--> statement-breakpoint
-- What a facility holds is its business's affair, its health department's and the ministry's.
call raise_wall('batch_reports');
--> statement-breakpoint
create policy batch_reports_business on batch_reports using (organisation_id = any ((select wall_businesses())::uuid[]));
--> statement-breakpoint
create policy batch_reports_office on batch_reports for select using (
  authority_id = any ((select wall_authorities())::uuid[]) or (select wall_works_for_ministry()));
--> statement-breakpoint
call raise_wall('recall_answers');
--> statement-breakpoint
create policy recall_answers_business on recall_answers using (organisation_id = any ((select wall_businesses())::uuid[]));
--> statement-breakpoint
create policy recall_answers_office on recall_answers for select using (
  authority_id = any ((select wall_authorities())::uuid[]) or (select wall_works_for_ministry()));
--> statement-breakpoint
-- A sample that failed is everybody's affair; the rest is the ministry's.
call raise_wall('quality_tests');
--> statement-breakpoint
create policy quality_tests_public on quality_tests for select using (open and (select wall_kind()) <> '');
--> statement-breakpoint
create policy quality_tests_office on quality_tests using ((select wall_works_for_ministry()));
