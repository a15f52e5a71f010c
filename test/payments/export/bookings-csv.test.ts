import { get, type IncomingMessage } from 'node:http';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { bookingsCsv } from '../../../src/payments/export/bookings-csv.ts';
import { recordStatements } from '../../statements/statement-recorder.ts';
import { giveBack, openCheckoutWorld, pay, type CheckoutWorld } from '../../support/checkout-world.ts';
import { reserved } from '../../support/holds.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld } from '../../support/world.ts';

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld({ roles: ['api'] });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const tokenOf = (name = ORGANISER, role: 'ORGANISER' | 'ADMIN' | 'FAN' = 'ORGANISER') =>
  world.token(name, role);
const urlOf = (event: string) => `${world.url}/events/${event}/bookings.csv`;

async function download(event: string, token?: string) {
  const response = await fetch(urlOf(event), { headers: token ? { authorization: `Bearer ${token}` } : {} });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

/** Insert confirmed Bookings of one ticket each, with a long name. */
async function plantBookings({ id }: SeededEvent, count: number): Promise<void> {
  await world.platform.db.execute(sql`
    insert into bookings (event_id, id, reservation_id, viewer_id, step, amount_minor, currency, confirmed_at)
    select ${id}, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, gen_random_uuid(), repeat('x', 200), 'confirmed',
      5000, 'EUR', now() from generate_series(1, ${count}::int) n`);
}

describe('the export of bookings', () => {
  let event: SeededEvent;
  beforeAll(async () => {
    event = await eventOnSale(world.platform, { seats: 40, currency: 'EUR' });
    for (const [name, place] of [
      ['=HYPERLINK("http://evil.example", "x")', 0],
      ['+1', 2],
      ['-1', 4],
      ['@SUM(A1)', 6],
      ['a;b,"c"', 8],
    ] as const) {
      const client = await world.as(name);
      const reservation = await reserved(client, event.event, { places: [place, place + 1] });
      const { booking } = await pay({ client, reservation });
      if (place === 4) await giveBack({ client }, booking);
    }
    const declined = await world.as('declined');
    const reservation = await reserved(declined, event.event, { places: [20] });
    await pay({ client: declined, reservation }, { paymentMethod: 'pm_card_chargeDeclined' });
  });

  test('has a line for each booking, oldest first, with money and places', async () => {
    const { status, headers, text } = await download(event.event, await tokenOf());
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('cache-control')).toBe('no-store');
    const rows = rowsOf(text);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({
      ...{ status: 'CONFIRMED', currency: 'EUR', total: '100.00', charged: '100.00', refunded: '0.00' },
      ...{
        disputed: '0.00',
        tickets: '2',
        places: 'Stalls, row 1, seat 1; Stalls, row 1, seat 2',
        returned_places: '',
      },
    });
    expect(rows[2]).toMatchObject({
      ...{ status: 'CANCELLED', charged: '100.00', refunded: '100.00', tickets: '0', places: '' },
      returned_places: 'Stalls, row 1, seat 5; Stalls, row 1, seat 6',
    });
    expect(text).not.toContain('secret');
  });

  test('has no text that a spreadsheet would take as a formula', async () => {
    const { text } = await download(event.event, await tokenOf());
    expect(rowsOf(text).map(({ buyer }) => buyer)).toEqual([
      ...[`'=HYPERLINK("http://evil.example", "x")`, `'+1`, `'-1`, `'@SUM(A1)`, 'a;b,"c"'],
    ]);
    for (const row of rowsOf(text))
      for (const value of Object.values(row)) expect(value).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('is for the organiser and admins alone', async () => {
    expect((await download(event.event)).status).toBe(401);
    expect((await download(event.event, 'x.y.z')).status).toBe(401);
    expect((await download(event.event, await tokenOf('another organiser'))).status).toBe(404);
    expect((await download(event.event, await tokenOf(ORGANISER, 'FAN'))).status).toBe(404);
    expect((await download(event.event, await tokenOf('ada', 'ADMIN'))).status).toBe(200);
    for (const id of ['x', `evt_${'0'.repeat(32)}`, '%00', '..%2f'])
      expect((await download(id, await tokenOf())).status, id).toBe(404);
  });

  test('is found by its path in the schema', async () => {
    const organiser = await world.as(ORGANISER, 'ORGANISER');
    const query = 'query ($event: ID!) { event(id: $event) { bookingsCsvPath } }';
    const { bookingsCsvPath } = (await organiser.ask(query, { event: event.event })).event;
    expect(world.url + bookingsCsvPath).toBe(urlOf(event.event));
  });

  test('reads a batch at a time, and none before the one before is taken', async () => {
    const sold = await eventOnSale(world.platform);
    await plantBookings(sold, 25);
    using recorder = recordStatements();
    const reads = () => recorder.sent.filter(({ name }) => name === 'payments.listEventBookingsAfter').length;
    const chunks = bookingsCsv(world.platform.db, { id: sold.id, seatingPlanId: null }, 10);
    const taken: string[] = [];
    for (let batch = 0; batch < 3; batch++) {
      taken.push((await chunks.next()).value as string);
      expect(reads()).toBe(batch); // the header comes without a read
    }
    for await (const chunk of chunks) taken.push(chunk);
    expect(rowsOf(taken.join(''))).toHaveLength(25);
    expect(reads()).toBe(3);
  });
});

test('an export counts as 20 requests', async () => {
  await using limited = await openWorld({ environment: { LIMIT_REQUESTS_PER_MINUTE: '30' } });
  const { event } = await eventOnSale(limited.platform);
  const headers = { authorization: `Bearer ${await limited.token(ORGANISER, 'ORGANISER')}` };
  const ask = () => fetch(`${limited.url}/events/${event}/bookings.csv`, { headers });
  const first = await ask();
  expect(first.status).toBe(200);
  expect(first.headers.get('ratelimit-remaining')).toBe('10');
  await first.text();
  const second = await ask();
  expect(second.status).toBe(429);
  expect(await second.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
});

describe('an export of any size', () => {
  const BOOKINGS = 100_000;
  let event: SeededEvent;
  beforeAll(async () => {
    event = await eventOnSale(world.platform);
    await plantBookings(event, BOOKINGS);
  });

  /** Begin a download, and read nothing of it. */
  const begin = (token: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(urlOf(event.event), { headers: { authorization: `Bearer ${token}` } }, resolve).on('error', reject);
    });

  test('waits for a client that does not read, keeps its slot, and stops when it goes away', async () => {
    using recorder = recordStatements();
    const token = await tokenOf();
    const response = await begin(token);
    expect(response.statusCode).toBe(200);
    const second = await download(event.event, token);
    expect(second.status).toBe(503);
    expect(second.headers.get('retry-after')).toBe('10');
    response.destroy();
    // the slot comes back: another export of the same viewer begins
    const third = await eventually('the export has stopped', async () => {
      const next = await begin(token);
      if (next.statusCode === 200) return next;
      next.destroy();
      return null;
    });
    third.destroy();
    const reads = recorder.sent.filter(({ name }) => name === 'payments.listEventBookingsAfter').length;
    expect(reads).toBeLessThan(BOOKINGS / 500); // two exports, each cut off
  });

  test('comes whole to a client that reads', async () => {
    const { status, text } = await download(event.event, await tokenOf('ada', 'ADMIN'));
    expect(status).toBe(200);
    expect(text.split('\r\n')).toHaveLength(BOOKINGS + 2);
  });
});
