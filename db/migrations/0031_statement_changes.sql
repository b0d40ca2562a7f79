CREATE TABLE "bank_statement_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"before_id" uuid,
	"day" date NOT NULL,
	"amount" bigint NOT NULL,
	"content" text NOT NULL,
	"read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" ADD COLUMN "change_id" uuid;--> statement-breakpoint
ALTER TABLE "bank_statement_changes" ADD CONSTRAINT "bank_statement_changes_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_statement_changes" ADD CONSTRAINT "bank_statement_changes_line_id_bank_statement_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."bank_statement_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bank_statement_changes_key" ON "bank_statement_changes" USING btree ("line_id",coalesce("before_id", '00000000-0000-0000-0000-000000000000'::uuid),"day","amount","content");--> statement-breakpoint
CREATE INDEX "bank_statement_changes_organisation_idx" ON "bank_statement_changes" USING btree ("organisation_id");--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" ADD CONSTRAINT "reconciliation_mismatches_change_fk" FOREIGN KEY ("change_id") REFERENCES "public"."bank_statement_changes"("id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
call raise_wall('bank_statement_changes');
--> statement-breakpoint
create policy bank_statement_changes_office on bank_statement_changes using (organisation_id = any ((select wall_authorities())::uuid[]));
