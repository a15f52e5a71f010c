import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseBest } from '../../../src/booking/best-available/choose-best.ts';
import { forbiddenOrphans, selectionByLine } from '../../../src/booking/seats/forbidden-orphans.ts';
import { chartOf } from '../../../src/booking/seats/seat-chart.ts';
import type { SeatingPlanLayout } from '../../../src/seating-plan/index.ts';
import type { Client } from '../../support/client.ts';
import { drawVenue } from '../../support/drawn-venue.ts';
import { reserve, reserveBest, reserved } from '../../support/holds.ts';
import { byCategory, relistRows, type RelistRow } from '../../support/relist-rows.ts';
import { SEED_OF_RUN } from '../../support/seed-of-run.ts';
import { eventOnSale } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import type { World } from '../../support/world.ts';

// A plan lists the segments of a row in any order. What is side by side in the hall is side by side for the rules.

/** Rows of three prices with aisles; `.`: taken. */
const row = fc
  .array(fc.constantFrom('A', 'A', 'A', '.', 'W', '|', '/', '/'), { minLength: 2, maxLength: 16 })
  .map((letters) =>
    letters
      .join('')
      .replaceAll(/[|/]+/g, (border) => [...new Set(border)].join(''))
      .replaceAll(/^[|/]+|[|/]+$/g, ''),
  )
  .filter((drawn) => drawn !== '');
const venue = fc.array(row, { minLength: 1, maxLength: 4 }).map((rows) => drawVenue({ stalls: rows }));

/** Any order, and any of the segments from right to left. */
const anyOrder = fc.infiniteStream(fc.record({ rank: fc.nat(), reversed: fc.boolean() })).map(
  (stream): RelistRow =>
    (segments) =>
      segments
        .map((_segment, index) => ({ index, ...stream.next().value! }))
        .toSorted((a, b) => a.rank - b.rank),
);

function orphansOf(layout: SeatingPlanLayout, free: Uint8Array, places: readonly number[]): number[] {
  const chart = chartOf(layout);
  const placeAt = (position: number) => chart.order.placeAt(position);
  const positions = places.map((place) => chart.order.positionOf(place));
  return selectionByLine(chart, positions)
    .flatMap((selected) => forbiddenOrphans(chart, (position) => free[placeAt(position)] === 1, selected))
    .map(placeAt);
}

const numerically = (a: number, b: number) => a - b;

test('the rule forbids the same seats in whatever order a plan lists a row', () => {
  let forbidding = 0;
  fc.assert(
    fc.property(venue, anyOrder, fc.nat(), fc.integer({ min: 1, max: 5 }), (drawn, order, at, quantity) => {
      const free = [...drawn.free.keys()].filter((place) => drawn.free[place] === 1);
      const from = at % Math.max(1, free.length);
      const selected = free.slice(from, from + quantity);
      const { layout, placeOf } = relistRows(drawn.layout, order);
      const states = new Uint8Array(drawn.free.length);
      for (const [place, state] of drawn.free.entries()) states[placeOf[place]!] = state;

      const expected = orphansOf(drawn.layout, drawn.free, selected);
      const found = orphansOf(layout, states, selected.map((place) => placeOf[place]!)); // prettier-ignore
      expect(found.toSorted(numerically)).toEqual(expected.map((place) => placeOf[place]!).toSorted(numerically)); // prettier-ignore
      if (expected.length > 0) forbidding++;
    }),
    { seed: SEED_OF_RUN, numRuns: 2_000 },
  );
  expect(forbidding).toBeGreaterThan(50);
});

