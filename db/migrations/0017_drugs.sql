CREATE TABLE "drugs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration_number" text NOT NULL,
	"name" text NOT NULL,
	"ingredients" jsonb NOT NULL,
	"dosage_form" text,
	"manufacturer" text,
	"country" text,
	"registrant" text,
	"prescription" text NOT NULL,
	"issued_on" date,
	"valid_to" date,
	"withdrawn_on" date,
	"closed_on" date,
	"search_name" text NOT NULL,
	"search_text" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "drugs" ADD CONSTRAINT "drugs_id_register_entries_id_fk" FOREIGN KEY ("id") REFERENCES "public"."register_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drugs_registration_idx" ON "drugs" USING btree ("registration_number");--> statement-breakpoint
CREATE INDEX "drugs_text_idx" ON "drugs" USING gin ("search_text" gin_trgm_ops);