import { comingYear, moveIntoComingYear } from './move-dates.ts';

/** Maximum distance from its season, in weeks, at which a moved Event looks for a less crowded day. */
const MAX_SHIFT_WEEKS = 4;
/** 0, 1, -1, 2, -2, … up to a year. */
const WEEK_OFFSETS = Array.from({ length: 103 }, (_, step) => (step % 2 === 1 ? (step + 1) / 2 : -step / 2));

/** Assigns Events of the past to days of the coming year. */
export interface Calendar {
  /** Assign a day to an Event, and count it as taken at its location. */
  schedule(day: Temporal.PlainDate, location: string, name: string): Temporal.PlainDate;
}

/**
 * Create an empty calendar. It maps half a century of one orchestra to one year: an Event gets the least crowded of the
 * weeks around its season, and no day with the same Event at the same location, as long as another is left.
 * Deterministic by `today` and the Events scheduled before.
 */
export function openCalendar(today: Temporal.PlainDate): Calendar {
  const { first, last } = comingYear(today);
  const days = first.until(last).days;
  // days by their number in the year: arithmetic on PlainDate is too slow for 29,000 Events
  const eventsByDay = new Map<string, number>();
  const sameEventsByDay = new Map<string, number>();
  const take = (day: number, location: string, name: string): Temporal.PlainDate => {
    eventsByDay.set(`${day} ${location}`, (eventsByDay.get(`${day} ${location}`) ?? 0) + 1);
    sameEventsByDay.set(
      `${day} ${location} ${name}`,
      (sameEventsByDay.get(`${day} ${location} ${name}`) ?? 0) + 1,
    );
    return first.add({ days: day });
  };
  return {
    schedule(day, location, name) {
      const moved = moveIntoComingYear(day, today);
      const seasonDay = first.until(moved).days;
      if (moved.equals(day)) return take(seasonDay, location, name);
      let best = { day: seasonDay, same: Number.POSITIVE_INFINITY, others: Number.POSITIVE_INFINITY };
      for (const weeks of WEEK_OFFSETS) {
        if (best.same === 0 && (best.others === 0 || Math.abs(weeks) > MAX_SHIFT_WEEKS)) break;
        const candidate = seasonDay + 7 * weeks;
        if (candidate < 0 || candidate > days) continue;
        const same = sameEventsByDay.get(`${candidate} ${location} ${name}`) ?? 0;
        const others = eventsByDay.get(`${candidate} ${location}`) ?? 0;
        if (same < best.same || (same === best.same && others < best.others)) {
          best = { day: candidate, same, others };
        }
      }
      return take(best.day, location, name);
    },
  };
}
