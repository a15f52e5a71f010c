/** Say when an Event starts as the clock at its Venue will: `2026-12-31T20:00`. */
export const startsAtLocal = ({ startsAt, timezone }: { startsAt: Date; timezone: string }): string =>
  Temporal.Instant.fromEpochMilliseconds(startsAt.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** The time zone of that name in its usual spelling: `europe/berlin` is `Europe/Berlin`. `null`: there is none. */
export function readTimezone(name: string): string | null {
  if (!/^[a-z]/i.test(name)) return null; // offsets are taken by Temporal, and know nothing of summer
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}
