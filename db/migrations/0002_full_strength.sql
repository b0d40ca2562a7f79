CREATE TABLE "delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"from_user_id" uuid NOT NULL,
	"to_user_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"reason" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dossier_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text
);
--> statement-breakpoint
CREATE TABLE "queue_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"unit_id" uuid,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"filters" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tracking_logs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"authority_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"year" integer NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"content" jsonb NOT NULL,
	"file_id" uuid NOT NULL,
	"issued_by" uuid NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backup_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"challenge_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"user_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"last_step" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_statement_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"account_number" text NOT NULL,
	"day" date NOT NULL,
	"bank_reference" text NOT NULL,
	"direction" text NOT NULL,
	"amount" bigint NOT NULL,
	"content" text NOT NULL,
	"read_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demo_bank_transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_number" text NOT NULL,
	"direction" text NOT NULL,
	"amount" bigint NOT NULL,
	"content" text NOT NULL,
	"bank_reference" text NOT NULL,
	"order_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"callback_id" uuid NOT NULL,
	"intent_id" uuid,
	"organisation_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"ground" text NOT NULL,
	"reason" text,
	"state" text DEFAULT 'proposed' NOT NULL,
	"proposed_by" uuid,
	"proposed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text,
	"sent_at" timestamp (3) with time zone,
	"bank_reference" text,
	"failure" text,
	CONSTRAINT "payment_refunds_amount_check" CHECK ("payment_refunds"."amount" > 0),
	CONSTRAINT "payment_refunds_decided_check" CHECK (("payment_refunds"."decided_at" is null) = ("payment_refunds"."state" = 'proposed')),
	CONSTRAINT "payment_refunds_sent_check" CHECK (("payment_refunds"."state" = 'sent') = ("payment_refunds"."sent_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "reconciliation_mismatches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"bank_reference" text NOT NULL,
	"bank_amount" bigint,
	"book_amount" bigint,
	"content" text,
	"callback_id" uuid,
	"refund_id" uuid,
	"line_id" uuid,
	"found_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolution" text,
	"note" text,
	"resolved_by" uuid,
	"resolved_at" timestamp (3) with time zone,
	CONSTRAINT "reconciliation_mismatches_resolved_check" CHECK (("reconciliation_mismatches"."resolved_at" is null) = ("reconciliation_mismatches"."resolution" is null) and ("reconciliation_mismatches"."resolved_at" is null or length("reconciliation_mismatches"."note") > 0))
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"day" date NOT NULL,
	"source" text NOT NULL,
	"lines" integer NOT NULL,
	"matched" integer NOT NULL,
	"ran_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"ordinal" integer PRIMARY KEY NOT NULL,
	"first_row" bigint NOT NULL,
	"last_row" bigint NOT NULL,
	"secret" text NOT NULL,
	"jws" text NOT NULL,
	"timestamp" "bytea",
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "accepted_items" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "recalled_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "clock_events" ADD COLUMN "due_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "dossier_results" ADD COLUMN "drafted_for" uuid;
--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "renews_licence_id" uuid;
--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "submission_digest" text;
--> statement-breakpoint
ALTER TABLE "facility_licences" ADD COLUMN "superseded_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "facility_licences" ADD COLUMN "superseded_by" uuid;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "awaits_second_factor" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "second_factor_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "enrolment_secret" text;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "codes_to_show" text;
--> statement-breakpoint
ALTER TABLE "payment_callbacks" ADD COLUMN "bank_reference" text;
--> statement-breakpoint
ALTER TABLE "payment_callbacks" ADD COLUMN "payee_organisation_id" uuid;
--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scan" text DEFAULT 'unchecked' NOT NULL;
--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scanned_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "scan_finding" text;
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_user_id_users_id_fk" FOREIGN KEY ("from_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_user_id_users_id_fk" FOREIGN KEY ("to_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "queue_views" ADD CONSTRAINT "queue_views_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "queue_views" ADD CONSTRAINT "queue_views_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "tracking_logs" ADD CONSTRAINT "tracking_logs_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "backup_codes" ADD CONSTRAINT "backup_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "identity_links" ADD CONSTRAINT "identity_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "totp_factors" ADD CONSTRAINT "totp_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "bank_statement_lines" ADD CONSTRAINT "bank_statement_lines_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_refunds" ADD CONSTRAINT "payment_refunds_callback_id_payment_callbacks_id_fk" FOREIGN KEY ("callback_id") REFERENCES "public"."payment_callbacks"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_refunds" ADD CONSTRAINT "payment_refunds_intent_id_payment_intents_id_fk" FOREIGN KEY ("intent_id") REFERENCES "public"."payment_intents"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_refunds" ADD CONSTRAINT "payment_refunds_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" ADD CONSTRAINT "reconciliation_mismatches_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" ADD CONSTRAINT "reconciliation_mismatches_callback_id_payment_callbacks_id_fk" FOREIGN KEY ("callback_id") REFERENCES "public"."payment_callbacks"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" ADD CONSTRAINT "reconciliation_mismatches_refund_id_payment_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."payment_refunds"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" ADD CONSTRAINT "reconciliation_mismatches_line_id_bank_statement_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."bank_statement_lines"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "delegations_to_idx" ON "delegations" USING btree ("to_user_id","to_on");
--> statement-breakpoint
CREATE INDEX "delegations_from_idx" ON "delegations" USING btree ("from_user_id","to_on");
--> statement-breakpoint
CREATE INDEX "proposals_dossier_idx" ON "proposals" USING btree ("dossier_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_open_key" ON "proposals" USING btree ("dossier_id","kind") WHERE "proposals"."outcome" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "queue_views_name_key" ON "queue_views" USING btree ("owner_id","name");
--> statement-breakpoint
CREATE INDEX "queue_views_unit_idx" ON "queue_views" USING btree ("unit_id") WHERE "queue_views"."unit_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "tracking_logs_number_key" ON "tracking_logs" USING btree ("authority_id","year","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "backup_codes_key" ON "backup_codes" USING btree ("user_id","code_hash");
--> statement-breakpoint
CREATE UNIQUE INDEX "identity_links_subject_key" ON "identity_links" USING btree ("issuer","subject");
--> statement-breakpoint
CREATE INDEX "identity_links_user_idx" ON "identity_links" USING btree ("user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "passkey_challenges_key" ON "passkey_challenges" USING btree ("challenge_hash");
--> statement-breakpoint
CREATE INDEX "passkey_challenges_expiry_idx" ON "passkey_challenges" USING btree ("expires_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential_key" ON "passkeys" USING btree ("credential_id");
--> statement-breakpoint
CREATE INDEX "passkeys_user_idx" ON "passkeys" USING btree ("user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_statement_lines_key" ON "bank_statement_lines" USING btree ("account_number","bank_reference","direction");
--> statement-breakpoint
CREATE INDEX "bank_statement_lines_day_idx" ON "bank_statement_lines" USING btree ("organisation_id","day");
--> statement-breakpoint
CREATE UNIQUE INDEX "demo_bank_transfers_reference_key" ON "demo_bank_transfers" USING btree ("bank_reference");
--> statement-breakpoint
CREATE UNIQUE INDEX "demo_bank_transfers_order_key" ON "demo_bank_transfers" USING btree ("order_id");
--> statement-breakpoint
CREATE INDEX "demo_bank_transfers_account_idx" ON "demo_bank_transfers" USING btree ("account_number","at");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_refunds_ground_key" ON "payment_refunds" USING btree ("callback_id","ground") WHERE "payment_refunds"."state" <> 'declined' and "payment_refunds"."ground" <> 'official';
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_refunds_bank_reference_key" ON "payment_refunds" USING btree ("organisation_id","bank_reference");
--> statement-breakpoint
CREATE INDEX "payment_refunds_intent_idx" ON "payment_refunds" USING btree ("intent_id");
--> statement-breakpoint
CREATE INDEX "payment_refunds_work_idx" ON "payment_refunds" USING btree ("organisation_id","state","proposed_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_mismatches_key" ON "reconciliation_mismatches" USING btree ("organisation_id","kind","bank_reference");
--> statement-breakpoint
CREATE INDEX "reconciliation_mismatches_day_idx" ON "reconciliation_mismatches" USING btree ("organisation_id","day");
--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliations_day_key" ON "reconciliations" USING btree ("organisation_id","day");
--> statement-breakpoint
ALTER TABLE "payment_callbacks" ADD CONSTRAINT "payment_callbacks_payee_organisation_id_organisations_id_fk" FOREIGN KEY ("payee_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action NOT VALID;
