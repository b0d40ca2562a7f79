CREATE TABLE "buffered_messages" (
	"message_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"correlation_key" text NOT NULL,
	"variables" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"instance_id" uuid
);
--> statement-breakpoint
CREATE TABLE "process_commands" (
	"id" text PRIMARY KEY NOT NULL,
	"instance_id" uuid NOT NULL,
	"answer" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "process_definitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"content_hash" text NOT NULL,
	"xml" text NOT NULL,
	"proof" jsonb NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "process_definitions_key_version_key" UNIQUE("key","version")
);
--> statement-breakpoint
CREATE TABLE "process_history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "process_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"instance_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text,
	"command" text NOT NULL,
	"trace" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "process_incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instance_id" uuid NOT NULL,
	"task_id" uuid,
	"node" text NOT NULL,
	"code" text NOT NULL,
	"detail" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" uuid
);
--> statement-breakpoint
CREATE TABLE "process_instances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"definition_id" uuid NOT NULL,
	"process_id" text NOT NULL,
	"business_key" uuid NOT NULL,
	"state" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"status" text NOT NULL,
	"parent_id" uuid,
	"parent_token" integer,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "process_subscriptions" (
	"instance_id" uuid NOT NULL,
	"at" integer NOT NULL,
	"node" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"correlation_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "process_subscriptions_pk" PRIMARY KEY("instance_id","at","node")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instance_id" uuid NOT NULL,
	"business_key" uuid NOT NULL,
	"node" text NOT NULL,
	"token" integer NOT NULL,
	"iteration" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"form_key" text,
	"status" text NOT NULL,
	"assignee_id" uuid,
	"unit_id" uuid,
	"organisation_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"due_rule" text,
	"completed_at" timestamp (3) with time zone,
	"completed_by" uuid
);
--> statement-breakpoint
ALTER TABLE "buffered_messages" ADD CONSTRAINT "buffered_messages_instance_id_process_instances_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."process_instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "process_history" ADD CONSTRAINT "process_history_instance_id_process_instances_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."process_instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "process_incidents" ADD CONSTRAINT "process_incidents_instance_id_process_instances_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."process_instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "process_incidents" ADD CONSTRAINT "process_incidents_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "process_instances" ADD CONSTRAINT "process_instances_definition_id_process_definitions_id_fk" FOREIGN KEY ("definition_id") REFERENCES "public"."process_definitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "process_instances" ADD CONSTRAINT "process_instances_parent_id_process_instances_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."process_instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "process_subscriptions" ADD CONSTRAINT "process_subscriptions_instance_id_process_instances_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."process_instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_instance_id_process_instances_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."process_instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "buffered_messages_waiting_idx" ON "buffered_messages" USING btree ("name","correlation_key","received_at") WHERE "buffered_messages"."delivered_at" is null;--> statement-breakpoint
CREATE INDEX "process_definitions_hash_idx" ON "process_definitions" USING btree ("key","content_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "process_history_instance_revision_key" ON "process_history" USING btree ("instance_id","revision");--> statement-breakpoint
CREATE INDEX "process_incidents_open_idx" ON "process_incidents" USING btree ("instance_id") WHERE "process_incidents"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "process_instances_business_key_idx" ON "process_instances" USING btree ("business_key");--> statement-breakpoint
CREATE INDEX "process_instances_parent_idx" ON "process_instances" USING btree ("parent_id","parent_token") WHERE "process_instances"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "process_instances_definition_idx" ON "process_instances" USING btree ("definition_id","status");--> statement-breakpoint
CREATE INDEX "process_subscriptions_name_idx" ON "process_subscriptions" USING btree ("kind","name","correlation_key");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_instance_token_key" ON "tasks" USING btree ("instance_id","token");--> statement-breakpoint
CREATE INDEX "tasks_business_key_idx" ON "tasks" USING btree ("business_key");--> statement-breakpoint
CREATE INDEX "tasks_open_idx" ON "tasks" USING btree ("role","due_at") WHERE "tasks"."status" = 'open';--> statement-breakpoint
CREATE INDEX "tasks_assignee_idx" ON "tasks" USING btree ("assignee_id") WHERE "tasks"."status" = 'open';--> statement-breakpoint
CREATE TRIGGER process_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON process_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER process_definitions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON process_definitions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
