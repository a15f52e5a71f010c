import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chooseBest } from '../../../src/booking/best-available/choose-best.ts';
import { chartOf, rowOf, type ChartRow, type SeatChart } from '../../../src/booking/seats/seat-chart.ts';
import { drawVenue } from '../../support/drawn-venue.ts';

// Independent implementations of the rules, so that one misreading cannot be in both.

const seat = fc.constantFrom('A', 'A', 'A', '.', 'W', 'w', '|');
const row = fc
  .array(seat, { minLength: 1, maxLength: 14 })
  .map((letters) =>
    letters
      .join('')
      .replaceAll(/\|+/g, '|')
      .replaceAll(/^\||\|$/g, ''),
  )
  .filter((drawn) => drawn !== '');
const section = fc.array(row, { minLength: 1, maxLength: 5 });
const venue = fc.array(section, { minLength: 1, maxLength: 3 }).map((sections) => drawVenue(Object.fromEntries(sections.map((rows, index) => [`s${index}`, rows])))); // prettier-ignore
const generated = fc.record({
  quantity: fc.integer({ min: 1, max: 6 }),
  accessible: fc.constantFrom(0, 0, 0, 1, 2),
  orphanRule: fc.boolean(),
  pickFrom: fc.constantFrom(1, 4, 64),
  seed: fc.nat(),
});

type GeneratedCriteria = {
  quantity: number;
  accessible: number;
  orphanRule: boolean;
  pickFrom: number;
  seed: number;
};

const choose = (
  chart: SeatChart,
  free: Uint8Array,
  { quantity, accessible, orphanRule, pickFrom, seed }: GeneratedCriteria,
) =>
  chooseBest(
    chart,
    free,
    { quantity, accessible: Math.min(accessible, quantity), tiers: null, sections: null },
    { orphanRule, pickFrom, random: (below) => seed % below },
  );

/** Free seats without a free neighbour in their row. */
function lonely({ rows }: SeatChart, free: Uint8Array): number[] {
  return rows.flatMap(({ firstPlace, seats }) => {
    const drawn = [...free.subarray(firstPlace, firstPlace + seats)].map((state) => (state === 1 ? 'A' : '.')).join(''); // prettier-ignore
    return [...drawn.matchAll(/(?<!A)A(?!A)/g)].map(({ index }) => firstPlace + index);
  });
}
const after = (free: Uint8Array, places: readonly number[]) =>
  free.map((state, place) => (places.includes(place) ? 0 : state));

/** Every block of seats side by side, by brute force. */
const blocksInRow = ({ rows }: SeatChart, free: Uint8Array, quantity: number): number[][] =>
  rows.flatMap(({ firstPlace, seats }) =>
    Array.from({ length: Math.max(0, seats - quantity + 1) }, (_way, from) =>
      Array.from({ length: quantity }, (_seat, index) => firstPlace + from + index),
    ).filter((places) => places.every((place) => free[place] === 1)),
  );
const isAccessible = ({ sums }: SeatChart, place: number) =>
  sums.accessible[place + 1]! - sums.accessible[place]! === 1;
const rowsOf = (chart: SeatChart, places: readonly number[]): ChartRow[] => [
  ...new Set(places.map((place) => rowOf(chart, place)!)),
];

test('chosen places are free, of the requested quantity, and as near each other as the choice states', () => {
  fc.assert(
    fc.property(venue, generated, ({ layout, free }, criteria) => {
      const chart = chartOf(layout);
      const choice = choose(chart, free, criteria);
      if (choice?.kind !== 'SEATS') return;
      const { places, within } = choice;
      expect(new Set(places).size).toBe(criteria.quantity);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places.filter((place) => free[place] !== 1)).toEqual([]);
      expect(places.filter((place) => isAccessible(chart, place)).length).toBeGreaterThanOrEqual(
        Math.min(criteria.accessible, criteria.quantity),
      );
      const rows = rowsOf(chart, places);
      const sections = new Set(rows.map((one) => one.section));
      const inOnePiece = (some: number[]) => some.at(-1)! - some[0]! === some.length - 1;
      if (within === 'ROW') expect([rows.length, inOnePiece(places)]).toEqual([1, true]);
      if (within === 'TWO_ROWS') {
        expect([rows.length, sections.size, Math.abs(rows[0]!.rowNumber - rows[1]!.rowNumber)]).toEqual([
          2, 1, 1,
        ]);
        for (const one of rows) expect(inOnePiece(places.filter((place) => rowOf(chart, place) === one))).toBe(true); // prettier-ignore
      }
      if (within === 'SECTION') expect(sections.size).toBe(1);
      if (within === 'TWO_SECTIONS') expect(sections.size).toBeLessThanOrEqual(2);
    }),
    { numRuns: 2_000 },
  );
});