test('best available finds seats as near each other in whatever order a plan lists a row', () => {
  const within = new Set<string>();
  fc.assert(
    fc.property(
      venue,
      anyOrder,
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (drawn, order, quantity, orphanRule) => {
        // prettier-ignore
        const { layout, placeOf } = relistRows(drawn.layout, order);
        const states = new Uint8Array(drawn.free.length);
        for (const [place, state] of drawn.free.entries()) states[placeOf[place]!] = state;
        const criteria = { quantity, accessible: 0, tiers: null, sections: null };
        const options = { orphanRule, pickFrom: 1, random: () => 0 };
        const expected = chooseBest(chartOf(drawn.layout), drawn.free, criteria, options);
        const found = chooseBest(chartOf(layout), states, criteria, options);
        const kindOf = (choice: typeof found) => (choice?.kind === 'SEATS' ? choice.within : null);
        expect(kindOf(found)).toBe(kindOf(expected));
        if (found?.kind !== 'SEATS') return;
        within.add(found.within);
        expect(found.places).toEqual(found.places.toSorted(numerically));
        expect(found.places.map((place) => states[place])).toEqual(found.places.map(() => 1));
      },
    ),
    { seed: SEED_OF_RUN, numRuns: 2_000 },
  );
  expect([...within].toSorted()).toEqual(['ROW', 'SECTION', 'SPLIT_ROW', 'TWO_ROWS']);
});

test('a horseshoe is followed around its bend', () => {
  const { layout } = drawVenue({ balcony: ['AAAA/AAAA/AAAA/AAAA/AAAA'] });
  const [section] = layout.sections;
  if (section?.kind !== 'SEATED') throw new Error('no seats');
  section.rows.forEach((segment) => {
    segment.seats.forEach((_seat, index) => {
      const angle = ((segment.firstPlace + index) / 20) * 1.6 * Math.PI; // nearly closed
      segment.x[index] = 100 + 16 * Math.cos(angle);
      segment.y[index] = 100 + 16 * Math.sin(angle);
    });
  });
  const { rows, order } = chartOf(relistRows(layout, byCategory).layout);
  expect(new Set(rows.map(({ lineStart, lineEnd }) => `${lineStart}-${lineEnd}`))).toEqual(new Set(['0-20']));
  expect(order.placeAt(4)).toBe(8); // categories 0 1 2 0 1 are listed as 0 0 1 1 2
});

describe('at an Event whose plan lists each row by price', () => {
  let world: World;
  let ana: Client;
  let ben: Client;
  shareAuditedWorld((shared) => ({ world, ana, ben } = shared));

  /** An Event with the rule; three prices from left to right, of which the third is the first again. */
  async function onSale(rows: string[]) {
    const plan = relistRows(drawVenue({ stalls: rows }).layout, byCategory);
    const seeded = await eventOnSale(
      world.platform,
      { layout: plan.layout, prices: [9_000, 7_000, 5_000] },
      { orphanRule: true, ticketLimit: 20 },
    );
    return { ...seeded, placesOf: (seats: number[]) => seats.map((seat) => plan.placeOf[seat]!) };
  }
  /** Prices 0 1 2 0: the plan lists seats 0–3, 12–15, 4–7, 8–11. */
  const ROW = 'AAAA/AAAA/AAAA/AAAA';

  test('a free seat beyond the border is a neighbour', async () => {
    const { event, placesOf } = await onSale([ROW, ROW]);
    await reserved(ana, event, { places: placesOf([9, 10]) }); // 11 is free beside 12
  });

  test('a single seat beside a border is an orphan, if the next one is taken', async () => {
    const { event, placesOf } = await onSale([ROW, ROW]);
    await reserved(ana, event, { places: placesOf([12, 13]) });
    expect(await reserve(ben, event, { places: placesOf([9, 10]) })).toMatchObject({
      __typename: 'OrphanSeat',
      places: placesOf([11]),
    });
    await reserved(ben, event, { places: placesOf([10, 11]) });
  });

  test('best available chooses, and the rule accepts it, until two are left', async () => {
    const { event } = await onSale([ROW, ROW, ROW]);
    for (let n = 0; n < 12; n++)
      expect((await reserveBest(n % 2 ? ana : ben, event, 3)).__typename).toBe('TicketsReserved');
  });
});
