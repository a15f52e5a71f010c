import { comingYear, moveIntoComingYear } from './move-dates.ts';

/** How many weeks around its season a moved Event may go to find an evening that is not crowded. */
const MAX_SHIFT_WEEKS = 4;
/** 0, 1, -1, 2, -2, … as far as a year goes. */
const WEEK_OFFSETS = Array.from({ length: 103 }, (_, step) => (step % 2 === 1 ? (step + 1) / 2 : -step / 2));

/** Where Events of the past find their evening in the coming year. */
export interface Calendar {
  /** The day an Event of that name at that place gets, and takes. */
  schedule(day: Temporal.PlainDate, place: string, name: string): Temporal.PlainDate;
}

/**
 * Open an empty calendar. Half a century of one orchestra comes down on one year: an Event goes to the least crowded
 * of the weeks around its season, and to no day on which the same Event is at the same place already, as long as
 * the year has another. What it answers depends on nothing but `today` and the Events placed before.
 */
export function openCalendar(today: Temporal.PlainDate): Calendar {
  const { first, last } = comingYear(today);
  const days = first.until(last).days;
  // evenings by their number in the year: dates themselves are slow to compute with, and there are many
  const crowd = new Map<string, number>();
  const bills = new Map<string, number>();
  const take = (day: number, place: string, name: string): Temporal.PlainDate => {
    crowd.set(`${day} ${place}`, (crowd.get(`${day} ${place}`) ?? 0) + 1);
    bills.set(`${day} ${place} ${name}`, (bills.get(`${day} ${place} ${name}`) ?? 0) + 1);
    return first.add({ days: day });
  };
  return {
    schedule(day, place, name) {
      const moved = moveIntoComingYear(day, today);
      const usual = first.until(moved).days;
      if (moved.equals(day)) return take(usual, place, name);
      let best = { day: usual, same: Number.POSITIVE_INFINITY, others: Number.POSITIVE_INFINITY };
      for (const weeks of WEEK_OFFSETS) {
        if (best.same === 0 && (best.others === 0 || Math.abs(weeks) > MAX_SHIFT_WEEKS)) break;
        const candidate = usual + 7 * weeks;
        if (candidate < 0 || candidate > days) continue;
        const same = bills.get(`${candidate} ${place} ${name}`) ?? 0;
        const others = crowd.get(`${candidate} ${place}`) ?? 0;
        if (same < best.same || (same === best.same && others < best.others)) {
          best = { day: candidate, same, others };
        }
      }
      return take(best.day, place, name);
    },
  };
}
