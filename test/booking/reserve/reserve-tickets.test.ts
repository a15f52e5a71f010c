import { describe, expect, test } from 'vitest';

import type { Client } from '../../support/client.ts';
import { keyOf, reserve, reserved, runOut } from '../../support/holds.ts';
import { draftEvent, eventOnSale, inDays, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { shareAuditedWorld } from '../../support/shared-world.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
let ana: Client;
let ben: Client;

shareAuditedWorld((shared) => ({ world, ana, ben } = shared));

describe('holding seats', () => {
  test('holds all selected tickets, at their prices, for the Event’s hold time', async () => {
    const { event, ticket } = await eventOnSale(
      world.platform,
      { seats: 40, prices: [7_000, 4_500] },
      { holdSeconds: 120, holdCapSeconds: 300 },
    );

    const reservation = await reserved(ana, event, { places: [20, 0, 1] });

    expect(reservation).toMatchObject({
      status: 'HELD',
      total: { amount: 18_500, currency: 'EUR' },
      tickets: [
        { id: ticket(0), place: 0, section: 'Stalls', row: '1', seat: '1', accessible: true, tier: 0 },
        { id: ticket(1), place: 1, section: 'Stalls', row: '1', seat: '2', accessible: false, tier: 0 },
        { id: ticket(20), place: 20, section: 'Stalls', row: '2', seat: '1', accessible: false, tier: 1 },
      ],
    });
    expect(reservation.tickets.map((one: any) => [one.status, one.price.amount])).toEqual([
      ['RESERVED', 7_000],
      ['RESERVED', 7_000],
      ['RESERVED', 4_500],
    ]);
    expect(reservation.secondsLeft).toBeGreaterThan(0);
    expect(reservation.secondsLeft).toBeLessThanOrEqual(120);
    expect(Date.parse(reservation.extendableUntil) - Date.parse(reservation.heldUntil)).toBe(180_000);
  });

  test('tickets can be selected by global id, too', async () => {
    const { event, ticket } = await eventOnSale(world.platform);
    const reservation = await reserved(ana, event, { tickets: [ticket(3), ticket(2)] });
    expect(reservation.tickets.map(({ place }: any) => place)).toEqual([2, 3]);
  });

  test('the second buyer gets a list of the taken places, and no tickets', async () => {
    const { event } = await eventOnSale(world.platform);
    await reserved(ana, event, { places: [4, 5] });

    expect(await reserve(ben, event, { places: [3, 4, 5, 6] })).toMatchObject({
      __typename: 'TicketsUnavailable',
      places: [4, 5],
    });
    expect(await reserve(ben, event, { places: [3, 6] })).toMatchObject({ __typename: 'TicketsReserved' });
  });

  test('a place whose hold has run out is sold at once, without the sweeper', async () => {
    const { event } = await eventOnSale(world.platform);
    const expired = await reserved(ana, event, { places: [1, 2, 3] });
    await runOut(world.platform.db, expired);

    expect(await reserve(ben, event, { places: [2] })).toMatchObject({ __typename: 'TicketsReserved' });

    const { node, nodes } = await ana.ask(
      `query ($id: ID!, $tickets: [ID!]!) {
        node(id: $id) { ... on Reservation { status secondsLeft tickets { place status } } }
        nodes(ids: $tickets) { ... on Ticket { status } }
      }`,
      { id: expired.id, tickets: expired.tickets.map(({ id }: any) => id) },
    );
    expect(node).toMatchObject({ status: 'EXPIRED', secondsLeft: 0 });
    expect(nodes.map(({ status }: any) => status)).toEqual(['AVAILABLE', 'RESERVED', 'AVAILABLE']);
    const rows = await world.platform.sql`
      select r.status, count(t.*)::int as tickets from reservations r
      left join tickets t on t.event_id = r.event_id and t.reservation_id = r.id
      where r.id = ${keyOf(expired).id} group by r.status`;
    expect([...rows]).toEqual([{ status: 'EXPIRED', tickets: 0 }]); // expired in the same transaction
  });

  test('a buyer who already holds some of the places gets that Reservation', async () => {
    const { event } = await eventOnSale(world.platform);
    const first = await reserved(ana, event, { places: [7, 8] });
    expect(await reserve(ana, event, { places: [8, 9] })).toMatchObject({
      __typename: 'TicketsAlreadyYours',
      reservation: { id: first.id, status: 'HELD' },
    });
  });
});

describe('general admission', () => {
  test('holds the quantity of each area, all or none', async () => {
    const { event } = await eventOnSale(world.platform, {
      seats: 20,
      areas: [
        { key: 'floor', places: 5 },
        { key: 'pit', places: 2 },
      ],
    });
    const both = [
      { area: 'pit', quantity: 2 },
      { area: 'floor', quantity: 3 },
    ];
    const reservation = await reserved(ana, event, { generalAdmission: both });
    expect(reservation.tickets.map(({ section, row, seat }: any) => [section, row, seat])).toEqual([
      ...Array(3).fill(['Area floor', null, null]),
      ...Array(2).fill(['Area pit', null, null]),
    ]);

    const more = { generalAdmission: [{ area: 'floor', quantity: 2 }, { area: 'pit', quantity: 1 }] }; // prettier-ignore
    expect(await reserve(ben, event, more)).toMatchObject({
      __typename: 'NotEnoughTickets',
      area: 'pit',
      available: 0,
    });
    expect(await reserve(ben, event, { generalAdmission: [{ area: 'floor', quantity: 3 }] })).toMatchObject({
      __typename: 'NotEnoughTickets',
      area: 'floor',
      available: 2,
    });
    expect(await reserve(ben, event, { generalAdmission: [{ area: 'floor', quantity: 2 }] })).toMatchObject({
      __typename: 'TicketsReserved',
    });
  });

  test('takes places whose hold has run out', async () => {
    const { event } = await eventOnSale(world.platform, { areas: [{ key: 'floor', places: 4 }] });
    const all = { generalAdmission: [{ area: 'floor', quantity: 4 }] };
    await runOut(world.platform.db, await reserved(ana, event, all));
    expect(await reserve(ben, event, all)).toMatchObject({ __typename: 'TicketsReserved' });
  });
});

describe('the limit of one buyer', () => {
  test('counts tickets that the buyer holds and owns at the Event, but not expired or released ones', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 4 });
    const first = await reserved(ana, event, { places: [0, 1, 2] });
    expect(await reserve(ana, event, { places: [3, 4] })).toMatchObject({
      __typename: 'TicketLimitExceeded',
      limit: 4,
      alreadyHeld: 3,
    });
    await runOut(world.platform.db, first);
    const second = await reserved(ana, event, { places: [3, 4, 5] });
    await ana.mutate('releaseReservation', { reservation: second.id });
    expect(await reserve(ana, event, { places: [6, 7, 8, 9] })).toMatchObject({
      __typename: 'TicketsReserved',
    });
  });

  test('refuses a quantity above the limit at once', async () => {
    const { event } = await eventOnSale(world.platform, { seats: 40 }, { ticketLimit: 2 });
    await reserved(ana, event, { places: [9] });
    expect(await reserve(ana, event, { places: [0, 1, 2] })).toMatchObject({
      __typename: 'TicketLimitExceeded',
      limit: 2,
      alreadyHeld: 1,
    });
  });
});

