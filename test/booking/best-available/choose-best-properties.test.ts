import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chooseBest } from '../../../src/booking/best-available/choose-best.ts';
import { forbiddenOrphans, isExempt, selectionByLine } from '../../../src/booking/seats/forbidden-orphans.ts';
import { chartOf, rowOf, type ChartRow, type SeatChart } from '../../../src/booking/seats/seat-chart.ts';
import { drawVenue } from '../../support/drawn-venue.ts';

// Independent implementations of the rules, so that one misreading cannot be in both.

const seat = fc.constantFrom('A', 'A', 'A', '.', 'W', 'w', '|', '/');
const row = fc
  .array(seat, { minLength: 1, maxLength: 14 })
  .map((letters) =>
    letters
      .join('')
      .replaceAll(/[|/]+/g, (border) => [...new Set(border)].join(''))
      .replaceAll(/^[|/]+|[|/]+$/g, ''),
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

/** Free seats without a free neighbour in their row, from aisle to aisle. */
function lonely({ rows }: SeatChart, free: Uint8Array): number[] {
  const lines = new Map(rows.map(({ lineStart, lineEnd }) => [lineStart, lineEnd]));
  return [...lines].flatMap(([firstPlace, end]) => {
    const drawn = [...free.subarray(firstPlace, end)].map((state) => (state === 1 ? 'A' : '.')).join(''); // prettier-ignore
    return [...drawn.matchAll(/(?<!A)A(?!A)/g)].map(({ index }) => firstPlace + index);
  });
}
const after = (free: Uint8Array, places: readonly number[]) =>
  free.map((state, place) => (places.includes(place) ? 0 : state));

/** Every block of seats side by side, by brute force. */
const blocksInRow = ({ rows }: SeatChart, free: Uint8Array, quantity: number): number[][] =>
  rows.flatMap(({ first, seats }) =>
    Array.from({ length: Math.max(0, seats - quantity + 1) }, (_way, from) =>
      Array.from({ length: quantity }, (_seat, index) => first + from + index),
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
      if (within === 'SPLIT_ROW') {
        expect([sections.size, new Set(rows.map((one) => one.rowNumber)).size]).toEqual([1, 1]);
        expect([rows.length > 1, inOnePiece(places)]).toEqual([true, true]);
      }
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

test('the rule refuses no choice in one row, whatever prices it has', () => {
  const priced = fc
    .array(fc.constantFrom('A', 'A', 'A', 'W', '.', '/', '/'), { minLength: 8, maxLength: 30 })
    .map((letters) =>
      letters
        .join('')
        .replaceAll(/\/+/g, '/')
        .replaceAll(/^\/|\/$/g, ''),
    )
    .filter((drawn) => drawn !== '');
  fc.assert(
    fc.property(fc.array(priced, { minLength: 1, maxLength: 3 }), generated, (rows, criteria) => {
      const { layout, free } = drawVenue({ stalls: rows });
      const chart = chartOf(layout);
      const choice = choose(chart, free, { ...criteria, accessible: 0, orphanRule: true });
      if (choice?.kind !== 'SEATS' || (choice.within !== 'ROW' && choice.within !== 'SPLIT_ROW')) return;
      if (free.filter((state) => state === 1).length <= layout.places / 10) return;
      const isFree = (position: number) => free[position] === 1;
      const selected = selectionByLine(chart, choice.places).filter((inLine) => !isExempt(chart, inLine));
      expect(selected.flatMap((inLine) => forbiddenOrphans(chart, isFree, inLine))).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
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

const plain = { accessible: 0, orphanRule: false, pickFrom: 1, seed: 0 };

test('else seats are in one row with nothing but gaps between them, if any row has them', () => {
  let split = 0;
  fc.assert(
    fc.property(venue, fc.integer({ min: 2, max: 8 }), ({ layout, free }, quantity) => {
      const chart = chartOf(layout);
      if (blocksInRow(chart, free, quantity).length > 0) return;
      const ways = Array.from({ length: Math.max(0, layout.places - quantity + 1) }, (_, first) =>
        Array.from({ length: quantity }, (_seat, index) => first + index),
      ).filter((places) => {
        const rows = rowsOf(chart, places);
        return (
          places.every((place) => free[place] === 1) &&
          rows.every(
            ({ section, rowNumber }) => section === rows[0]!.section && rowNumber === rows[0]!.rowNumber,
          )
        );
      });
      const choice = choose(chart, free, { ...plain, quantity });
      expect(choice?.kind === 'SEATS' && choice.within === 'SPLIT_ROW').toBe(ways.length > 0);
      if (ways.length > 0) split++;
    }),
    { numRuns: 2_000 },
  );
  expect(split).toBeGreaterThan(0);
});

test('else they are in the fewest neighbouring rows of a section, and there in the fewest groups', () => {
  let compared = 0;
  fc.assert(
    fc.property(venue, fc.integer({ min: 3, max: 12 }), ({ layout, free }, quantity) => {
      const chart = chartOf(layout);
      const choice = choose(chart, free, { ...plain, quantity });
      if (choice?.kind !== 'SEATS' || choice.within !== 'SECTION') return;
      compared++;
      // wheelchair places are left out wherever a section has enough seats without them
      const usable = (place: number) => free[place] === 1 && !isAccessible(chart, place);
      const optimum =
        smallest(chart, usable, quantity) ?? smallest(chart, (place) => free[place] === 1, quantity)!;
      const numbers = rowsOf(chart, choice.places).map(({ rowNumber }) => rowNumber);
      expect(Math.max(...numbers) - Math.min(...numbers) + 1).toBeLessThanOrEqual(optimum.span);
      expect(groupsOf(chart, choice.places)).toBeLessThanOrEqual(optimum.groups);
    }),
    { numRuns: 3_000 },
  );
  expect(compared).toBeGreaterThan(50);
});

/** The fewest neighbouring rows with enough seats, and the fewest groups in any so many, by looking at all of them. */
function smallest(chart: SeatChart, usable: (place: number) => boolean, quantity: number) {
  const ways: { span: number; groups: number }[] = [];
  for (const front of chart.rows) {
    for (let span = 1; span <= 5; span++) {
      const inside = chart.rows.filter(
        ({ section, rowNumber }) =>
          section === front.section && rowNumber >= front.rowNumber && rowNumber < front.rowNumber + span,
      );
      const sizes = inside.flatMap(
        ({ first, seats }) =>
          Array.from({ length: seats }, (_, seat) => (usable(first + seat) ? 'A' : '.'))
            .join('')
            .match(/A+/g)
            ?.map(({ length }) => length) ?? [],
      );
      let [seated, groups] = [0, 0];
      for (const size of sizes.toSorted((a, b) => b - a)) {
        if (seated >= quantity) break;
        seated += size;
        groups++;
      }
      if (seated >= quantity) ways.push({ span, groups });
    }
  }
  return ways.toSorted((a, b) => a.span - b.span || a.groups - b.groups)[0];
}

/** Number of groups that sit side by side in one part of a row. */
const groupsOf = (chart: SeatChart, places: readonly number[]): number =>
  places.filter(
    (place, index) => places[index - 1] !== place - 1 || rowOf(chart, place) !== rowOf(chart, place - 1),
  ).length;

test.each<[string, string]>([
  ['every second seat is taken', 'A.'.repeat(25)],
  ['only sofas are left', 'AA|..|'.repeat(12).slice(0, -1)],
  ['one seat of a row is left', `A${'.'.repeat(49)}`],
  ['prices change with each seat', 'A/'.repeat(25) + '.'.repeat(25)],
])('in a hall of 20,000 seats a search reads each state a few times: %s', (_what, line) => {
  const seats = line.replaceAll(/[|/]/g, '').length;
  const rows = Math.ceil(20_000 / seats / 10);
  const { layout, free } = drawVenue(
    Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`s${index}`, Array<string>(rows).fill(line)]),
    ),
  );
  const chart = chartOf(layout);
  let reads = 0;
  const counted = new Proxy(free, {
    get(target, key) {
      reads++;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  for (const quantity of [7, 30]) {
    reads = 0;
    expect(choose(chart, counted, { ...plain, quantity, orphanRule: true, pickFrom: 64 })).not.toBeNull();
    expect(reads).toBeLessThan(15 * layout.places);
  }
});
