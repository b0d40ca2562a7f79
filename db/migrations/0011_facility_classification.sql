CREATE TABLE "facility_tile_versions" (
	"facility_id" uuid PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tile_versions" (
	"layer" text PRIMARY KEY NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"counted_by" text
);
--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "services" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "specialities" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "insurance" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "ownership" text;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "beds" jsonb;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "closed_on" date;--> statement-breakpoint
CREATE INDEX "facility_tile_versions_version_idx" ON "facility_tile_versions" USING btree ("version");