-- takes the four tables for a moment, in a mode that their readers and writers do not notice
ALTER PUBLICATION "onsale_realtime" ADD TABLE "events" ("id"), "venues" ("id"), "performers" ("id"), "price_tiers" ("event_id", "tier");
