CREATE TABLE "place_reviews" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"options" jsonb NOT NULL,
	"proposed" jsonb,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "place_reviews" ADD CONSTRAINT "place_reviews_entry_id_register_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "place_reviews_open_idx" ON "place_reviews" USING btree ("opened_at") WHERE settled_at is null;--> statement-breakpoint
-- What is in doubt of a place is seen by the authority that keeps the entry; the system writes it.
call raise_wall('place_reviews');
--> statement-breakpoint
create policy place_reviews_office on place_reviews using (exists (
  select from register_entries e where e.id = entry_id and e.organisation_id = any ((select wall_authorities())::uuid[]) offset 0));
