import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { FollowRefused, followSeatMap } from '../../../src/client/index.ts';
import { giveBack, openCheckoutWorld, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { reserve } from '../../support/holds.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { ALL_MOVED, answersOf, archiveYear, letPass, pastSale, rowsOf } from './past-events.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

describe('an archived Event', () => {
  test('answers for Bookings, tickets and Reservations by id as before', async () => {
    const sale = await pastSale(world, 2001);
    const before = await answersOf(sale);
    expect(before[0]).toContain('"status":"CONFIRMED"');
    expect(before[1]).toContain('"status":"EXPIRED"');
    expect((await rowsOf(world, sale.event.id))['locks']).toBeGreaterThan(0);

    const { archived, skipped, lines } = await archiveYear(world, 2001);

    expect({ archived, skipped }).toEqual({ archived: 1, skipped: 0 });
    expect(lines).toEqual([
      expect.stringMatching(
        `^${sale.event.id} The Show: archived 40 tickets, 3 reservations and 0 admissions, deleted`,
      ),
    ]);
    expect(await rowsOf(world, sale.event.id)).toEqual(ALL_MOVED);
    expect(await answersOf(sale)).toEqual(before);
    expect(await archiveYear(world, 2001)).toMatchObject({ archived: 0, skipped: 0, lines: [] });
  });

  test('has no seat map, and its Reservations are in no list', async () => {
    const sale = await pastSale(world, 2002);
    const read = `query ($event: ID!) {
      seatMap(event: $event) { available }
      viewer { reservations(event: $event) { nodes { id } } bookings(event: $event) { nodes { id } } }
    }`;
    const before = await sale.client.ask(read, { event: sale.event.event });
    expect(before).toMatchObject({ seatMap: { available: 37 } });
    expect(before['viewer'].reservations.nodes).toHaveLength(1);
    await archiveYear(world, 2002);
    expect(await sale.client.ask(read, { event: sale.event.event })).toEqual({
      seatMap: null,
      viewer: { reservations: { nodes: [] }, bookings: { nodes: [{ id: sale.booking.id }] } },
    });
  });

  test('ends the subscriptions to its seat map', async () => {
    const sale = await pastSale(world, 2006);
    const states = followSeatMap({ url: world.url, event: sale.event.event });
    await states.next();
    await archiveYear(world, 2006);
    const end = (async () => {
      for (;;) await states.next();
    })();
    await expect(end).rejects.toThrow(FollowRefused);
  });

  test('does not end a list whose last page ended with one of its Reservations', async () => {
    const client = await world.as('pages');
    const [older, newer] = [await eventOnSale(world.platform), await eventOnSale(world.platform)];
    await reserve(client, older.event, { places: [0] });
    await reserve(client, newer.event, { places: [0] });
    const page = 'query ($after: String) { viewer { reservations(first: 1, after: $after) { nodes { event { id } } pageInfo { endCursor } } } }'; // prettier-ignore
    const first = await client.ask(page);
    await letPass(world, newer.id, 2003);
    await archiveYear(world, 2003);
    const after = first['viewer'].reservations.pageInfo.endCursor as string;
    const second = await client.ask(page, { after });
    expect(second['viewer'].reservations.nodes).toEqual([{ event: { id: older.event } }]);
  });

  test('refuses changes with types', async () => {
    const sale = await pastSale(world, 2004);
    await archiveYear(world, 2004);
    const organiser = await world.as(ORGANISER, 'ORGANISER');
    const { event, reservation, client, booking } = sale;
    expect([
      await organiser.mutate('updateEvent', { id: event.event, event: { startsAt: inDays(9) } }),
      await organiser.mutate('blockTickets', { event: event.event, places: [0] }),
      await organiser.mutate('unblockTickets', { event: event.event, places: [0] }),
      await reserve(client, event.event, { places: [0] }),
      await client.mutate('extendReservation', { reservation: reservation.id }),
      await client.mutate('releaseReservation', { reservation: reservation.id }),
      await sale.other.client.mutate('releaseReservation', { reservation: sale.other.released.id }),
      await sale.other.client.mutate('releaseReservation', { reservation: reservation.id }),
      await pay(sale),
      await giveBack({ client }, booking),
    ].map((answer: { __typename: string }) => answer.__typename)).toEqual([
      'EventNotChangeable',
      'EventNotOnSale',
      'EventNotOnSale',
      'EventNotOnSale',
      'ReservationOver',
      'ReservationOver',
      'ReservationReleased',
      'ReservationNotFound',
      'ReservationOver',
      'BookingNotCancellable',
    ]); // prettier-ignore
  });

  test('has at most one owner for each place still', async () => {
    const { event } = await pastSale(world, 2005);
    await archiveYear(world, 2005);
    const sellAgain = (place: number) => world.platform.sql`
      insert into booking_tickets (event_id, place, booking_id, amount, amount_minor)
      values (${event.id}, ${place}, ${randomUUID()}, 1, 1)`;
    await expect(sellAgain(4)).rejects.toThrow(/one_owner_per_place/);
    await expect(world.platform.sql`
      insert into archived_tickets (event_id, place, tier) values (${event.id}, 4, 0)`).rejects.toThrow(
      /_pk/,
    );
  });
});

describe('the tables of the archive', () => {
  test('have the columns of those that they are filled from', async () => {
    const { rows } = await world.platform.db.execute<{ table: string; columns: string }>(sql`
      select table_name as table, string_agg(column_name || ' ' || udt_name || ' ' || is_nullable, ', ' order by column_name) as columns
      from information_schema.columns
      where table_schema = 'public' and table_name in ('tickets', 'reservations', 'waiting_room_admissions', 'archived_tickets',
        'archived_reservations', 'archived_waiting_room_admissions')
      group by 1`);
    const columns = Object.fromEntries(rows.map((row) => [row.table, row.columns]));
    expect(columns['archived_tickets']).toBe(columns['tickets']);
    expect(columns['archived_reservations']).toBe(columns['reservations']);
    expect(columns['archived_waiting_room_admissions']).toBe(columns['waiting_room_admissions']);
  });

  test('and what is deleted for them stay out of the change feed', async () => {
    const { rows } = await world.platform.db.execute(sql`
      select pubinsert, pubdelete,
        (select string_agg(tablename, ' ' order by tablename) from pg_publication_tables where pubname = 'onsale_realtime') as tables
      from pg_publication where pubname = 'onsale_realtime'`);
    expect(rows).toEqual([
      { pubinsert: false, pubdelete: false, tables: 'events performers price_tiers tickets venues' },
    ]);
  });
});