describe('an Event that is not on sale', () => {
  let seeded: SeededEvent;
  const notOnSale = (fields: Parameters<typeof eventOnSale>[2]) =>
    eventOnSale(world.platform, { seats: 20 }, fields);

  test('before the sale begins', async () => {
    const saleStartsAt = inDays(1);
    seeded = await notOnSale({ saleStartsAt });
    expect(await reserve(ana, seeded.event, { places: [0] })).toMatchObject({
      __typename: 'EventNotOnSale',
      status: 'ON_SALE',
      saleStartsAt: saleStartsAt.toISOString(),
    });
  });

  test('after it has ended', async () => {
    const saleEndsAt = inDays(-1);
    seeded = await notOnSale({ saleStartsAt: inDays(-2), saleEndsAt });
    expect(await reserve(ana, seeded.event, { places: [0] })).toMatchObject({
      __typename: 'EventNotOnSale',
      saleStartsAt: null,
      saleEndsAt: saleEndsAt.toISOString(),
    });
  });

  test('after the Event has started, where no end was set', async () => {
    seeded = await notOnSale({ startsAt: inDays(-1) });
    expect(await reserve(ana, seeded.event, { places: [0] })).toMatchObject({ __typename: 'EventNotOnSale' });
  });

  test('announced only', async () => {
    seeded = await draftEvent(world.platform, { seats: 20 }, { status: 'ANNOUNCED' });
    expect(await reserve(ana, seeded.event, { places: [0] })).toMatchObject({
      __typename: 'EventNotOnSale',
      status: 'ANNOUNCED',
    });
  });

  test('a draft is not found, except by its organiser', async () => {
    seeded = await draftEvent(world.platform, { seats: 20 });
    expect(await reserve(ana, seeded.event, { places: [0] })).toMatchObject({ __typename: 'EventNotFound' });
    const organiser = await world.as(ORGANISER, 'ORGANISER', 'FAN');
    expect(await reserve(organiser, seeded.event, { places: [0] })).toMatchObject({
      __typename: 'EventNotOnSale',
      status: 'DRAFT',
    });
  });

  test.each(['evt_00000000000000000000000000000000', 'evt_1', 'x', ''])(
    'an Event called %o',
    async (event) => {
      expect(await reserve(ana, event, { places: [0] })).toMatchObject({ __typename: 'EventNotFound' });
    },
  );
});

