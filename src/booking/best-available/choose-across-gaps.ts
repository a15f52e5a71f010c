import { forbiddenOrphans, selectionByLine } from '../seats/forbidden-orphans.ts';
import { countOrphans } from '../seats/orphan-rule.ts';
import { accessibleIn, distanceBetween } from '../seats/seat-chart.ts';
import { lastResortPenalty, ORPHAN_PENALTY_PITCHES } from './choose-in-row.ts';
import type { FullRow } from './choose-in-two-rows.ts';
import { meanDistance, type Run, type SeatSearch } from './seat-search.ts';
import type { Shortlist } from './shortlist.ts';

/** In seat widths: an aisle or the gap between two sofas. A row that continues farther away is another place. */
const MAX_GAP_PITCHES = 6;
/** A gap between buyers counts like sitting three seat widths farther back. */
const GAP_PENALTY_PITCHES = 3;

/** Runs with nothing but gaps and price borders between them. */
type Chain = Run[];

/** Offer seats of one row with gaps between them, but no other seat: an aisle, a price border, the end of a sofa. */
export function offerAcrossGaps(
  search: SeatSearch,
  fullRows: readonly FullRow[],
  shortlist: Shortlist,
): void {
  const { quantity } = search.criteria;
  for (const fullRow of fullRows) {
    if (!shortlist.wants(fullRow.nearest)) continue;
    for (const chain of chainsOf(search, fullRow)) {
      const [start, end] = [chain[0]!.start, chain.at(-1)!.end];
      for (let first = start; first + quantity <= end; first++)
        offerBlock(search, fullRow, chain, first, shortlist);
    }
  }
}

function chainsOf({ chart, criteria }: SeatSearch, { segments }: FullRow): Chain[] {
  const chains: Chain[] = [];
  for (const run of segments.flatMap(({ runs }) => runs)) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    const isNext =
      last?.end === run.start &&
      distanceBetween(chart, last.end - 1, run.start) <= MAX_GAP_PITCHES * chart.pitch;
    if (isNext) chain!.push(run);
    else chains.push([run]);
  }
  return chains.filter(
    (chain) => chain.length > 1 && chain.at(-1)!.end - chain[0]!.start >= criteria.quantity,
  );
}

function offerBlock(
  search: SeatSearch,
  { section }: FullRow,
  chain: Chain,
  first: number,
  shortlist: Shortlist,
): void {
  const { chart, criteria, orphanRuled } = search;
  const { quantity } = criteria;
  const end = first + quantity;
  const used = chain.filter((run) => run.start < end && run.end > first);
  const accessibleSeats = accessibleIn(chart, first, quantity);
  if (used.length < 2 || accessibleSeats < criteria.accessible) return;
  const [front, back] = [used[0]!, used.at(-1)!];
  const orphans = countOrphans(front.before + first - front.start, back.end - end + back.after);
  const score =
    meanDistance(chart, first, quantity) +
    ((used.length - 1) * GAP_PENALTY_PITCHES + orphans * ORPHAN_PENALTY_PITCHES) * chart.pitch +
    lastResortPenalty(search, section, orphans, accessibleSeats);
  if (!shortlist.wants(score)) return;
  if (orphans > 0 && orphanRuled[section] === 1 && isForbidden(search, first)) return;
  shortlist.offer({ blocks: [{ first, count: quantity }], orphans, score });
}

function isForbidden({ chart, free, criteria }: SeatSearch, first: number): boolean {
  const positions = Array.from({ length: criteria.quantity }, (_, index) => first + index);
  return selectionByLine(chart, positions).some(
    (selected) => forbiddenOrphans(chart, (position) => free[position] === 1, selected).length > 0,
  );
}
