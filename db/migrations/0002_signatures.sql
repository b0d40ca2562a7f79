CREATE TABLE "document_numbers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"number_type" text NOT NULL,
	"value" integer NOT NULL,
	"document_id" uuid NOT NULL,
	"taken_by" uuid,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	"cancelled_reason" text
);
--> statement-breakpoint
CREATE TABLE "signed_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"title" text NOT NULL,
	"number_type" text NOT NULL,
	"layout" jsonb NOT NULL,
	"layout_sha256" text NOT NULL,
	"verify_code" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"expected_fields" text[] NOT NULL,
	"drafted_by" uuid,
	"number" text,
	"number_year" integer,
	"issued_on" date,
	"status" text,
	"status_since" timestamp (3) with time zone,
	"status_reason" text,
	"valid_to" date,
	"closed_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "signed_documents_issued_check" CHECK (("signed_documents"."state" = 'issued') = ("signed_documents"."status" is not null))
);
--> statement-breakpoint
CREATE TABLE "signed_revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"file_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"field" text,
	"signer_user_id" uuid,
	"signing_key_id" uuid,
	"signer_name" text,
	"signer_title" text,
	"idempotency_key" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"organisation_id" uuid,
	"subject" text NOT NULL,
	"encrypted_key" jsonb NOT NULL,
	"chain" jsonb NOT NULL,
	"certificate_sha256" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"pin_attempts" integer DEFAULT 0 NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "signing_keys_owner_check" CHECK (("signing_keys"."user_id" is null) <> ("signing_keys"."organisation_id" is null))
);
--> statement-breakpoint
CREATE TABLE "trust_anchors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"name" text NOT NULL,
	"certificate" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"exact_form" boolean NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "document_numbers" ADD CONSTRAINT "document_numbers_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_numbers" ADD CONSTRAINT "document_numbers_document_id_signed_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."signed_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_documents" ADD CONSTRAINT "signed_documents_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_revisions" ADD CONSTRAINT "signed_revisions_document_id_signed_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."signed_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_revisions" ADD CONSTRAINT "signed_revisions_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signed_revisions" ADD CONSTRAINT "signed_revisions_signing_key_id_signing_keys_id_fk" FOREIGN KEY ("signing_key_id") REFERENCES "public"."signing_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "document_numbers_value_key" ON "document_numbers" USING btree ("organisation_id","year","number_type","value");--> statement-breakpoint
CREATE UNIQUE INDEX "document_numbers_document_key" ON "document_numbers" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "signed_documents_verify_code_key" ON "signed_documents" USING btree ("verify_code");--> statement-breakpoint
CREATE INDEX "signed_documents_number_idx" ON "signed_documents" USING btree ("number");--> statement-breakpoint
CREATE INDEX "signed_documents_subject_idx" ON "signed_documents" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "signed_documents_work_idx" ON "signed_documents" USING btree ("organisation_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "signed_revisions_ordinal_key" ON "signed_revisions" USING btree ("document_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "signed_revisions_field_key" ON "signed_revisions" USING btree ("document_id","field");--> statement-breakpoint
CREATE UNIQUE INDEX "signed_revisions_idempotency_key" ON "signed_revisions" USING btree ("document_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "signed_revisions_file_key" ON "signed_revisions" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "signed_revisions_sha256_idx" ON "signed_revisions" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_certificate_key" ON "signing_keys" USING btree ("certificate_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_user_key" ON "signing_keys" USING btree ("user_id") WHERE "signing_keys"."status" <> 'revoked';--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_organisation_key" ON "signing_keys" USING btree ("organisation_id") WHERE "signing_keys"."status" <> 'revoked';--> statement-breakpoint
CREATE UNIQUE INDEX "trust_anchors_certificate_key" ON "trust_anchors" USING btree ("purpose","sha256");--> statement-breakpoint
-- What was signed stays as it was signed.
create trigger signed_revisions_append_only before update or delete or truncate on signed_revisions for each statement execute function refuse_change();
