import { countOrphans } from '../seats/orphan-rule.ts';
import { accessibleIn } from '../seats/seat-chart.ts';
import { meanDistance, mustAvoidOrphans, runsOf, type SeatSearch } from './seat-search.ts';
import { LAST_RESORT_PENALTY, type Shortlist } from './shortlist.ts';

/** A seat left alone counts like sitting six seats' widths, about three rows, farther back. */
export const ORPHAN_PENALTY_PITCHES = 6;
/** Among equally distant seats, those in the middle of their row. */
const OFF_CENTRE_PENALTY_PITCHES = 0.01;

/**
 * Offer every way to sit side by side in one row. Nearest the stage is best; among equals, the middle of the row. A single
 * seat is best taken where it is alone already.
 */
export function offerRows(search: SeatSearch, shortlist: Shortlist): void {
  const { chart, free, rows } = search;
  const { quantity, accessible } = search.criteria;
  for (const row of rows) {
    if (row.seats < quantity || !shortlist.wants(row.nearest - ORPHAN_PENALTY_PITCHES * chart.pitch))
      continue;
    const runs = runsOf(free, row);
    const cleanly = mustAvoidOrphans(search, row, runs, quantity);
    const centre = row.firstPlace + row.seats / 2;
    for (const { start, end } of runs) {
      const gap = quantity === 1 && end - start === 1 ? ORPHAN_PENALTY_PITCHES : 0;
      for (let first = start; first + quantity <= end; first++) {
        const stranded = countOrphans(first - start, end - first - quantity);
        if (stranded > 0 && cleanly) continue;
        const reachable = accessibleIn(chart, first, quantity);
        if (reachable < accessible) continue;
        const offCentre = Math.abs(first + quantity / 2 - centre) * OFF_CENTRE_PENALTY_PITCHES;
        const score =
          meanDistance(chart, first, quantity) +
          (offCentre + stranded * ORPHAN_PENALTY_PITCHES - gap) * chart.pitch +
          lastResortPenalty(search, row.section, stranded, reachable);
        if (shortlist.wants(score)) {
          shortlist.offer({ blocks: [{ first, count: quantity }], orphans: stranded, score });
        }
      }
    }
  }
}

/** What is taken only if there is nothing else: a seat left alone where the rule applies, a wheelchair place not asked for. */
export function lastResortPenalty(
  { orphanRuled: ruled, criteria }: SeatSearch,
  section: number,
  stranded: number,
  reachable: number,
): number {
  const against = stranded > 0 && ruled[section] === 1 ? LAST_RESORT_PENALTY : 0;
  return against + (criteria.accessible === 0 && reachable > 0 ? 2 * LAST_RESORT_PENALTY : 0);
}
