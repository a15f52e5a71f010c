import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { Client } from '../../support/client.ts';
import { drawnOnSale } from '../../support/drawn-venue.ts';
import { reserve, reserveBest, reserved, runOut } from '../../support/holds.ts';
import { draftEvent, eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

shareAuditedWorld((shared) => ({ world, ana, ben } = shared));

const placesOf = (answer: any): number[] => {
  expect(answer).toMatchObject({ __typename: 'TicketsReserved' });
  return answer.reservation.tickets.map(({ place }: { place: number }) => place);
};

describe('the best tickets are held', () => {
  test('side by side, nearest to the stage, with the hold time and prices of any reservation', async () => {
    const { event, show } = await drawnOnSale(
      world.platform,
      { stalls: ['AA.AA', 'AAAAA', 'AAAAA'] },
      { holdSeconds: 120, holdCapSeconds: 300 },
      { stalls: [0, 1, 2] },
    );
    const answer = await reserveBest(ana, event, 3);
    expect(show(placesOf(answer))).toEqual({ stalls: ['AA.AA', '###AA', 'AAAAA'] });
    const { reservation } = answer;
    expect(reservation).toMatchObject({ status: 'HELD', total: { amount: 21_000, currency: 'EUR' } });
    expect(reservation.secondsLeft).toBeGreaterThan(0);
    expect(Date.parse(reservation.extendableUntil) - Date.parse(reservation.heldUntil)).toBe(180_000);
  });

  test('each further call gets the next best', async () => {
    const { event, show } = await drawnOnSale(world.platform, { stalls: ['AAAA', 'AAAA', 'AA..'] });
    const all: number[] = [];
    const seen: string[][] = [];
    for (const [client, quantity] of [
      [ana, 4],
      [ben, 2],
      [ana, 3],
      [ben, 1],
    ] as const) {
      all.push(...placesOf(await reserveBest(client, event, quantity)));
      seen.push(show(all)['stalls']!);
    }
    expect(seen).toEqual([
      ['####', 'AAAA', 'AA..'],
      ['####', '##AA', 'AA..'],
      ['####', '###A', '##..'], // no three side by side: two rows
      ['####', '####', '##..'],
    ]);
    expect(await reserveBest(ana, event, 1)).toEqual({
      __typename: 'NoSeatsTogether',
      message: 'No tickets that meet the criteria are left. Change the criteria.',
      together: 0,
      available: 0,
      accessible: 0,
    });
  });

  test('places whose hold has run out count as free', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAA'] });
    const first = await reserveBest(ana, event, 4);
    expect(await reserveBest(ben, event, 4)).toMatchObject({ __typename: 'NoSeatsTogether' });
    await runOut(world.platform.db, first.reservation);
    expect(placesOf(await reserveBest(ben, event, 4))).toEqual([0, 1, 2, 3]);
  });

  test('by criteria: tiers, sections, prices, wheelchair places', async () => {
    const venue = { left: ['AAAA', 'AAAA'], right: ['AAAA', 'WAAA'], floor: { free: 9, places: 9 } };
    const categories = { left: [0, 1], right: [0, 1], floor: [2] };
    const { event } = await drawnOnSale(world.platform, venue, { ticketLimit: 20 }, categories);
    const seats = async (criteria: object) =>
      (await reserveBest(ana, event, 2, criteria)).reservation.tickets.map(
        ({ section, row, tier, accessible }: any) => `${section} ${row} ${tier}${accessible ? ' W' : ''}`,
      );
    expect(await seats({ tiers: [1], sections: ['left'] })).toEqual(['left 2 1', 'left 2 1']);
    expect(await seats({ price: { currency: 'EUR', min: 8_000 } , sections: ['right'] })).toEqual(['right 1 0', 'right 1 0']); // prettier-ignore
    expect(await seats({ price: { currency: 'EUR', max: 6_000 } })).toEqual(['floor null 2', 'floor null 2']);
    expect(await seats({ sections: ['floor'] })).toEqual(['floor null 2', 'floor null 2']);
    expect(await seats({ accessible: 1 })).toEqual(['right 2 1 W', 'right 2 1']);
    expect(await reserveBest(ana, event, 2, { accessible: 1 })).toMatchObject({
      __typename: 'NoSeatsTogether',
      message: 'No wheelchair-accessible places that meet the criteria are left. Change the criteria.',
      together: 0,
      accessible: 0,
    });
    expect(await reserveBest(ana, event, 6, { sections: ['floor'] })).toEqual({
      __typename: 'NoSeatsTogether',
      message:
        'Too few are left near each other: at most 5 side by side, 5 in all. Request fewer or change the criteria.',
      together: 5,
      available: 5,
      accessible: 0,
    });
  });
});

test('a refusal says how many wheelchair places are left', async () => {
  const { event } = await drawnOnSale(world.platform, { left: ['WAAW', 'AAAA'], right: ['WAAA'] });
  expect(await reserveBest(ana, event, 4, { sections: ['left'], accessible: 3 })).toMatchObject({
    __typename: 'NoSeatsTogether',
    message:
      'Only 2 of the wheelchair-accessible places that meet the criteria are left. Request fewer or change the criteria.',
    accessible: 2,
  });
  expect(await reserveBest(ana, event, 4, { accessible: 4 })).toMatchObject({ accessible: 3 });
});

