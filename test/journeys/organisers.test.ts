import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openCheckoutWorld, type CheckoutWorld } from '../support/checkout-world.ts';
import { isInstalled, run } from '../support/process.ts';
import { ISSUER_FILE } from '../support/world.ts';
import { ADDRESS, blocksAfter, pageOf } from './readme.ts';

// The page's commands use curl, which slim Debian images lack.
const withCurl = test.skipIf(!(await isInstalled('curl')));

/** The markers of the page, in its order. */
const STEPS = [
  ...[
    'tokens',
    'event',
    'announce',
    'publish',
    'pause',
    'prices',
    'limits',
    'sales',
    'export',
    'parts',
    'move',
    'withdraw',
    'cancel',
    'refunds',
    'trail',
  ],
];

let world: CheckoutWorld;
beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

withCurl('an organiser gets from nothing to a cancelled Event with docs/organisers.md alone', async () => {
  const page = pageOf('docs/organisers.md');
  const commands = STEPS.map((step) => blocksAfter(step, 'sh', page).join('\n')).join('\n');
  const markers = [...page.matchAll(/<!-- tried: (\w+) -->/g)].map(([, marker]) => marker);
  expect(markers).toEqual(STEPS); // no step of the page is left out
  const { code, out, err } = await run('bash', ['-euc', commands.replaceAll(ADDRESS, world.url)], {
    DATA_DIRECTORY: dirname(ISSUER_FILE),
    ...{ AUTH_ISSUER: '', AUTH_AUDIENCE: '', AUTH_JWKS_URL: '' },
  });
  expect(err).toBe('');
  expect(code).toBe(0);
  const [event, ...lines] = out.trim().split('\n');
  expect(out).toMatch(/,CONFIRMED,ana,.*,EUR,120\.00,120\.00,0\.00,0\.00,2,/); // of the export
  expect(event).toMatch(/^evt_/);
  const answers = lines
    .filter((line) => line.startsWith('{'))
    .map((line) => Object.values<any>(JSON.parse(line).data)[0]);
  expect(answers).toMatchObject([
    { __typename: 'EventAnnounced', event: { status: 'ANNOUNCED' } },
    { __typename: 'EventPublished', tickets: 200, event: { status: 'ON_SALE' } },
    { __typename: 'SalePaused', event: { salePausedAt: expect.any(String) } },
    { __typename: 'SaleIsPaused', pausedAt: expect.any(String) },
    { __typename: 'SaleResumed', event: { salePausedAt: null } },
    {
      __typename: 'PricesChanged',
      event: { priceTiers: [{ price: { formatted: '€65.00' } }, {}, { name: 'Balcony' }] },
    },
    { __typename: 'BookingConfirmed', booking: { total: { formatted: '€120.00' } } },
    { __typename: 'EventUpdated', event: { ticketLimit: 4 } },
    { __typename: 'TicketsBlocked', places: [198, 199] },
    { __typename: 'TicketsUnblocked', places: [199] },
    {
      sales: {
        tickets: { sold: 2, held: 0, blocked: 1, left: 197 },
        revenue: { charged: { formatted: '€120.00' }, net: { formatted: '€120.00' } },
        conversion: { reservations: 1, bookings: 1, rate: 1 },
      },
      bookings: { nodes: [{ status: 'CONFIRMED', total: { formatted: '€120.00' } }] },
    },
    { __typename: 'RefundAccepted', amount: { formatted: '€10.00' }, booking: { status: 'CONFIRMED' } },
    {
      __typename: 'RefundAccepted',
      amount: { formatted: '€60.00' },
      booking: { status: 'CONFIRMED', tickets: [{ id: expect.any(String) }] },
    },
    { __typename: 'EventUpdated', soldTickets: 1 },
    { __typename: 'EventHasBuyers', soldTickets: 1, heldTickets: 0 },
    { __typename: 'EventCancelled', event: { status: 'CANCELLED', cancellation: { bookings: 1 } } },
    { cancellation: { bookings: 1, failed: 0, settledAt: null } },
    {
      auditTrail: {
        nodes: [
          ...[
            'cancelEvent',
            'updateEvent',
            'refundTickets',
            'refundAmount',
            'unblockTickets',
            'blockTickets',
            'updateEvent',
            'changePrices',
          ],
          ...['resumeSale', 'pauseSale', 'publishEvent', 'announceEvent', 'createEvent'],
        ].map((mutation) => ({ mutation, actor: 'olga' })),
      },
    },
  ]);
});
