import { describe, expect, test } from 'vitest';

import {
  findOrphanSeats,
  fitsWithoutOrphan,
  hasRoomWithoutOrphan,
  isNearlySoldOut,
} from '../../../src/booking/seats/orphan-rule.ts';
import { chartOf } from '../../../src/booking/seats/seat-chart.ts';
import type { Client } from '../../support/client.ts';
import { drawnOnSale, drawVenue } from '../../support/drawn-venue.ts';
import { reserve, reserveBest, reserved } from '../../support/holds.ts';
import { race, tally } from '../../support/race.ts';
import { buyers, ORGANISER } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import type { World } from '../../support/world.ts';

describe('in one row', () => {
  const freeIn = (row: string) => [...row].map((letter) => (letter === '.' ? 0 : 1));
  const selectedIn = (row: string) => [...row].flatMap((letter, seat) => (letter === '#' ? [seat] : []));
  /** The row with `!` for each orphan that the selection of the `#` leaves. */
  const markOrphans = (row: string) => {
    const orphans = findOrphanSeats(freeIn(row), selectedIn(row));
    return [...row].map((letter, seat) => (orphans.includes(seat) ? '!' : letter)).join('');
  };

  test.each([
    ['##AA', '##AA'],
    ['A##A', '!##!'],
    ['AA##', 'AA##'],
    ['A##.', '!##.'],
    ['.#A.AA', '.#!.AA'],
    ['#A#', '#!#'],
    ['#A#A#', '#!#!#'],
    ['A.##', 'A.##'], // an orphan before
    ['.#.', '.#.'],
    ['AA#AA', 'AA#AA'],
    ['A#AA', '!#AA'],
  ])('%s leaves the orphans %s', (row, orphans) => {
    expect(markOrphans(row)).toBe(orphans);
  });

  test.each([
    ['AAA', 2, false],
    ['AAA', 3, true],
    ['AAAA', 2, true],
    ['AAA.AA', 2, true],
    ['AA.AA', 1, false],
    ['AA.A', 1, true],
    ['AA', 3, false],
    ['', 1, false],
  ])('%s has room for %i without an orphan: %s', (row, quantity, has) => {
    expect(hasRoomWithoutOrphan(freeIn(row), quantity)).toBe(has);
  });

  test('room at another price is no room', () => {
    const row = freeIn('AAAA.AAAAA');
    expect(hasRoomWithoutOrphan(row, 3)).toBe(true);
    expect(hasRoomWithoutOrphan(row, 3, (seat) => seat < 5)).toBe(false);
    expect(hasRoomWithoutOrphan(row, 3, (seat) => seat > 6)).toBe(true);
    expect(hasRoomWithoutOrphan(freeIn('AAAAAA'), 3, (seat) => seat < 4)).toBe(true); // beside free seats of another price
    expect(hasRoomWithoutOrphan(freeIn('AAAAA'), 3, (seat) => seat < 4)).toBe(true);
    expect(hasRoomWithoutOrphan(freeIn('AAAA'), 3, (seat) => seat < 3)).toBe(false);
  });

  test.each([
    [4, 3, 0, 0, false],
    [4, 3, 1, 0, true],
    [4, 3, 0, 2, true],
    [3, 3, 1, 0, false],
    [3, 3, 2, 0, true],
    [3, 3, 1, 1, false],
  ])(
    'in %i free seats, %i fit beside %i and %i free seats of other prices: %s',
    (run, quantity, before, after, fits) => {
      expect(fitsWithoutOrphan(run, quantity, before, after)).toBe(fits);
    },
  );

  test('seats fit without an orphan where none or at least two are left', () => {
    expect([2, 3, 4, 5].map((run) => fitsWithoutOrphan(run, 2))).toEqual([true, false, true, true]);
  });

  test('nearly sold out means that a tenth is left', () => {
    expect([0, 10, 11].map((free) => isNearlySoldOut(free, 100))).toEqual([true, true, false]);
  });
});

describe('a row from aisle to aisle', () => {
  const linesOf = (row: string) => {
    const { rows } = chartOf(drawVenue({ stalls: [row] }).layout);
    return rows.map(({ lineStart, lineEnd }) => `${lineStart}-${lineEnd}`);
  };
  test.each([
    ['AAAAAA/AAAAAA', ['0-12', '0-12']],
    ['AA/AA/AA', ['0-6', '0-6', '0-6']],
    ['A/A/A', ['0-3', '0-3', '0-3']],
    ['AA|AA', ['0-2', '2-4']],
    ['AA|/AA', ['0-2', '2-4']], // the price changes at the aisle
    ['AA/A|A/AA', ['0-3', '0-3', '3-6', '3-6']],
  ])('%s', (row, lines) => {
    expect(linesOf(row)).toEqual(lines);
  });

  test('rows behind each other are not one', () => {
    const { rows } = chartOf(drawVenue({ stalls: ['AA/AA', 'AA'] }).layout);
    expect(rows.map(({ lineEnd }) => lineEnd)).toEqual([4, 4, 6]);
  });
});

