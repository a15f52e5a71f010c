-- takes each table exclusively for a moment: the columns are null, and the checks are not applied to existing rows.
-- Version 0.1 reads and writes the 32-bit columns beside the new ones until a later migration drops them (decision 0026).
ALTER TABLE "events" ADD COLUMN "lowest_price_minor" bigint, ADD COLUMN "highest_price_minor" bigint;--> statement-breakpoint
ALTER TABLE "price_tiers" ALTER COLUMN "amount" DROP NOT NULL, ADD COLUMN "amount_minor" bigint,
	ADD CONSTRAINT "price_tiers_have_a_price" CHECK (coalesce("price_tiers"."amount_minor", "price_tiers"."amount", -1) between 0 and 9007199254740991) NOT VALID;--> statement-breakpoint
ALTER TABLE "reservations" ALTER COLUMN "amount" DROP NOT NULL, ADD COLUMN "amount_minor" bigint,
	ADD CONSTRAINT "reservations_have_an_amount" CHECK (coalesce("reservations"."amount_minor", "reservations"."amount", -1) between 0 and 9007199254740991) NOT VALID;--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "amount" DROP NOT NULL, ADD COLUMN "amount_minor" bigint,
	ADD CONSTRAINT "bookings_have_an_amount" CHECK (coalesce("bookings"."amount_minor", "bookings"."amount", -1) between 0 and 9007199254740991) NOT VALID;--> statement-breakpoint
ALTER TABLE "booking_tickets" ALTER COLUMN "amount" DROP NOT NULL, ADD COLUMN "amount_minor" bigint,
	ADD CONSTRAINT "booking_tickets_have_an_amount" CHECK (coalesce("booking_tickets"."amount_minor", "booking_tickets"."amount", -1) between 0 and 9007199254740991) NOT VALID;--> statement-breakpoint
-- Version 0.1 would count what does not fit its columns as 0. Its rows have no amount_minor, and fire the triggers.
CREATE FUNCTION "refuse_uncountable_reservation"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	if exists (select from price_tiers where event_id = new.event_id and amount is null) then
		raise exception 'event % has prices that this version of Onsale cannot count', new.event_id using errcode = '22003';
	end if;
	return new;
end $$;--> statement-breakpoint
CREATE FUNCTION "refuse_uncountable_booking"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
	if exists (select from bookings where event_id = new.event_id and id = new.booking_id and amount is null) then
		raise exception 'booking % has an amount that this version of Onsale cannot count', new.booking_id using errcode = '22003';
	end if;
	return new;
end $$;--> statement-breakpoint
CREATE TRIGGER "reservations_are_countable" BEFORE INSERT ON "reservations" FOR EACH ROW
	WHEN (new.amount_minor IS NULL) EXECUTE FUNCTION "refuse_uncountable_reservation"();--> statement-breakpoint
CREATE TRIGGER "booking_tickets_are_countable" BEFORE INSERT ON "booking_tickets" FOR EACH ROW
	WHEN (new.amount_minor IS NULL) EXECUTE FUNCTION "refuse_uncountable_booking"();
