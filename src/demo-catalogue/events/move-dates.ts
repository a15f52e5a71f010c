/** Length of the calendar: whole weeks, so that each day of the week occurs equally often. */
const WEEKS = 52;

/** First and last day of the importer's coming year: 52 weeks from tomorrow. */
export function comingYear(today: Temporal.PlainDate): {
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
} {
  return { first: today.add({ days: 1 }), last: today.add({ weeks: WEEKS }) };
}

/**
 * Move a past day by whole weeks into the coming year, nearest to its anniversary: a Saturday in December stays a
 * Saturday in December. A future day is returned unchanged.
 */
export function moveIntoComingYear(day: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  const { first, last } = comingYear(today);
  if (Temporal.PlainDate.compare(day, first) >= 0) return day;
  let anniversary = day.with({ year: first.year });
  if (Temporal.PlainDate.compare(anniversary, first) < 0) anniversary = day.with({ year: first.year + 1 });
  const weeks = Math.round(day.until(anniversary).days / 7);
  const moved = day.add({ weeks });
  if (Temporal.PlainDate.compare(moved, first) < 0) return moved.add({ weeks: 1 });
  return Temporal.PlainDate.compare(moved, last) > 0 ? moved.subtract({ weeks: 1 }) : moved;
}