describe('at an Event with the rule', () => {
  let world: World;
  let ana: Client;
  let ben: Client;
  shareAuditedWorld((shared) => ({ world, ana, ben } = shared));
  const rule = { orphanRule: true };

  test('a selection that leaves orphans is refused with their places; nothing is held', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAAAA', 'AAAAAA'] }, rule);
    expect(await reserve(ana, event, { places: [1, 2] })).toEqual({
      __typename: 'OrphanSeat',
      message: 'This would leave a single seat free. Select it too, or move by one seat.',
      places: [0],
    });
    expect(await reserve(ana, event, { places: [1, 4] })).toMatchObject({ __typename: 'OrphanSeat', places: [0, 5] }); // prettier-ignore
    expect(await reserve(ana, event, { places: [0, 2, 6, 8] })).toMatchObject({ places: [1, 7] });
    await reserved(ana, event, { places: [0, 1] });
    expect(await reserve(ben, event, { places: [3, 4] })).toMatchObject({ places: [2, 5] });
    await reserved(ben, event, { places: [2, 3] });
    await reserved(ben, event, { places: [4, 5] });
  });

  test.each<[string, string, number[]]>([
    ['a free seat beyond a price border is a neighbour', 'AAAAAA/AAAAAA', [2, 3, 4]],
    ['on the other side, too', 'AAAAAA/AAAAAA', [7, 8, 9]],
    ['in a row of three prices', 'AAA/A/AAA', [0, 1, 2]],
    ['and one seat of a price between two others', 'AAA/A/AAA', [4, 5, 6]],
    ['a buyer is not sent to another price', 'AAAA/.AAAAA', [0, 1, 2]],
  ])('%s', async (_what, row, places) => {
    const { event } = await drawnOnSale(world.platform, { stalls: [row, 'AAAAAAAAAAAA'] }, rule);
    await reserved(ana, event, { places });
  });

  test.each<[string, string, number[], number[]]>([
    ['taken by another buyer', 'AAAAAA/.AAAAA', [2, 3, 4], [5]],
    ['beside a selection of both prices', 'AAAAA/AAAAA', [1, 2, 3, 4, 5, 6, 7, 8], [0, 9]],
    ['at an aisle where the price changes', 'AAAAAA|/AAA', [1, 2, 3, 4], [0, 5]],
    ['of the only seat of a price', 'AAAA/A/.AAA', [2, 3], [4]],
  ])(
    'a seat at a price border is an orphan if the next one is not free: %s',
    async (_what, row, places, orphans) => {
      const { event } = await drawnOnSale(
        world.platform,
        { stalls: [row, 'AAAAAAAAAAAA'] },
        { ...rule, ticketLimit: 20 },
      );
      expect(await reserve(ana, event, { places })).toMatchObject({
        __typename: 'OrphanSeat',
        places: orphans,
      });
    },
  );

  test('selections on both sides of a price border are serialised', async () => {
    const crowd = await buyers(world, 8, 'border');
    const { event } = await drawnOnSale(
      world.platform,
      { stalls: Array<string>(12).fill('AA.AAA/AA.AA') },
      { ...rule, ticketLimit: 100 },
    );
    for (let row = 0; row < 12; row++) {
      const first = row * 11;
      const pairs = [
        [first + 3, first + 4],
        [first + 6, first + 7],
      ];
      const answers = await race(crowd, ({ client }, index) =>
        reserve(client, event, { places: pairs[index % 2]! }),
      );
      expect(tally(answers)).toMatchObject({ TicketsReserved: 1 });
    }
  });

  test('best available does not choose what the rule refuses at a price border', async () => {
    const { event } = await drawnOnSale(
      world.platform,
      { stalls: ['AAAA/.AAAA', 'AAA/A/AAAA', 'AAAA/AAAAA'] },
      { ...rule, ticketLimit: 20 },
    );
    for (let n = 0; n < 5; n++)
      expect((await reserveBest(n % 2 ? ana : ben, event, 3)).__typename).toBe('TicketsReserved');
  });

  test('a refused idempotency key can be used again', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAAAA'] }, rule);
    expect(await reserve(ana, event, { places: [1, 2] }, 'again')).toMatchObject({
      __typename: 'OrphanSeat',
    });
    await reserved(ana, event, { places: [0, 1] }, 'again');
  });

  test('availability is checked before the rule', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAAAA'] }, rule);
    await reserved(ana, event, { places: [4, 5] });
    expect(await reserve(ben, event, { places: [1, 4] })).toMatchObject({
      __typename: 'TicketsUnavailable',
      places: [4],
    });
  });

  test.each<[string, string[], number[]]>([
    ['where the row has no other room', ['AAA...', 'AAAAAA'], [0, 1]],
    ['across an aisle', ['A|AA..|A', 'AAAAAA'], [1, 2]],
    ['for a wheelchair place', ['AWAAAA', 'AAAAAA'], [1]],
    ['once a tenth of the section is left', ['AAAA......', ...Array<string>(3).fill('..........')], [1, 2]],
  ])('it does not apply %s', async (_where, stalls, places) => {
    const { event } = await drawnOnSale(world.platform, { stalls }, rule);
    await reserved(ana, event, { places });
  });

  test('one seat more than a tenth is not nearly sold out', async () => {
    const sold = Array<string>(3).fill('..........');
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAA.A....', ...sold] }, rule);
    expect(await reserve(ana, event, { places: [1, 2] })).toMatchObject({ __typename: 'OrphanSeat' });
  });

  test('it does not apply to areas, nor at Events without the rule', async () => {
    const floor = { floor: { free: 5, places: 5 } };
    const standing = await drawnOnSale(world.platform, { ...floor, stalls: ['AAAAAA'] }, rule);
    await reserved(ana, standing.event, { generalAdmission: [{ area: 'floor', quantity: 4 }] });
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAAAA'] });
    await reserved(ana, event, { places: [1, 2] });
  });

  test('holds that have run out are free seats', async () => {
    const { id, event } = await drawnOnSale(world.platform, { stalls: ['AAAAAAA'] }, rule);
    await reserved(ana, event, { places: [5, 6] });
    expect(await reserve(ben, event, { places: [2, 3] })).toMatchObject({ places: [4] });
    await world.platform.sql`
      update tickets set held_until = now() - interval '1 second', version = version + 1
      where event_id = ${id} and status = 'RESERVED'`;
    await world.platform.sql`
      update reservations set held_until = now() - interval '1 second' where event_id = ${id}`;
    await reserved(ben, event, { places: [2, 3] });
  });

  test('an organiser switches it on and off', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAAAA'] });
    const olga = await world.as(ORGANISER, 'ORGANISER');
    const set = (orphanRule: boolean | null) =>
      olga.mutate(
        'updateEvent',
        { id: event, event: { orphanRule } },
        '... on EventUpdated { event { orphanRule } }',
      );
    expect(await set(true)).toMatchObject({ event: { orphanRule: true } });
    expect(await reserve(ana, event, { places: [1, 2] })).toMatchObject({ __typename: 'OrphanSeat' });
    expect(await set(null)).toMatchObject({ event: { orphanRule: false } });
    await reserved(ana, event, { places: [1, 2] });
  });

  test('best available never leaves an orphan where there is an alternative', async () => {
    const { event, show } = await drawnOnSale(world.platform, { stalls: ['.AAA..', 'AAAAAA', 'AAAAAA'] }, rule); // prettier-ignore
    const all: number[] = [];
    for (const [index, quantity] of [3, 2, 3, 2, 3, 2].entries()) {
      const answer = await reserveBest(index % 2 ? ana : ben, event, quantity);
      all.push(...answer.reservation.tickets.map(({ place }: any) => place));
    }
    expect(show(all)).toEqual({ stalls: ['.###..', '######', '######'] });
  });

  test('concurrent selections that together leave a seat between them are serialised', async () => {
    const crowd = await buyers(world, 8, 'neighbour');
    const rows = Array<string>(12).fill('AAAAA.AA'); // the last two are another way for every pair
    const { event } = await drawnOnSale(world.platform, { stalls: rows }, { ...rule, ticketLimit: 100 });
    for (const row of rows.keys()) {
      const first = row * 8;
      const pairs = [
        [first, first + 1],
        [first + 3, first + 4],
      ];
      const answers = await race(crowd, ({ client }, index) =>
        reserve(client, event, { places: pairs[index % 2]! }),
      );
      expect(tally(answers)).toMatchObject({ TicketsReserved: 1 });
      const orphans = answers.filter(({ __typename }) => __typename === 'OrphanSeat');
      expect(orphans.map(({ places }) => places)).toEqual(orphans.map(() => [first + 2]));
    }
  });
});
