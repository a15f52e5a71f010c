import { accessibleIn } from '../seats/seat-chart.ts';
import { meanDistance, mustAvoidOrphans, orphansBeside, runsOf, type SeatSearch } from './seat-search.ts';
import { LAST_RESORT_PENALTY, type Shortlist } from './shortlist.ts';

/** A single seat left over counts like sitting six seat widths, about three rows, farther back. */
export const ORPHAN_PENALTY_PITCHES = 6;
/** Small: among equally distant seats, the middle of the row is best. */
const OFF_CENTRE_PENALTY_PITCHES = 0.01;

/**
 * Offer every block of seats side by side in one row. The nearest to the stage is best; among equals, the middle of the row.
 * A single ticket is best a seat that is an orphan already.
 */
export function offerRows(search: SeatSearch, shortlist: Shortlist): void {
  const { chart, free, rows } = search;
  const { quantity, accessible } = search.criteria;
  for (const row of rows) {
    if (row.seats < quantity || !shortlist.wants(row.nearest - ORPHAN_PENALTY_PITCHES * chart.pitch))
      continue;
    const runs = runsOf(free, row);
    const avoidOrphans = mustAvoidOrphans(search, row, runs, quantity);
    const centre = row.first + row.seats / 2;
    for (const run of runs) {
      const { start, end, before, after } = run;
      const isOrphan = end - start === 1 && before === 0 && after === 0;
      const orphanBonus = quantity === 1 && isOrphan ? ORPHAN_PENALTY_PITCHES : 0;
      for (let first = start; first + quantity <= end; first++) {
        const orphans = orphansBeside(run, { first, count: quantity });
        if (orphans > 0 && avoidOrphans) continue;
        const accessibleSeats = accessibleIn(chart, first, quantity);
        if (accessibleSeats < accessible) continue;
        const offCentre = Math.abs(first + quantity / 2 - centre) * OFF_CENTRE_PENALTY_PITCHES;
        const score =
          meanDistance(chart, first, quantity) +
          (offCentre + orphans * ORPHAN_PENALTY_PITCHES - orphanBonus) * chart.pitch +
          lastResortPenalty(search, row.section, orphans, accessibleSeats);
        if (shortlist.wants(score)) {
          shortlist.offer({ blocks: [{ first, count: quantity }], orphans, score });
        }
      }
    }
  }
}

/** Penalty of what is chosen last: an orphan where the rule applies, and a wheelchair place that the buyer did not ask for. */
export function lastResortPenalty(
  { orphanRuled, criteria }: SeatSearch,
  section: number,
  orphans: number,
  accessibleSeats: number,
): number {
  const orphanPenalty = orphans > 0 && orphanRuled[section] === 1 ? LAST_RESORT_PENALTY : 0;
  return orphanPenalty + (criteria.accessible === 0 && accessibleSeats > 0 ? 2 * LAST_RESORT_PENALTY : 0);
}
