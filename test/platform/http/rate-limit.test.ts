import { afterAll, describe, expect, inject, test } from 'vitest';

import { openRelay, throughRelay } from '../../client/relay.ts';
import { eventually } from '../../support/wait-until.ts';
import { KEEPING, openWorld, type World } from '../../support/world.ts';

const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());
const open = async (options: Parameters<typeof openWorld>[0]): Promise<World> =>
  opened.use(await openWorld(options));

const QUERY = JSON.stringify({ query: '{ viewer { subject } }' });
const post = (url: string, headers: Record<string, string> = {}, body = QUERY) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe.each([
  { name: 'with Redis', redisUrl: () => inject('redisUrl') },
  { name: 'without Redis', redisUrl: () => null },
])('$name', ({ redisUrl }) => {
  test('an address above the limit gets 429 and a retry time; probes are not counted', async () => {
    const { url } = await open({ redisUrl: redisUrl(), environment: { LIMIT_REQUESTS_PER_MINUTE: '3' } });
    for (const remaining of ['2', '1', '0']) {
      const response = await post(url);
      expect([response.status, response.headers.get('ratelimit-remaining')]).toEqual([200, remaining]);
    }

    const refused = await post(url);
    expect(refused.status).toBe(429);
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60);
    expect(await refused.json()).toMatchObject({
      errors: [
        {
          message: 'At most 3 requests from one address a minute.',
          extensions: { code: 'RATE_LIMITED', limit: 3, retryAfterSeconds: retryAfter },
        },
      ],
    });
    expect(refused.headers.get('ratelimit-limit')).toBe('3');
    expect(Number(refused.headers.get('ratelimit-reset'))).toBe(retryAfter);
    expect((await fetch(`${url}/nowhere`)).status).toBe(429); // on every path
    for (const probe of ['/livez', '/readyz', '/metrics'])
      expect((await fetch(url + probe)).status).toBe(200);
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['a stream of another media type', '/graphql/stream', { accept: 'text/html' }, 400],
    ['a stream of a foreign page', '/graphql/stream', { origin: 'https://elsewhere.example' }, 403],
  ])('refusals count like other requests: %s', async (_name, path, headers, status) => {
    const { url } = await open({
      redisUrl: redisUrl(),
      environment: { LIMIT_REQUESTS_PER_MINUTE: '2', CORS_ORIGINS: 'https://shop.example' },
    });
    const answers: unknown[] = [];
    for (let n = 0; n < 3; n++) {
      const response = await fetch(url + path, { headers });
      answers.push([response.status, response.headers.get('ratelimit-remaining')]);
    }
    expect(answers).toEqual([
      [status, '1'],
      [status, '0'],
      [429, '0'],
    ]);
  });

  test('cache hits are counted', async () => {
    const { url } = await open({
      redisUrl: redisUrl(),
      environment: { LIMIT_REQUESTS_PER_MINUTE: '3', ...KEEPING },
    });
    const cached = JSON.stringify({ query: '{ events(first: 1) { nodes { name } } }' });
    const responses: unknown[] = [];
    for (let n = 0; n < 4; n++) {
      const { status, headers } = await post(url, {}, cached);
      responses.push([status, headers.get('age') !== null, headers.get('ratelimit-remaining')]);
    }
    expect(responses).toEqual([
      [200, false, '2'],
      [200, true, '1'],
      [200, true, '0'],
      [429, false, '0'],
    ]);
  });

  test('headers show the tightest limit, that of the address in all included', async () => {
    const world = await open({
      redisUrl: redisUrl(),
      environment: { LIMIT_REQUESTS_PER_MINUTE: '10', LIMIT_VIEWERS_PER_ADDRESS: '1' },
    });
    const remaining = async (authorization?: string) =>
      (await post(world.url, authorization === undefined ? {} : { authorization })).headers.get(
        'ratelimit-remaining',
      );
    expect(await remaining()).toBe('9');
    expect(await remaining()).toBe('8');
    expect(await remaining(`Bearer ${await world.token('ana')}`)).toBe('7'); // of the address; 9 of the viewer
  });

  test('reservation attempts are counted per mutation field, not per request', async () => {
    const world = await open({
      redisUrl: redisUrl(),
      environment: { LIMIT_RESERVATIONS_PER_MINUTE: '2', LIMIT_MUTATION_FIELDS: '3' },
    });
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

test.skipIf(inject('redisUrl') === null)(
  'a Redis that stops answering between two requests doubles no limit',
  async () => {
    const relay = opened.use(await openRelay(inject('redisUrl')!));
    const { url, platform } = await open({
      redisUrl: throughRelay(inject('redisUrl')!, relay),
      environment: { LIMIT_REQUESTS_PER_MINUTE: '3' },
    });
    await eventually('Redis is connected', async () => platform.redis.state() === 'up');
    const statuses = [(await post(url)).status];
    relay.blackHole();
    statuses.push((await post(url)).status, (await fetch(`${url}/nowhere`)).status);
    relay.cut();
    await eventually('Redis is connected', async () => platform.redis.state() === 'up');
    statuses.push((await fetch(`${url}/nowhere`)).status, (await post(url)).status);
    expect(statuses).toEqual([200, 200, 404, 429, 429]);
  },
);

describe('the client address', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const statuses = async (url: string, addresses: string[]) => {
    const results: number[] = [];
    for (const address of addresses) results.push((await post(url, from(address))).status);
    return results;
  };

  test('ignores X-Forwarded-For without a trusted proxy', async () => {
    const { url } = await open({ environment: { LIMIT_REQUESTS_PER_MINUTE: '2' } });
    expect(await statuses(url, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 429]);
  });

  test('is the last hop that a trusted proxy reports', async () => {
    const { url } = await open({ environment: { LIMIT_REQUESTS_PER_MINUTE: '2', TRUST_PROXY: 'loopback' } });
    expect(await statuses(url, ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])).toEqual([
      200, 200, 429, 200,
    ]);
    expect(await statuses(url, ['10.9.8.7, 192.0.2.1', '203.0.113.5, 192.0.2.1'])).toEqual([429, 429]);
  });

  test('is the /64 prefix of an IPv6 address', async () => {
    const { url } = await open({ environment: { LIMIT_REQUESTS_PER_MINUTE: '2', TRUST_PROXY: 'loopback' } });
    expect(
      await statuses(url, ['2001:db8:1:1::1', '2001:db8:1:1::2', '2001:db8:1:1:ffff::3', '2001:db8:1:2::1']),
    ).toEqual([200, 200, 429, 200]);
  });
});

describe('the body limit', () => {
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
    ['an organiser, who uploads seating plans', 'ORGANISER', UPLOAD],
    ['an admin', 'ADMIN', UPLOAD],
  ])('applies to %s', async (_name, role, limit) => {
    const world = await openOnce();
    const headers: Record<string, string> = role
      ? { authorization: `Bearer ${await world.token('sender', role)}` }
      : {};

    expect((await post(world.url, headers, sized(limit))).status).toBe(200);
    const refused = await post(world.url, headers, sized(limit + 1));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'BODY_TOO_LARGE', limitBytes: limit } }],
    });
  });

  test('applies to a chunked body without Content-Length', async () => {
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

  test('cannot be bypassed by compression: compressed bodies are refused', async () => {
    const { url } = await openOnce();
    const refused = await post(url, { 'content-encoding': 'gzip' }, 'x');
    expect([refused.status, await refused.json()]).toMatchObject([
      415,
      { errors: [{ message: 'Send the body uncompressed.', extensions: { code: 'INVALID_REQUEST' } }] },
    ]);
  });

  test('is not raised by an invalid token', async () => {
    const { url } = await openOnce();
    const refused = await post(url, { authorization: `Bearer ${'a.b.c'}` }, sized(UPLOAD));
    expect(refused.status).toBe(401);
  });
});
