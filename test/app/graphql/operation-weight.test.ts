import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import { openClient } from '../../support/client.ts';
import { eventOnSale } from '../../support/seed.ts';
import { KEEPING, openWorld, type World } from '../../support/world.ts';

const SEARCH = 'searchEvents(input: { term: "ph" }) { nodes { id } }';
const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());

/** Send a request; returns its status, what is left of the limit, and the body. */
async function send(url: string, query: string, rest: object = {}, token?: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, ...rest }),
  });
  return {
    status: response.status,
    left: Number(response.headers.get('ratelimit-remaining')),
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as any,
  };
}

describe.each([
  { name: 'with Redis', redisUrl: () => inject('redisUrl') },
  { name: 'without Redis', redisUrl: () => null },
])('$name', ({ redisUrl }) => {
  let world: World;
  const start = async (environment: Record<string, string> = {}) =>
    opened.use(
      await openWorld({
        redisUrl: redisUrl(),
        environment: { LIMIT_REQUESTS_PER_MINUTE: '20', ...environment },
      }),
    );

  test('a request counts what it weighs, and headers say so', async () => {
    world = await start();
    expect(await send(world.url, '{ viewer { subject } }')).toMatchObject({ status: 200, left: 19 });
    expect(await send(world.url, `{ ${SEARCH} }`)).toMatchObject({ status: 200, left: 14 });
    expect(await send(world.url, `{ a: ${SEARCH} b: ${SEARCH} }`)).toMatchObject({ status: 200, left: 4 });
  });

  test('a request that weighs more than is left is refused, and lighter ones go on', async () => {
    world = await start();
    await send(world.url, `{ a: ${SEARCH} b: ${SEARCH} c: ${SEARCH} }`);
    const refused = await send(world.url, `{ a: ${SEARCH} b: ${SEARCH} }`);
    expect(refused.body).toMatchObject({
      errors: [
        {
          message: 'At most 20 requests from one address a minute.',
          extensions: { code: 'RATE_LIMITED', limit: 20, weight: 10, retryAfterSeconds: expect.any(Number) },
        },
      ],
    });
    expect(refused.body).not.toHaveProperty('data');
    expect([refused.status, refused.retryAfter]).toEqual([
      429,
      String(refused.body.errors[0].extensions.retryAfterSeconds),
    ]);
    expect(await send(world.url, '{ viewer { subject } }')).toMatchObject({ status: 200, left: 3 });
  });

  test('a request that weighs more than LIMIT_WEIGHT, or than a minute allows, is refused for good', async () => {
    world = await start({ LIMIT_WEIGHT: '10' });
    const aliased = (count: number) =>
      `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${SEARCH}`).join(' ')} }`;
    const refusal = (limit: number, measured: number) => ({
      status: 400,
      body: {
        errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'weight', limit, measured } }],
      },
    });
    expect(await send(world.url, aliased(3))).toMatchObject(refusal(10, 15));
    expect(await send(world.url, aliased(2))).toMatchObject({ status: 200 });
    const small = await start({ LIMIT_REQUESTS_PER_MINUTE: '8' });
    expect(await send(small.url, aliased(2))).toMatchObject(refusal(8, 10));
  });

  test('a request that asks for its cost gets it, from the cache as well', async () => {
    world = await start({ LIMIT_REQUESTS_PER_MINUTE: '100', ...KEEPING });
    const asked = { extensions: { cost: true } };
    const extensions = { cost: { fields: 1 + 20 * 2, weight: 5 } };
    expect(await send(world.url, `{ ${SEARCH} }`, asked)).toMatchObject({ left: 95, body: { extensions } });
    // a cached answer counts 1, and in this process only
    expect(await send(world.url, `{ ${SEARCH} }`, asked)).toMatchObject({ left: 94, body: { extensions } });
    expect((await send(world.url, `{ ${SEARCH} }`)).body).not.toHaveProperty('extensions');
    const others = [{ extensions: { cost: 1 } }, { extensions: {} }, { extensions: null }];
    for (const rest of others)
      expect((await send(world.url, '{ viewer { subject } }', rest)).body).not.toHaveProperty('extensions');
  });

  test('viewers behind one address do not share a limit, until the address is at its own', async () => {
    world = await start({ LIMIT_REQUESTS_PER_MINUTE: '4', LIMIT_VIEWERS_PER_ADDRESS: '3' });
    const QUERY = '{ viewer { subject } }';
    const statusOf = async (token?: string) => (await send(world.url, QUERY, {}, token)).status;
    const [ana, ben, eve] = await Promise.all(['ana', 'ben', 'eve'].map((sub) => world.token(sub)));
    for (let n = 0; n < 4; n++) expect(await statusOf(ana)).toBe(200);
    expect(await statusOf(ana)).toBe(429); // another token of the same viewer counts as well
    expect(await statusOf(await world.token('ana', 'PARTNER'))).toBe(429);
    for (let n = 0; n < 4; n++) expect(await statusOf(ben)).toBe(200);
    expect([await statusOf(), await statusOf()]).toEqual([200, 200]); // 12 from this address
    const { status, body } = await send(world.url, QUERY, {}, eve);
    expect([status, body.errors[0].extensions]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 12 }]);
  });

  test('freshly signed tokens do not evade the limit of the address, and tokens that are not accepted count against it', async () => {
    world = await start({ LIMIT_REQUESTS_PER_MINUTE: '5', LIMIT_VIEWERS_PER_ADDRESS: '2' });
    const QUERY = '{ viewer { subject } }';
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await send(world.url, QUERY, {}, `a.b.${n}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await send(world.url, QUERY)).status).toBe(429); // anonymous requests share that limit
    const fresh: number[] = [];
    for (let n = 0; n < 5; n++)
      fresh.push((await send(world.url, QUERY, {}, await world.token(`viewer-${n}`))).status);
    expect(fresh).toEqual([200, 200, 200, 200, 429]); // 10 from this address, without the anonymous one that was refused
  });
});

