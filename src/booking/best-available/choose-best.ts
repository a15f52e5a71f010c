import type { GeneralAdmissionArea } from '../../seating-plan/index.ts';
import { accessibleIn, type ChartSection, type SeatChart } from '../seats/seat-chart.ts';
import { offerAcrossGaps } from './choose-across-gaps.ts';
import { offerNeighbouringSections } from './choose-across-sections.ts';
import { offerRows } from './choose-in-row.ts';
import { findRowPairs, fullRowsOf, offerTwoRows } from './choose-in-two-rows.ts';
import { offerNeighbouringRows } from './choose-neighbouring-rows.ts';
import { countFree, openSearch, runsOf, type SeatCriteria, type SeatSearch } from './seat-search.ts';
import { Shortlist, type SeatBlock } from './shortlist.ts';

/** Seats in order of place, with how near each other they are; or an area with enough tickets left. */
export type Choice =
  | {
      kind: 'SEATS';
      places: number[];
      /** `SPLIT_ROW`: with gaps, but no other seat, between them. */
      within: 'ROW' | 'SPLIT_ROW' | 'TWO_ROWS' | 'SECTION' | 'TWO_SECTIONS';
    }
  | { kind: 'AREA'; area: GeneralAdmissionArea };

export interface ChoiceOptions {
  /** Whether the Event has the orphan rule. */
  orphanRule: boolean;
  /** How many of the best disjoint candidates to pick one from at random; 1: the best. */
  pickFrom: number;
  /** A random integer from 0 up to, not including, `below`. */
  random: (below: number) => number;
}

/**
 * Choose the best free places: `free` has 1 for each free place. `null`: there are too few near each other.
 *
 * In this order: side by side in one row; in one row with gaps between them; in two neighbouring rows, one block in each, split
 * as evenly as possible; in the fewest neighbouring rows of a section, in the fewest groups; in one general-admission area; in
 * two neighbouring sections. Among choices of one kind, the nearest to the stage is best.
 */
export function chooseBest(
  chart: SeatChart,
  free: Uint8Array,
  criteria: SeatCriteria,
  options: ChoiceOptions,
): Choice | null {
  const search = openSearch(chart, free, criteria, options);
  const seats = countSeats(search) >= criteria.quantity;
  const { pickFrom: among, random } = options;
  const pick: Pick = (within, offer) => {
    const shortlist = new Shortlist(among, criteria.quantity);
    offer(shortlist);
    const best = shortlist.pick(random);
    return best && { kind: 'SEATS', places: placesOf(chart, best.blocks), within };
  };
  return (
    (seats ? chooseNear(search, pick) : null) ??
    chooseArea(search) ??
    (seats ? pick('TWO_SECTIONS', (list) => offerNeighbouringSections(search, list)) : null)
  );
}

type Pick = (
  within: Extract<Choice, { kind: 'SEATS' }>['within'],
  offer: (shortlist: Shortlist) => void,
) => Choice | null;

function chooseNear(search: SeatSearch, pick: Pick): Choice | null {
  const inOneRow = pick('ROW', (list) => offerRows(search, list));
  if (inOneRow !== null) return inOneRow;
  const fullRows = fullRowsOf(search);
  const acrossGaps = pick('SPLIT_ROW', (list) => offerAcrossGaps(search, fullRows, list));
  if (acrossGaps !== null) return acrossGaps;
  const pairs = findRowPairs(fullRows);
  for (const larger of evenSplits(search.criteria.quantity)) {
    const inTwoRows = pick('TWO_ROWS', (list) => offerTwoRows(search, pairs, larger, list));
    if (inTwoRows !== null) return inTwoRows;
  }
  return pick('SECTION', (list) => offerNeighbouringRows(search, fullRows, list));
}

/** Count the free places that meet the criteria: most side by side, which is less than the quantity, in all, and accessible ones. */
export function countAvailable(
  chart: SeatChart,
  free: Uint8Array,
  criteria: SeatCriteria,
): { together: number; available: number; accessible: number } {
  const search = openSearch(chart, free, criteria, { orphanRule: false });
  const areas = matchingAreas(search).map((area) => countIn(free, area));
  const together = Math.max(0, ...areas, longestRun(search));
  return {
    together: Math.min(together, criteria.quantity - 1),
    available: areas.reduce((sum, left) => sum + left, countSeats(search)),
    accessible: countAccessible(search),
  };
}

const placesOf = ({ order }: SeatChart, blocks: readonly SeatBlock[]): number[] =>
  blocks
    .flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => order.placeAt(first + index)))
    .toSorted((a, b) => a - b);

/** Sizes of the larger of two groups, the most even split first: 3, 4 for five. */
const evenSplits = (quantity: number): number[] =>
  Array.from({ length: Math.floor(quantity / 2) }, (_, index) => Math.ceil(quantity / 2) + index);

/** The nearest to the stage of the areas with enough tickets left. */
function chooseArea(search: SeatSearch): Choice | null {
  const [nearest] = matchingAreas(search)
    .filter((section) => countIn(search.free, section) >= search.criteria.quantity)
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.area ? { kind: 'AREA', area: nearest.area } : null;
}

/** Areas that meet the criteria; none has wheelchair places. */
const matchingAreas = ({ chart, criteria }: SeatSearch): ChartSection[] =>
  chart.sections.filter(
    ({ key, area }) =>
      area !== null &&
      criteria.accessible === 0 &&
      (criteria.sections === null || criteria.sections.has(key)) &&
      (criteria.tiers === null || criteria.tiers.has(area.category)),
  );

const countIn = (free: Uint8Array, { firstPlace, places }: ChartSection): number =>
  countFree(free, firstPlace, firstPlace + places);

const countSeats = ({ free, rows }: SeatSearch): number =>
  rows.reduce((sum, { first, seats }) => sum + countFree(free, first, first + seats), 0);

const countAccessible = ({ chart, free, rows }: SeatSearch): number =>
  rows
    .flatMap((row) => runsOf(free, row))
    .reduce((sum, { start, end }) => sum + accessibleIn(chart, start, end - start), 0);

/** The longest run of free seats, among those with enough wheelchair places. */
function longestRun({ chart, free, rows, criteria }: SeatSearch): number {
  let longest = 0;
  for (const row of rows) {
    for (const { start, end } of runsOf(free, row)) {
      if (accessibleIn(chart, start, end - start) >= criteria.accessible)
        longest = Math.max(longest, end - start);
    }
  }
  return longest;
}
