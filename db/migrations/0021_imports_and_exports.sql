CREATE TABLE "register_traces" (
	"entry_id" uuid NOT NULL,
	"register" text NOT NULL,
	"reason" text NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "register_traces_pk" PRIMARY KEY("entry_id","reason","trace")
);
--> statement-breakpoint
ALTER TABLE "register_import_rows" ALTER COLUMN "texts" SET DEFAULT '{}'::jsonb;--> statement-breakpoint
ALTER TABLE "register_duplicates" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "register_exports" ADD COLUMN "valid_on" date;--> statement-breakpoint
ALTER TABLE "register_exports" ADD COLUMN "locale" text DEFAULT 'vi' NOT NULL;--> statement-breakpoint
ALTER TABLE "register_exports" ADD COLUMN "whole_content" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "register_exports" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "register_import_rows" ADD COLUMN "title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "register_import_rows" ADD COLUMN "undone_version_id" bigint;--> statement-breakpoint
ALTER TABLE "register_import_rows" ADD COLUMN "left_because" jsonb;--> statement-breakpoint
ALTER TABLE "register_imports" ADD COLUMN "proposed_by" uuid;--> statement-breakpoint
ALTER TABLE "register_imports" ADD COLUMN "proposed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "register_imports" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "register_imports" ADD COLUMN "decided_by" uuid;--> statement-breakpoint
ALTER TABLE "register_imports" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "register_imports" ADD COLUMN "decision_note" text;--> statement-breakpoint
ALTER TABLE "register_traces" ADD CONSTRAINT "register_traces_entry_id_register_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "register_traces_trace_idx" ON "register_traces" USING btree ("register","trace");