describe('one request of 5 kB with twenty searches', () => {
  let world: World;
  beforeAll(async () => void (world = opened.use(await openWorld())));

  test('is refused before anything of it reaches the database', async () => {
    const searches = Array.from(
      { length: 20 },
      (_, n) => `a${n}: searchEvents(input: { term: "${'ph '.repeat(60)}" }) { nodes { id } }`,
    );
    const { errors, status } = await world.stranger.send(`{ ${searches.join(' ')} }`);
    expect([status, errors]).toMatchObject([
      400,
      [{ extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'weight', limit: 50, measured: 101 } }],
    ]);
  });

  test.each<[string, string, number]>([
    ['a buyer’s view of an Event', '{ event(id: "$") { id name priceTiers { name price { formatted } } venue { name } } }', 1],
    ['a page of Events', '{ events(first: 20) { nodes { id name venue { name city } lowestPrice { formatted } } } }', 1],
    ['a search', '{ searchEvents(input: { term: "x" }) { nodes { id name } } }', 5],
    ['a search with a total', '{ searchEvents(input: {}) { totalCount nodes { id } } }', 7],
    ['a map', '{ seatMap(event: "$") { sections { statuses } } }', 2],
    ['changes of a map', '{ seatMapSince(event: "$", cursor: "x") { __typename } }', 1],
    ['a drawn plan', '{ event(id: "$") { seatingPlan { sections { key ... on SeatedSection { firstPlace places rows { label category firstPlace seats x y accessible } } } } } }', 10],
    ['twenty ids', `query { nodes(ids: [${'"$" '.repeat(20)}]) { id } }`, 1],
    ['a hundred ids', `query { nodes(ids: [${'"$" '.repeat(100)}]) { id } }`, 5],
    ['nine drawn plans by id', `{ nodes(ids: [${'"x" '.repeat(9)}]) { ... on SeatingPlan { sections { key } } } }`, 46],
  ])('while %s weighs little', async (_name, query, weight) => {
    const { event } = await eventOnSale(world.platform);
    const { body } = await send(world.url, query.replaceAll('$', event), { extensions: { cost: true } });
    expect(body.extensions.cost.weight).toBe(weight);
  }); // prettier-ignore

  test('as do other inputs that multiply: plans by id, nested pages', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => encodeId('SeatingPlan', `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`));
    const client = openClient(world.url);
    const plans = await client.send('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on SeatingPlan { sections { key } } } }', { ids });
    expect(plans.errors).toMatchObject([{ extensions: { what: 'weight', measured: 509 } }]);
    const nested = await client.send('{ events(first: 20) { nodes { seatingPlan { sections { key } } } } }');
    expect(nested.errors).toMatchObject([{ extensions: { what: 'weight', measured: 101 } }]);
  }); // prettier-ignore
});
