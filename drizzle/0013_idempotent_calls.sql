-- two tables and a trigger, which takes the writers of `idempotency_keys` for a moment
CREATE TABLE "event_locks" (
	"event_id" uuid NOT NULL,
	"kind" smallint NOT NULL,
	"number" integer NOT NULL,
	CONSTRAINT "event_locks_event_id_kind_number_pk" PRIMARY KEY("event_id","kind","number")
);
--> statement-breakpoint
CREATE TABLE "idempotent_calls" (
	"event_id" uuid NOT NULL,
	"viewer_id" text NOT NULL,
	"key" text NOT NULL,
	"operation" text NOT NULL,
	"input_hash" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotent_calls_event_id_viewer_id_key_pk" PRIMARY KEY("event_id","viewer_id","key")
);
--> statement-breakpoint
CREATE INDEX "idempotent_calls_by_age" ON "idempotent_calls" USING btree ("created_at");
--> statement-breakpoint
CREATE FUNCTION "copy_to_idempotent_calls"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	-- a version that knows only `idempotency_keys` wrote these rows; 24 hours is the retention of both tables
	insert into idempotent_calls as kept (event_id, viewer_id, key, operation, input_hash, answer, created_at)
	select (answer ->> 'eventId')::uuid as event_id, viewer_id, key, operation, input_hash, answer, created_at
	from written where answer ? 'eventId'
	order by 1, viewer_id, key
	on conflict (event_id, viewer_id, key) do update
		set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer,
			created_at = excluded.created_at
		where kept.created_at <= excluded.created_at - interval '24 hours';
	return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "copy_inserted" AFTER INSERT ON "idempotency_keys" REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "copy_to_idempotent_calls"();
--> statement-breakpoint
CREATE TRIGGER "copy_updated" AFTER UPDATE ON "idempotency_keys" REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "copy_to_idempotent_calls"();
