-- a function, which takes no lock on a table
CREATE FUNCTION "local_time_of"("instant" timestamp with time zone, "zone" text) RETURNS timestamp without time zone
LANGUAGE plpgsql STABLE AS $$
begin
	return instant at time zone zone;
exception when invalid_parameter_value then
	return instant at time zone 'UTC'; -- a zone that the tz database of this Postgres lacks, as catalog/local-time shows it
end $$;
