CREATE TABLE "territory_successions" (
	"from_level" text NOT NULL,
	"from_code" text NOT NULL,
	"from_valid_from" date NOT NULL,
	"to_level" text NOT NULL,
	"to_code" text NOT NULL,
	"to_valid_from" date NOT NULL,
	"divided" boolean NOT NULL,
	"merged" boolean NOT NULL,
	"resolution" text NOT NULL,
	CONSTRAINT "territory_successions_key" PRIMARY KEY("from_level","from_code","from_valid_from","to_level","to_code","to_valid_from")
);
--> statement-breakpoint
CREATE INDEX "territory_successions_to_idx" ON "territory_successions" USING btree ("to_level","to_code","to_valid_from");