describe('refusals', () => {
  test('invalid criteria are refused with a list of all problems', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AAAA'] });
    const criteria = {
      tiers: [0, 3],
      sections: ['stalls', 'moon'],
      accessible: -1,
      price: { currency: 'USD', min: 5, max: 4 },
    };
    const { problems } = await reserveBest(ana, event, 0, criteria);
    expect(problems).toEqual([
      { path: ['quantity'], message: 'must be at least 1' },
      { path: ['accessible'], message: 'must be 0 to `quantity`' },
      { path: ['tiers', '1'], message: 'is not a tier of this Event' },
      { path: ['sections', '1'], message: 'is not a section of this Event' },
      { path: ['price', 'currency'], message: 'must be EUR' },
      { path: ['price', 'max'], message: 'must not be less than `min`' },
    ]);
    const empty = await reserveBest(ana, event, 1, { tiers: [], sections: [], accessible: 2, idempotencyKey: randomUUID() }); // prettier-ignore
    expect(empty.problems.map(({ path }: any) => path[0])).toEqual(['accessible', 'tiers', 'sections']);
    for (const idempotencyKey of ['', 'x'.repeat(201), 'a\u0000b']) {
      expect(await reserveBest(ana, event, 1, { idempotencyKey })).toMatchObject({
        problems: [{ path: ['idempotencyKey'] }],
      });
    }
  });

  test('an Event that is not on sale or not visible to the viewer', async () => {
    const draft = await draftEvent(world.platform);
    const later = await eventOnSale(world.platform, { seats: 20 }, { saleStartsAt: inDays(1) });
    expect(await reserveBest(ana, draft.event, 1)).toMatchObject({ __typename: 'EventNotFound' });
    expect(await reserveBest(ana, 'evt_nonsense', 1)).toMatchObject({ __typename: 'EventNotFound' });
    expect(await reserveBest(ana, later.event, 1)).toMatchObject({ __typename: 'EventNotOnSale' });
  });

  test('viewers without the role of a buyer', async () => {
    const { event } = await eventOnSale(world.platform);
    const ask = `mutation ($input: ReserveBestAvailableInput!) { reserveBestAvailable(input: $input) { __typename } }`;
    const input = { event, quantity: 1, idempotencyKey: 'key' };
    const organiser = await world.as(ORGANISER, 'ORGANISER');
    expect((await world.stranger.send(ask, { input })).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect((await organiser.send(ask, { input })).errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  test('more tickets than the limit, which counts tickets that the buyer selected', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 4 });
    expect(await reserveBest(ana, event, 5)).toMatchObject({ __typename: 'TicketLimitExceeded', limit: 4, alreadyHeld: 0 }); // prettier-ignore
    await reserved(ana, event, { places: [0, 1] });
    expect(placesOf(await reserveBest(ana, event, 2))).toHaveLength(2);
    expect(await reserveBest(ana, event, 1)).toMatchObject({ __typename: 'TicketLimitExceeded', limit: 4, alreadyHeld: 4 }); // prettier-ignore
  });

  test('more attempts per minute than the limit shared with `reserveTickets`', async () => {
    await using limited = await openWorld({ environment: { LIMIT_RESERVATIONS_PER_MINUTE: '2' } });
    const { event } = await eventOnSale(limited.platform);
    const client = await limited.as('eager');
    await reserve(client, event, { places: [0] });
    await reserveBest(client, event, 1);
    const { errors } = await client.send(
      `mutation ($input: ReserveBestAvailableInput!) { reserveBestAvailable(input: $input) { __typename } }`,
      { input: { event, quantity: 1, idempotencyKey: 'third' } },
    );
    expect(errors[0]?.extensions['code']).toBe('RATE_LIMITED');
  });
});

describe('a repeated call', () => {
  test('returns the first success, also to concurrent repetitions', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 });
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => reserveBest(ana, event, 2, { idempotencyKey })),
    );
    expect(new Set(answers.map(({ reservation }) => reservation?.id)).size).toBe(1);
    expect(await reserveBest(ana, event, 2, { idempotencyKey })).toMatchObject({
      reservation: { id: answers[0].reservation.id },
    });
  });

  test('is the same with criteria that are null, absent, or their default', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 });
    const idempotencyKey = randomUUID();
    const first = await reserveBest(ana, event, 2, { idempotencyKey, tiers: null });
    for (const criteria of [{}, { sections: null, price: null }, { accessible: null }, { accessible: 0 }]) {
      expect(await reserveBest(ana, event, 2, { idempotencyKey, ...criteria })).toMatchObject({
        reservation: { id: first.reservation.id },
      });
    }
    const reused = { __typename: 'IdempotencyKeyReused', idempotencyKey };
    expect(await reserveBest(ana, event, 2, { idempotencyKey, accessible: 1 })).toMatchObject(reused);
  });

  test('is refused with other criteria or for another mutation', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 });
    const idempotencyKey = randomUUID();
    placesOf(await reserveBest(ana, event, 2, { idempotencyKey }));
    const reused = { __typename: 'IdempotencyKeyReused', idempotencyKey };
    expect(await reserveBest(ana, event, 3, { idempotencyKey })).toMatchObject(reused);
    expect(await reserveBest(ana, event, 2, { idempotencyKey, tiers: [0] })).toMatchObject(reused);
    expect(await reserve(ana, event, { places: [0] }, idempotencyKey)).toMatchObject(reused);
    expect(await reserveBest(ben, event, 3, { idempotencyKey })).toMatchObject({
      __typename: 'TicketsReserved',
    });
  });

  test('returns the first success even if no tickets are left', async () => {
    const { event } = await drawnOnSale(world.platform, { stalls: ['AA'] });
    const idempotencyKey = randomUUID();
    const first = await reserveBest(ana, event, 2, { idempotencyKey });
    expect(await reserveBest(ana, event, 2, { idempotencyKey })).toMatchObject({
      reservation: { id: first.reservation.id },
    });
    expect(await reserveBest(ana, event, 2)).toMatchObject({ __typename: 'NoSeatsTogether' });
  });
});
