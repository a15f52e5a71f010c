import { afterAll, describe, expect, inject, test } from 'vitest';

import { KEEPING, openWorld, type World } from '../../support/world.ts';

const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());
const open = async (options: Parameters<typeof openWorld>[0]): Promise<World> =>
  opened.use(await openWorld(options));

const QUERY = JSON.stringify({ query: '{ viewer { subject } }' });
const ask = (url: string, headers: Record<string, string> = {}, body = QUERY) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe.each([
  { name: 'with Redis', redisUrl: () => inject('redisUrl') },
  { name: 'without Redis', redisUrl: () => null },
])('$name', ({ redisUrl }) => {
  test('an address that asks too often is told how long to wait, and probes are never counted', async () => {
    const { url } = await open({ redisUrl: redisUrl(), environment: { LIMIT_REQUESTS_PER_MINUTE: '3' } });
    for (const left of ['2', '1', '0']) {
      const response = await ask(url);
      expect([response.status, response.headers.get('ratelimit-remaining')]).toEqual([200, left]);
    }

    const refused = await ask(url);
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60);
    expect(await refused.json()).toMatchObject({
      errors: [
        {
          message: 'At most 3 requests from one address a minute.',
          extensions: { code: 'RATE_LIMITED', limit: 3, retryAfterSeconds: wait },
        },
      ],
    });
    expect(refused.headers.get('ratelimit-limit')).toBe('3');
    expect(Number(refused.headers.get('ratelimit-reset'))).toBe(wait);
    expect((await fetch(`${url}/nowhere`)).status).toBe(429); // whatever the address asks for
    for (const probe of ['/livez', '/readyz', '/metrics'])
      expect((await fetch(url + probe)).status).toBe(200);
  });

  test('what is answered from the cache is counted, too', async () => {
    const { url } = await open({
      redisUrl: redisUrl(),
      environment: { LIMIT_REQUESTS_PER_MINUTE: '3', ...KEEPING },
    });
    const cached = JSON.stringify({ query: '{ events(first: 1) { nodes { name } } }' });
    const answers: unknown[] = [];
    for (let time = 0; time < 4; time++) {
      const { status, headers } = await ask(url, {}, cached);
      answers.push([status, headers.get('age') !== null, headers.get('ratelimit-remaining')]);
    }
    expect(answers).toEqual([
      [200, false, '2'],
      [200, true, '1'],
      [200, true, '0'],
      [429, false, '0'],
    ]);
  });

  test('attempts to reserve are counted one by one, not by the request they came in', async () => {
    const world = await open({ redisUrl: redisUrl(), environment: { LIMIT_RESERVATIONS_PER_MINUTE: '2' } });
    const reserve = (alias: string) =>
      `${alias}: reserveTickets(input: { event: "evt_0", selection: { places: [1] }, idempotencyKey: "${alias}" }) { __typename }`;
    const ana = await world.as('ana');

    const { errors } = await ana.send(`mutation { ${reserve('a')} ${reserve('b')} ${reserve('c')} }`);
    expect(errors).toMatchObject([{ path: ['c'], extensions: { code: 'RATE_LIMITED', limit: 2 } }]);
    const again = await (await world.as('ana', 'PARTNER')).send(`mutation { ${reserve('d')} }`);
    expect(again.errors).toMatchObject([{ path: ['d'], extensions: { code: 'RATE_LIMITED' } }]);
    expect((await (await world.as('ben')).send(`mutation { ${reserve('e')} }`)).errors).toEqual([]);
  });
});

describe('where a request came from', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const statuses = async (url: string, addresses: string[]) => {
    const answers: number[] = [];
    for (const address of addresses) answers.push((await ask(url, from(address))).status);
    return answers;
  };

  test('is not for the client to say', async () => {
    const { url } = await open({ environment: { LIMIT_REQUESTS_PER_MINUTE: '2' } });
    expect(await statuses(url, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 429]);
  });

  test('is for our own proxies to say, and they are believed on the last hop alone', async () => {
    const { url } = await open({ environment: { LIMIT_REQUESTS_PER_MINUTE: '2', TRUST_PROXY: 'loopback' } });
    expect(await statuses(url, ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])).toEqual([
      200, 200, 429, 200,
    ]);
    expect(await statuses(url, ['10.9.8.7, 192.0.2.1', '203.0.113.5, 192.0.2.1'])).toEqual([429, 429]);
  });

  test('is a whole /64 where it is IPv6', async () => {
    const { url } = await open({ environment: { LIMIT_REQUESTS_PER_MINUTE: '2', TRUST_PROXY: 'loopback' } });
    expect(
      await statuses(url, ['2001:db8:1:1::1', '2001:db8:1:1::2', '2001:db8:1:1:ffff::3', '2001:db8:1:2::1']),
    ).toEqual([200, 200, 429, 200]);
  });
});

describe('how much may be sent', () => {
  const LIMIT = 20_000;
  const UPLOAD = 60_000;
  const sized = (bytes: number) => {
    const body = JSON.stringify({ query: '{ viewer { subject } }', variables: { unused: '' } });
    return body.replace('""', `"${'x'.repeat(bytes - Buffer.byteLength(body))}"`);
  };
  let opening: Promise<World> | undefined;
  const openOnce = () =>
    (opening ??= open({
      environment: { LIMIT_BODY_BYTES: `${LIMIT}`, LIMIT_UPLOAD_BYTES: `${UPLOAD}` },
    }));

  test.each<[string, 'FAN' | 'ORGANISER' | 'ADMIN' | null, number]>([
    ['a stranger', null, LIMIT],
    ['a fan', 'FAN', LIMIT],
    ['an organiser, who draws seating plans', 'ORGANISER', UPLOAD],
    ['an admin', 'ADMIN', UPLOAD],
  ])('by %s', async (_name, role, limit) => {
    const world = await openOnce();
    const headers: Record<string, string> = role
      ? { authorization: `Bearer ${await world.token('somebody', role)}` }
      : {};

    expect((await ask(world.url, headers, sized(limit))).status).toBe(200);
    const refused = await ask(world.url, headers, sized(limit + 1));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'BODY_TOO_LARGE', limitBytes: limit } }],
    });
  });

  test('also where the length is not said beforehand', async () => {
    const { url } = await openOnce();
    const send = (bytes: number) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Blob([sized(bytes)]).stream(),
        duplex: 'half',
      });
    expect((await send(LIMIT)).status).toBe(200);
    const refused = await send(LIMIT + 1);
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { errors: [{ extensions: { code: 'BODY_TOO_LARGE', limitBytes: LIMIT } }] },
    ]);
  });

  test('and not packed, for a kilobyte can hide a gigabyte', async () => {
    const { url } = await openOnce();
    const refused = await ask(url, { 'content-encoding': 'gzip' }, 'x');
    expect([refused.status, await refused.json()]).toMatchObject([
      415,
      { errors: [{ message: 'Send the body uncompressed.', extensions: { code: 'INVALID_REQUEST' } }] },
    ]);
  });

  test('a token that is no good opens no larger door', async () => {
    const { url } = await openOnce();
    const refused = await ask(url, { authorization: `Bearer ${'a.b.c'}` }, sized(UPLOAD));
    expect(refused.status).toBe(401);
  });
});
