/**
 * The moment of every run, a Monday morning in New York: the importer moves Events into the year from this day, and `tonight` and
 * `this weekend` mean the same Events in each run.
 */
export const NOW = '2026-11-30T14:00:00Z';

/** The day before, so that there are Events on the day of `NOW`. */
export const IMPORT_DAY = '2026-11-29';

/** Set the clock of this process, `Date` and `Temporal.Now`, to `NOW`; it runs on from there. Returns the shift in milliseconds. */
export function shiftClock(): number {
  const [realNow, realInstant] = [Date.now, Temporal.Now.instant];
  const shiftMs = Date.parse(NOW) - realNow();
  const now = (): number => realNow() + shiftMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, self) as Date,
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  const instant = (): Temporal.Instant => realInstant().add({ milliseconds: shiftMs });
  const zoned = (zone: Temporal.TimeZoneLike = 'UTC'): Temporal.ZonedDateTime =>
    instant().toZonedDateTimeISO(zone);
  Object.assign(Temporal.Now, {
    instant,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainTime(),
  });
  return shiftMs;
}
