-- takes waiting_rooms and waiting_room_admissions exclusively for a moment: nullable columns and constant defaults
ALTER TYPE "public"."visit_end" ADD VALUE 'CLOSED';--> statement-breakpoint
ALTER TABLE "waiting_room_admissions" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER TABLE "waiting_room_admissions" ADD COLUMN "end_number" integer;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "admitted_per_minute" real;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "tickets_left" integer;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "tickets_held" integer;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "seconds_to_clear" integer;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "figures_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "progress_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "abandoned" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "admitted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "bought" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "visits_left" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "visits_expired" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "visits_closed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "logged" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD COLUMN "is_settled" boolean DEFAULT false NOT NULL;