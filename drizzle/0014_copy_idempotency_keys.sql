-- reads the keys of a day and locks none of them: the triggers of the migration before copy what is written meanwhile
-- allow rows-in-one-transaction: it locks only the rows it inserts, which a buyer meets by repeating a call of the last day
INSERT INTO "idempotent_calls" ("event_id", "viewer_id", "key", "operation", "input_hash", "answer", "created_at")
SELECT ("answer" ->> 'eventId')::uuid, "viewer_id", "key", "operation", "input_hash", "answer", "created_at"
FROM "idempotency_keys"
WHERE "created_at" > now() - interval '24 hours' AND "answer" ? 'eventId'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
CREATE FUNCTION "copy_to_idempotency_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	-- a key used at two Events is one key here: it keeps its first row, and the former version refuses the second Event
	insert into idempotency_keys as kept (viewer_id, key, operation, input_hash, answer, created_at)
	select distinct on (viewer_id, key) viewer_id, key, operation, input_hash, answer, created_at
	from written
	order by viewer_id, key
	on conflict (viewer_id, key) do update
		set operation = excluded.operation, input_hash = excluded.input_hash, answer = excluded.answer,
			created_at = excluded.created_at
		where kept.created_at <= excluded.created_at - interval '24 hours';
	return null;
end $$;
--> statement-breakpoint
CREATE FUNCTION "delete_from_idempotency_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	delete from idempotency_keys kept using gone
	where kept.viewer_id = gone.viewer_id and kept.key = gone.key and kept.created_at = gone.created_at;
	return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "copy_inserted" AFTER INSERT ON "idempotent_calls" REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "copy_to_idempotency_keys"();
--> statement-breakpoint
CREATE TRIGGER "copy_updated" AFTER UPDATE ON "idempotent_calls" REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "copy_to_idempotency_keys"();
--> statement-breakpoint
CREATE TRIGGER "delete_copies" AFTER DELETE ON "idempotent_calls" REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION "delete_from_idempotency_keys"();
