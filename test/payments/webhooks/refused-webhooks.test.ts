import { request } from 'node:http';
import Stripe from 'stripe';
import { afterAll, expect, test } from 'vitest';

import { openWorld, type World } from '../../support/world.ts';

/** Refused bodies that an address has a minute, as in src/payments/webhooks/route.ts. */
const LIMIT = 50;
const SECRET = 'whsec_right';
const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());

const open = async (secretKey = 'sk_test_none'): Promise<World> =>
  opened.use(
    await openWorld({
      environment: { TRUST_PROXY: 'loopback', LIMIT_REQUESTS_PER_MINUTE: '100' },
      stripe: { secretKey, webhookSecret: SECRET, apiUrl: 'http://127.0.0.1:9' },
    }),
  );

const stripe = new Stripe('sk_test_none');
const EVENT = { id: 'evt_1', object: 'event', type: 'invoice.paid', livemode: false, data: {} };
const signed = (secret: string, payload = JSON.stringify(EVENT)) =>
  stripe.webhooks.generateTestHeaderString({ payload, secret });

async function deliver(url: string, address: string, signature?: string, event = EVENT) {
  const body = JSON.stringify(event);
  const response = await fetch(`${url}/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'stripe-signature': signature ?? signed(SECRET, body),
      'x-forwarded-for': address,
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

test('an address that sent many forged webhooks is refused with a retry time; deliveries from others go on', async () => {
  const { url, platform } = await open();
  const forge = (length: number) =>
    Promise.all(Array.from({ length }, () => deliver(url, '192.0.2.1', signed('whsec_wrong'))));
  const forged = [...(await forge(LIMIT)), ...(await forge(300 - LIMIT))];
  const count = (status: number) => forged.filter((answer) => answer.status === status).length;
  expect([count(400), count(429)]).toEqual([LIMIT, 300 - LIMIT]);

  const refused = await deliver(url, '192.0.2.1');
  expect(refused).toMatchObject({
    status: 429,
    body: { errors: [{ extensions: { code: 'RATE_LIMITED', limit: LIMIT } }] },
  });
  expect(Number(refused.headers.get('retry-after'))).toSatisfy(
    (seconds: number) => seconds >= 1 && seconds <= 60,
  );
  expect((await deliver(url, '192.0.2.2')).status).toBe(200);
  const results = (await platform.metrics.webhooks.get()).values.map(({ labels, value }) => [
    labels['result'],
    value,
  ]);
  expect(results).toEqual(
    expect.arrayContaining([
      ['refused', LIMIT],
      ['limited', 301 - LIMIT],
      ['ignored', 1],
    ]),
  );
});

test.each(['sk_live_none', 'rk_live_none'])(
  'a server with %s takes events of live mode alone',
  async (key) => {
    const { url } = await open(key);
    expect((await deliver(url, '192.0.2.1', undefined, { ...EVENT, livemode: true })).status).toBe(200);
    expect((await deliver(url, '192.0.2.1')).status).toBe(400);
  },
);

test('an IPv6 /48 counts as one address', async () => {
  const { url } = await open();
  for (let n = 0; n < LIMIT; n++)
    expect((await deliver(url, `2001:db8:1:${n}::1`, signed('whsec_wrong'))).status).toBe(400);
  expect((await deliver(url, '2001:db8:1:ff::1')).status).toBe(429);
  expect((await deliver(url, '2001:db8:2:ff::1')).status).toBe(200);
});

test('deliveries that are accepted have no limit', async () => {
  const { url } = await open();
  for (let n = 0; n < 2 * LIMIT; n++) expect((await deliver(url, '192.0.2.1')).status).toBe(200);
});

test('accepted deliveries that wait for the database do not count as refused', async () => {
  const { url, platform } = await open();
  const answers = await platform.db.transaction(async (tx) => {
    await tx.execute('lock table webhook_events in access exclusive mode');
    const sent = Array.from({ length: LIMIT + 10 }, (_, n) =>
      deliver(url, '192.0.2.1', undefined, { ...EVENT, id: `evt_${n}`, type: 'payment_intent.succeeded' }),
    );
    await expect
      .poll(
        () =>
          tx
            .execute("select 1 from pg_locks where not granted and relation = 'webhook_events'::regclass")
            .then(({ rows }) => rows.length),
        { timeout: 10_000 },
      )
      .toBeGreaterThan(4);
    return { sent };
  });
  const statuses = (await Promise.all(answers.sent)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test('the body of an address at its limit is not read', async () => {
  const { url } = await open();
  for (let n = 0; n < LIMIT; n++) await deliver(url, '192.0.2.1', 'nonsense');
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(
      `${url}/webhooks/stripe`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': 200_000,
          'x-forwarded-for': '192.0.2.1',
        },
      },
      (response) => resolve(response.statusCode),
    );
    sending.on('error', reject).flushHeaders(); // answered although no byte of the body was sent
  });
  expect(status).toBe(429);
});

test('bodies above 256 KiB are refused, and count', async () => {
  const { url } = await open();
  const send = (bytes: number) =>
    fetch(`${url}/webhooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' },
      body: 'x'.repeat(bytes),
    }).then(({ status }) => status);
  expect(await send(256 * 1_024)).toBe(400); // read, and no signature
  expect(await send(256 * 1_024 + 1)).toBe(413);
  for (let n = 2; n < LIMIT; n++) await send(1);
  expect(await send(1)).toBe(429);
});