test('seats are in one row if any row has enough side by side', () => {
  fc.assert(
    fc.property(venue, generated, ({ layout, free }, criteria) => {
      const chart = chartOf(layout);
      const enough = (places: number[]) =>
        places.filter((place) => isAccessible(chart, place)).length >=
        Math.min(criteria.accessible, criteria.quantity);
      const ways = blocksInRow(chart, free, criteria.quantity).filter(enough);
      const choice = choose(chart, free, criteria);
      expect(choice?.kind === 'SEATS' && choice.within === 'ROW').toBe(ways.length > 0);
    }),
    { numRuns: 2_000 },
  );
});

test('a choice is always made if one section has enough seats', () => {
  fc.assert(
    fc.property(venue, generated, ({ layout, free }, criteria) => {
      const chart = chartOf(layout);
      const left = chart.sections.map(({ firstPlace, places }) => free.subarray(firstPlace, firstPlace + places).filter((state) => state === 1).length); // prettier-ignore
      const choice = choose(chart, free, { ...criteria, accessible: 0 });
      if (left.some((count) => count >= criteria.quantity)) expect(choice).not.toBeNull();
      if (left.reduce((sum, count) => sum + count, 0) < criteria.quantity) expect(choice).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test('the rule leaves no orphan while the row has an alternative and the section is not nearly sold out', () => {
  let leavingOrphans = 0;
  fc.assert(
    fc.property(venue, generated, ({ layout, free }, criteria) => {
      const chart = chartOf(layout);
      const choice = choose(chart, free, { ...criteria, accessible: 0, orphanRule: true });
      if (choice?.kind !== 'SEATS' || choice.within !== 'ROW') return;
      const before = lonely(chart, free);
      const orphansLeftBy = (places: number[]) =>
        lonely(chart, after(free, places)).filter((place) => !before.includes(place)).length;
      const { firstPlace, places } = chart.sections[rowsOf(chart, choice.places)[0]!.section]!;
      const share = free.subarray(firstPlace, firstPlace + places).filter((state) => state === 1).length / places; // prettier-ignore
      const ways = blocksInRow(chart, free, criteria.quantity);
      const inThisRow = ways.filter((way) => rowOf(chart, way[0]!) === rowOf(chart, choice.places[0]!));
      if (orphansLeftBy(choice.places) === 0) return;
      leavingOrphans++;
      expect(share <= 0.1 || inThisRow.every((way) => orphansLeftBy(way) > 0)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(leavingOrphans).toBeGreaterThan(0); // both cases of the rule occurred
});

test('without the rule an orphan is left only if every alternative is about three rows farther from the stage', () => {
  let leavingOrphans = 0;
  fc.assert(
    fc.property(venue, generated, ({ layout, free }, criteria) => {
      const chart = chartOf(layout);
      const choice = choose(chart, free, { ...criteria, accessible: 0, orphanRule: false, pickFrom: 1 });
      if (choice?.kind !== 'SEATS' || choice.within !== 'ROW') return;
      const before = lonely(chart, free);
      const orphansLeftBy = (places: number[]) =>
        lonely(chart, after(free, places)).filter((place) => !before.includes(place)).length;
      if (orphansLeftBy(choice.places) === 0) return;
      leavingOrphans++;
      const far = (places: number[]) => places.reduce((sum, place) => sum + Math.hypot(...offset(layout, chart, place)), 0) / places.length; // prettier-ignore
      const plain = (places: number[]) => !places.some((place) => isAccessible(chart, place));
      const better = blocksInRow(chart, free, criteria.quantity).filter((way) => orphansLeftBy(way) === 0 && (plain(way) || !plain(choice.places)) && far(way) < far(choice.places) + 5.5 * chart.pitch); // prettier-ignore
      expect(better).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
  expect(leavingOrphans).toBeGreaterThan(0);
});

function offset({ stage }: { stage: { x: number; y: number } }, { sums }: SeatChart, place: number) {
  const at = (sum: Float64Array) => sum[place + 1]! - sum[place]!;
  return [at(sums.x) - stage.x, at(sums.y) - stage.y] as const;
}
