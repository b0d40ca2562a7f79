-- runs alone
ALTER TABLE "payment_callbacks" VALIDATE CONSTRAINT "payment_callbacks_payee_organisation_id_organisations_id_fk";
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "dossiers_renews_idx" ON "dossiers" USING btree ("renews_licence_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "dossiers_open_idx" ON "dossiers" USING btree ("authority_id") WHERE "dossiers"."closed_at" is null and "dossiers"."state" > 0;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "dossiers_search_text_trgm" ON "dossiers" USING gin ("search_text" gin_trgm_ops);
--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "payment_callbacks_bank_reference_key" ON "payment_callbacks" USING btree ("provider","bank_reference");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "payment_callbacks_payee_idx" ON "payment_callbacks" USING btree ("payee_organisation_id","received_at");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "files_scan_idx" ON "files" USING btree ("scan") WHERE "files"."scan" in ('pending', 'quarantined');
