-- runs alone
-- A difference of other sums is another difference: the one that was settled does not stand for it.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "reconciliation_mismatches_once" ON "reconciliation_mismatches" USING btree ("organisation_id","kind","bank_reference",coalesce("bank_amount", -1),coalesce("book_amount", -1),coalesce("change_id", '00000000-0000-0000-0000-000000000000'::uuid));--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "reconciliation_mismatches_key";--> statement-breakpoint
ALTER TABLE "reconciliation_mismatches" VALIDATE CONSTRAINT "reconciliation_mismatches_change_fk";
