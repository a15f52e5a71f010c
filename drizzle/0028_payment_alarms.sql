-- a table that only the new version uses; locks nothing
CREATE TABLE "payment_alarms" (
	"alarm" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"first_raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_alarms_alarm_subject_reason_pk" PRIMARY KEY("alarm","subject","reason")
);
--> statement-breakpoint
CREATE INDEX "payment_alarms_by_age" ON "payment_alarms" USING btree ("first_raised_at");