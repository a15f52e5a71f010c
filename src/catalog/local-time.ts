/** Local start time at the Venue, to the minute: `2026-12-31T20:00`. */
export const startsAtLocal = ({ startsAt, timezone }: { startsAt: Date; timezone: string }): string =>
  Temporal.Instant.fromEpochMilliseconds(startsAt.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** Normalise an IANA time zone name: `europe/berlin` becomes `Europe/Berlin`. Returns null for an unknown name. */
export function readTimezone(name: string): string | null {
  if (!/^[a-z]/i.test(name)) return null; // Temporal accepts offsets, but they have no daylight saving time
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}
