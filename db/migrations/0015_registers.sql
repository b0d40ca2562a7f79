CREATE TABLE "change_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"register" text NOT NULL,
	"entry_id" uuid,
	"base_version" integer,
	"organisation_id" uuid NOT NULL,
	"province_code" text,
	"kind" text NOT NULL,
	"content" jsonb NOT NULL,
	"merge_into" uuid,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"reason" text NOT NULL,
	"decision_number" text,
	"suggestion_id" uuid,
	"state" text DEFAULT 'proposed' NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text
);
--> statement-breakpoint
CREATE TABLE "correction_suggestions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"secret" text NOT NULL,
	"register" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"province_code" text,
	"field" text,
	"words" text NOT NULL,
	"email" text,
	"state" text DEFAULT 'received' NOT NULL,
	"answer" text,
	"answered_by" uuid,
	"answered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "register_duplicates" (
	"first_id" uuid NOT NULL,
	"second_id" uuid NOT NULL,
	"register" text NOT NULL,
	"organisation_id" uuid,
	"likeness" double precision NOT NULL,
	"reasons" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"found_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "register_duplicates_pk" PRIMARY KEY("first_id","second_id")
);
--> statement-breakpoint
CREATE TABLE "register_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"register" text NOT NULL,
	"organisation_id" uuid,
	"province_code" text,
	"closed_on" date,
	"merged_into" uuid,
	"demo" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "register_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"register" text NOT NULL,
	"format" text NOT NULL,
	"criteria" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"file_id" uuid,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "register_import_rows" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"outcome" text NOT NULL,
	"texts" jsonb NOT NULL,
	"content" jsonb,
	"entry_id" uuid,
	"entry_version" integer,
	"changes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"decision" text,
	"written_version_id" bigint,
	CONSTRAINT "register_import_rows_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "register_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"register" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"province_code" text,
	"file_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"headings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"mapping" jsonb,
	"valid_from" date NOT NULL,
	"decision_number" text,
	"state" text DEFAULT 'uploaded' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"fault" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"written_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "register_keys" (
	"register" text NOT NULL,
	"key" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "register_keys_pk" PRIMARY KEY("register","key","entry_id")
);
--> statement-breakpoint
CREATE TABLE "register_mappings" (
	"register" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"headings_digest" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "register_mappings_pk" PRIMARY KEY("register","organisation_id","headings_digest")
);
--> statement-breakpoint
CREATE TABLE "register_versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "register_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" uuid NOT NULL,
	"action" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"content" jsonb NOT NULL,
	"closed" boolean DEFAULT false NOT NULL,
	"decision_number" text,
	"document_id" uuid,
	"change_request_id" uuid,
	"import_id" uuid
);
--> statement-breakpoint
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_entry_id_register_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction_suggestions" ADD CONSTRAINT "correction_suggestions_entry_id_register_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_duplicates" ADD CONSTRAINT "register_duplicates_first_id_register_entries_id_fk" FOREIGN KEY ("first_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_duplicates" ADD CONSTRAINT "register_duplicates_second_id_register_entries_id_fk" FOREIGN KEY ("second_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_import_rows" ADD CONSTRAINT "register_import_rows_import_id_register_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."register_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_keys" ADD CONSTRAINT "register_keys_entry_id_register_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_versions" ADD CONSTRAINT "register_versions_entry_id_register_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "change_requests_number_key" ON "change_requests" USING btree ("number");--> statement-breakpoint
CREATE INDEX "change_requests_open_idx" ON "change_requests" USING btree ("organisation_id","state","proposed_at");--> statement-breakpoint
CREATE INDEX "change_requests_entry_idx" ON "change_requests" USING btree ("entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "correction_suggestions_number_key" ON "correction_suggestions" USING btree ("number");--> statement-breakpoint
CREATE INDEX "correction_suggestions_open_idx" ON "correction_suggestions" USING btree ("organisation_id","state","created_at");--> statement-breakpoint
CREATE INDEX "register_duplicates_open_idx" ON "register_duplicates" USING btree ("register","state","likeness");--> statement-breakpoint
CREATE INDEX "register_entries_keeper_idx" ON "register_entries" USING btree ("register","organisation_id","province_code");--> statement-breakpoint
CREATE INDEX "register_entries_merged_idx" ON "register_entries" USING btree ("merged_into");--> statement-breakpoint
CREATE INDEX "register_exports_own_idx" ON "register_exports" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "register_import_rows_outcome_idx" ON "register_import_rows" USING btree ("import_id","outcome","line");--> statement-breakpoint
CREATE INDEX "register_imports_list_idx" ON "register_imports" USING btree ("organisation_id","register","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "register_keys_active_key" ON "register_keys" USING btree ("register","key") WHERE active;--> statement-breakpoint
CREATE INDEX "register_keys_entry_idx" ON "register_keys" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "register_versions_entry_idx" ON "register_versions" USING btree ("entry_id","id");--> statement-breakpoint
CREATE INDEX "register_versions_import_idx" ON "register_versions" USING btree ("import_id") WHERE import_id is not null;