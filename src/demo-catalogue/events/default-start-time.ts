/** Typical start time of an Event of which only the day is known, by category and genre. */
export function defaultStartTime(
  category: string,
  genre: string,
  day: Temporal.PlainDate,
): Temporal.PlainTime {
  if (category === 'conference') return new Temporal.PlainTime(9);
  if (genre === 'Motorsport') return new Temporal.PlainTime(14);
  if (category === 'sports') {
    // league football: afternoons at the weekend, else evenings
    return day.dayOfWeek >= 6 ? new Temporal.PlainTime(15) : new Temporal.PlainTime(19, 45);
  }
  if (genre === 'Classical') return new Temporal.PlainTime(19, 30);
  return new Temporal.PlainTime(category === 'concert' ? 20 : 19);
}
