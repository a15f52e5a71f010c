import {
  fractionProblem,
  isWithinInstants,
  MAX_INSTANT,
  MIN_INSTANT,
  OUT_OF_RANGE,
} from '../platform/instants.ts';
import { reportUnreadable } from '../platform/unreadable-values.ts';

/** Local time of an instant: `2026-12-31T20:00`, with seconds unless they are 0. In a zone that this ICU does not know: UTC, with an alarm. */
export function localTimeOf(instant: Date, timezone: string): string {
  const zone = readTimezone(timezone) ?? 'UTC';
  if (zone === 'UTC' && timezone !== 'UTC')
    reportUnreadable({ column: 'timezone', value: timezone, shown: zone });
  return writeLocalTime(
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime(),
  );
}

const writeLocalTime = (local: Temporal.PlainDateTime): string =>
  local.second === 0 && local.millisecond === 0
    ? local.toString({ smallestUnit: 'minute' })
    : local.toString();

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(?::\d{2}(?<fraction>\.\d+)?)?$/;

/** More than any offset: the last instants are on the first day of 9999 in Berlin. */
const MAX_OFFSET_MS = 24 * 60 * 60 * 1_000;

/** Whether a local time can be one of an instant in range, in any zone. */
function mayBeInRange(local: Temporal.PlainDateTime): boolean {
  const { epochMilliseconds } = local.toZonedDateTime('UTC');
  return (
    epochMilliseconds >= MIN_INSTANT.getTime() - MAX_OFFSET_MS &&
    epochMilliseconds <= MAX_INSTANT.getTime() + MAX_OFFSET_MS
  );
}

/** A local date and time, or what is wrong with its text. Its zone decides whether it is in range. */
export function parseLocalTime(text: string): Temporal.PlainDateTime | string {
  const parts = LOCAL_TIME.exec(text);
  if (parts === null) return 'must be a local date and time without offset, like `2026-12-31T20:00`';
  const tooLong = fractionProblem(parts.groups?.['fraction'] ?? '');
  if (tooLong !== null) return tooLong;
  if (text.slice(17, 19) === '60') return 'must not be a leap second: seconds are 00 to 59';
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' }).round({
      smallestUnit: 'millisecond',
      roundingMode: 'trunc',
    });
    return mayBeInRange(local) ? local : OUT_OF_RANGE;
  } catch {
    return 'is no date and time of the calendar; hours are 00 to 23';
  }
}

/**
 * The instant of a local time in a zone, or why there is not exactly one: clocks that go forward skip an hour, clocks that go
 * back repeat one. `field` is the input field that takes an instant.
 */
export function instantOfLocalTime(
  local: Temporal.PlainDateTime,
  timezone: string,
  field: string,
): Date | string {
  const zone = readTimezone(timezone) ?? 'UTC';
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return isWithinInstants(instantOf(earlier)) ? instantOf(earlier) : OUT_OF_RANGE;
  }
  if (!earlier.toPlainDateTime().equals(local)) {
    const [before, after] = [earlier, later].map((time) => `\`${writeLocalTime(time.toPlainDateTime())}\``);
    return `does not exist in ${zone}, where clocks go forward: the nearest are ${before} and ${after}`;
  }
  const [first, second] = [earlier, later].map((time) => `\`${time.toString({ timeZoneName: 'never' })}\``);
  return `occurs twice in ${zone}, where clocks go back: give \`${field}\`, ${first} or ${second}`;
}

const instantOf = (time: Temporal.ZonedDateTime): Date => new Date(time.epochMilliseconds);

/** Normalise an IANA time zone name: `europe/berlin` becomes `Europe/Berlin`. Returns null for an unknown name. */
export function readTimezone(name: string): string | null {
  if (!/^[a-z]/i.test(name)) return null; // Temporal accepts offsets, but they have no daylight saving time
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}