describe('authorisation', () => {
  test('requires the token of a fan or partner', async () => {
    const { event } = await eventOnSale(world.platform);
    const mutation = `mutation ($event: ID!) {
      reserveTickets(input: { event: $event, selection: { places: [0] }, idempotencyKey: "k" }) { __typename }
    }`;
    expect((await world.stranger.send(mutation, { event })).errors[0]?.extensions['code']).toBe(
      'UNAUTHENTICATED',
    );
    const gate = await world.as('gate', 'GATE');
    expect((await gate.send(mutation, { event })).errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const partner = await world.as('partner', 'PARTNER');
    expect((await partner.ask(mutation, { event }))['reserveTickets'].__typename).toBe('TicketsReserved');
  });

  test('allows ten attempts per minute by default', async () => {
    await using limited = await openWorld({ environment: { LIMIT_RESERVATIONS_PER_MINUTE: '2' } });
    const { event } = await eventOnSale(limited.platform);
    const client = await limited.as('ana');
    await reserved(client, event, { places: [0] });
    await reserve(client, event, { places: [0] });
    await expect(reserve(client, event, { places: [1] })).rejects.toThrow('RATE_LIMITED');
  });
});

describe('invalid input', () => {
  test('is refused as a whole, with a list of all problems', async () => {
    const { event, ticket } = await eventOnSale(world.platform, {
      seats: 20,
      areas: [{ key: 'floor', places: 5 }],
    });
    const other = await eventOnSale(world.platform);
    expect(
      await reserve(ana, event, {
        tickets: [ticket(0), ticket(0), 'nonsense', other.ticket(1), ticket(99), ticket(21)],
      }),
    ).toMatchObject({
      __typename: 'InvalidInput',
      problems: [
        { path: ['selection', 'tickets', '2'], message: 'is not the id of a Ticket' },
        { path: ['selection', 'tickets', '3'], message: 'is a Ticket of another Event' },
        { path: ['selection', 'tickets', '1'], message: 'is listed twice' },
        { path: ['selection', 'tickets', '4'], message: 'is not a place of this Event' },
        {
          path: ['selection', 'tickets', '5'],
          message: 'is in the area `floor`, which is sold by quantity: use `generalAdmission`',
        },
      ],
    });
    expect(await reserve(ana, event, { places: [0] })).toMatchObject({ __typename: 'TicketsReserved' });
  });

  test.each(['', 'x'.repeat(201), 'with\u0000nothing', 'two\nlines'])(
    'an idempotency key like %o',
    async (key) => {
      const { event } = await eventOnSale(world.platform);
      expect(await reserve(ana, event, { places: [0] }, key)).toMatchObject({
        __typename: 'InvalidInput',
        problems: [{ path: ['idempotencyKey'] }],
      });
    },
  );

  test('two kinds of selection in one input fail GraphQL validation', async () => {
    const { event, ticket } = await eventOnSale(world.platform);
    await expect(reserve(ana, event, { places: [0], tickets: [ticket(1)] })).rejects.toThrow(
      'BAD_USER_INPUT',
    );
  });
});
