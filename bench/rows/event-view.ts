import { createHash } from 'node:crypto';

import { openEventOnSale } from '../event-on-sale.ts';
import { closedLoop, type ServerLoad } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { openBaseline, type BenchStack } from '../stack.ts';

const SECONDS = 8;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 48;

/** The query of an app that shows an Event. */
const EVENT_VIEW = `query ($id: ID!) { event(id: $id) {
  id name description category genre series status startsAt startsAtLocal timezone city
  venue { id name kind city country timezone location { latitude longitude } }
  performers { id name kind }
  priceTiers { tier name price { amount currency formatted } }
  lowestPrice { amount currency formatted } highestPrice { amount currency formatted }
  ticketLimit holdSeconds saleStartsAt saleEndsAt } }`;

/** Views of one Event, all the same. */
export interface EventViewLoad extends ServerLoad {
  /** Body of the request. */
  body: string;
}

/** Put an event on sale to be viewed. `prepare` warms up the server. */
export async function openEventViewLoad(stack: BenchStack): Promise<EventViewLoad> {
  const { event } = await openEventOnSale(stack, 2_000);
  return viewLoad(stack.url, JSON.stringify({ query: EVENT_VIEW, variables: { id: event } }));
}

/** The same, as a share of the throughput of bare Fastify that sends the same bytes, measured before each run. */
export async function openRelativeEventViewLoad(stack: BenchStack): Promise<ServerLoad> {
  await using opening = new AsyncDisposableStack();
  const views = opening.use(await openEventViewLoad(stack));
  const bytes = (await (await post(stack.url, views.body)).text()).trimEnd();
  const bare = viewLoad(
    opening.use(await openBaseline('bench/servers/bare.ts', { body: bytes })).url,
    views.body,
  );
  let bareRate = 0;
  const owned = opening.move();
  return {
    async prepare() {
      await bare.prepare();
      bareRate = (await bare.run()).rate;
      await views.prepare();
    },
    async run() {
      const { rate, operations } = await views.run();
      return { rate: rate / bareRate, operations };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function viewLoad(url: string, body: string): EventViewLoad {
  const viewFor = async (seconds: number) => {
    const options = { url: `${url}/graphql`, connections: CONNECTIONS, seconds, headers: () => ({}), body };
    const { perSecond, responses, failures } = await closedLoop(options);
    if (failures > 0) throw new Error(`${failures} requests failed at ${url}`);
    return { rate: perSecond, operations: responses };
  };
  return {
    body,
    prepare: async () => void (await viewFor(WARM_UP_SECONDS)),
    run: () => viewFor(SECONDS),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** P6 and P7: warm event views per second, over Mercurius with JIT on the same data, and over bare Fastify sending the same bytes. */
export async function eventViewRows(stack: BenchStack): Promise<Row[]> {
  await using load = await openEventViewLoad(stack);
  const { body } = load;
  const bytes = (await (await post(stack.url, body)).text()).trimEnd(); // Apollo ends a response with a line feed
  await using mercurius = await openBaseline('bench/servers/mercurius.ts', JSON.parse(bytes));
  await using bare = await openBaseline('bench/servers/bare.ts', { body: bytes });
  for (const { url } of [mercurius, bare]) {
    const baseline = await (await post(url, body)).text();
    if (hash(baseline) !== hash(bytes)) throw new Error(`responses differ:\n${bytes}\n${baseline}`);
  }

  const side = (name: string, { prepare, run }: ServerLoad) => ({
    name,
    run: async () => {
      await prepare();
      return (await run()).rate;
    },
  });
  const notes = async () => [
    `${Buffer.byteLength(bytes)} bytes per response, identical on all sides (sha256)`,
  ];
  const onsale = side(`Onsale, ${CONNECTIONS} connections`, load);
  return [
    await measureRatio(
      'P6',
      'event views/s, warm ÷ Mercurius + JIT, data in memory',
      onsale,
      side('Mercurius + JIT', viewLoad(mercurius.url, body)),
      notes,
    ),
    await measureRatio(
      'P7',
      'event views/s, warm ÷ bare Fastify, ready bytes',
      onsale,
      side('bare Fastify', viewLoad(bare.url, body)),
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
