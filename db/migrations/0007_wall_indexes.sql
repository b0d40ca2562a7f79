-- runs alone
CREATE INDEX CONCURRENTLY IF NOT EXISTS "dossier_papers_file_idx" ON "dossier_papers" USING btree ("file_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "inspection_photos_file_idx" ON "inspection_photos" USING btree ("file_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "inspections_minutes_idx" ON "inspections" USING btree ("minutes_file_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "slips_file_idx" ON "slips" USING btree ("file_id");
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "tracking_logs_file_idx" ON "tracking_logs" USING btree ("file_id");
