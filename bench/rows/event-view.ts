import { createHash } from 'node:crypto';

import { closedLoop } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { openBaseline, type BenchStack } from '../stack.ts';
import { openBenchVenue } from '../venue.ts';

const SECONDS = 8;
const CONNECTIONS = 48;

/** What an app asks to show an Event. */
const EVENT_VIEW = `query ($id: ID!) { event(id: $id) {
  id name description category genre series status startsAt startsAtLocal timezone city
  venue { id name kind city country timezone location { latitude longitude } }
  performers { id name kind }
  priceTiers { tier name price { amount currency formatted } }
  lowestPrice { amount currency formatted } highestPrice { amount currency formatted }
  ticketLimit holdSeconds saleStartsAt saleEndsAt } }`;

/** P6 and P7: warm event views per second, over Mercurius with JIT on the same data, and over bare Fastify sending the same bytes. */
export async function eventViewRows(stack: BenchStack): Promise<Row[]> {
  const { event } = await openBenchVenue(stack, 2_000);
  const body = JSON.stringify({ query: EVENT_VIEW, variables: { id: event } });
  const bytes = (await (await post(stack.url, body)).text()).trimEnd(); // Apollo ends its answers with a new line
  await using mercurius = await openBaseline('bench/servers/mercurius.ts', JSON.parse(bytes));
  await using bare = await openBaseline('bench/servers/bare.ts', { body: bytes });
  for (const { url } of [mercurius, bare]) {
    const theirs = await (await post(url, body)).text();
    if (hash(theirs) !== hash(bytes)) throw new Error(`not the same bytes:\n${bytes}\n${theirs}`);
  }

  const side = (name: string, url: string) => ({
    name,
    run: async () => {
      await load(url, 2); // warm up
      return load(url, SECONDS);
    },
  });
  const load = async (url: string, seconds: number): Promise<number> => {
    const { perSecond, failures } = await closedLoop({
      url: `${url}/graphql`,
      connections: CONNECTIONS,
      seconds,
      headers: () => ({}),
      body,
    });
    if (failures > 0) throw new Error(`${failures} requests failed at ${url}`);
    return perSecond;
  };
  const notes = async () => [
    `${Buffer.byteLength(bytes)} bytes an answer, the same from all (sha256 compared)`,
  ];
  const onsale = side(`Onsale, ${CONNECTIONS} connections`, stack.url);
  return [
    await measureRatio(
      'P6',
      'event views/s, warm ÷ Mercurius + JIT, data in memory',
      onsale,
      side('Mercurius + JIT', mercurius.url),
      notes,
    ),
    await measureRatio(
      'P7',
      'event views/s, warm ÷ bare Fastify, ready bytes',
      onsale,
      side('bare Fastify', bare.url),
      notes,
    ),
  ];
}

function post(url: string, body: string): Promise<Response> {
  return fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
