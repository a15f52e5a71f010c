import type postgres from 'postgres';

import { encodeId } from '../../src/platform/ids.ts';
import { closedLoop } from '../load.ts';
import { percentile } from '../measure.ts';
import { openLoop } from '../open-loop.ts';
import type { BenchStack } from '../stack.ts';
import { openSizedCatalogue } from './catalogue.ts';
import { isAnswered, searchBody, suggestBody } from './requests.ts';
import { openKeystrokes, openSearchTerms } from './terms.ts';

/** Events that are not over. */
const SIZES = [3_000, 30_000, 300_000] as const;
/** Requests one after the other, of each kind and server. */
const REQUESTS = 300;
const CONNECTIONS = 16;
const PEAK_SECONDS = 8;
const OPEN_SECONDS = 20;
const EVENT_VIEWS = 5_000;

const NO_CACHE = { SEARCH_CACHE_SECONDS: '0', RESPONSE_CACHE_BYTES: '0' };

/** Times of one kind of request at one size, in ms. */
interface Times {
  kind: string;
  events: number;
  p50: number;
  p95: number;
}

/** How the time of a request grows with the catalogue, without caches, and whether it is short enough at half of the peak rate. */
export async function measureSearchGrowth(stack: BenchStack, print: (line: string) => void): Promise<void> {
  const servers = new Map([
    ['Elasticsearch', (await stack.startApi('growth-elasticsearch', NO_CACHE)).url],
    [
      'Postgres',
      (await stack.startApi('growth-postgres', { ...NO_CACHE, ELASTICSEARCH_URL: undefined })).url,
    ],
  ]);
  await using catalogue = await openSizedCatalogue(stack, SIZES[0]);
  const terms = await openSearchTerms();
  const typed = await openKeystrokes(catalogue.sql);
  const kinds: [string, string, () => string][] = [
    ...[...servers].map(([name, url]): [string, string, () => string] => [
      `search, ${name}`,
      url,
      () => searchBody(terms()),
    ]),
    ['suggest', servers.get('Postgres')!, () => suggestBody(typed())],
  ];
  const times: Times[] = [];
  const loads: string[] = [];
  for (const events of SIZES) {
    if (events > SIZES[0]) await catalogue.resize(events);
    for (const [kind, url, body] of kinds) times.push({ kind, events, ...(await oneByOne(url, body)) });
    if (events === SIZES[0]) continue;
    const nextView = await openEventViews(catalogue.sql);
    const ofViews: [string, string, () => string] = ['event view', servers.get('Postgres')!, nextView];
    for (const [kind, url, body] of [...kinds, ofViews])
      loads.push(await atHalfOfThePeak({ kind, events, url, body }));
  }

  print(
    '| one at a time, p50 (p95) in ms | ' +
      SIZES.map((size) => size.toLocaleString('en')).join(' | ') +
      ' | exponent of p50 | of p95 |',
  );
  print(`|---|${'---|'.repeat(SIZES.length + 2)}`);
  for (const [kind] of kinds) print(growthLine(kind, times));
  print('');
  print('| open loop at half of the peak | Events | peak, per second | p50, ms | p95, ms | p99, ms |');
  print('|---|---|---|---|---|---|');
  loads.forEach(print);
  print('');
}

function growthLine(kind: string, times: readonly Times[]): string {
  const ofKind = SIZES.map((size) => times.find((each) => each.kind === kind && each.events === size)!);
  const [first, last] = [ofKind[0]!, ofKind.at(-1)!];
  const exponent = (of: 'p50' | 'p95') =>
    (Math.log(last[of] / first[of]) / Math.log(last.events / first.events)).toFixed(2);
  const cells = ofKind.map(({ p50, p95 }) => `${p50.toFixed(1)} (${p95.toFixed(1)})`);
  return `| ${kind} | ${cells.join(' | ')} | ${exponent('p50')} | ${exponent('p95')} |`;
}

async function oneByOne(url: string, body: () => string): Promise<Pick<Times, 'p50' | 'p95'>> {
  await closedLoop({ ...loadOf(url, body), connections: 1, requests: REQUESTS });
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request++) {
    const startedAt = performance.now();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body(),
    });
    const text = await response.text();
    times.push(performance.now() - startedAt);
    if (!isAnswered(text)) throw new Error(`a request failed: ${text.slice(0, 500)}`);
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

async function atHalfOfThePeak(load: {
  kind: string;
  events: number;
  url: string;
  body: () => string;
}): Promise<string> {
  const { kind, events, url, body } = load;
  const peak = await closedLoop({ ...loadOf(url, body), connections: CONNECTIONS, seconds: PEAK_SECONDS });
  if (peak.failures > 0) throw new Error(`${peak.failures} requests failed at the peak: ${kind}`);
  const { latencies, failures } = await openLoop({
    ...{ url: `${url}/graphql`, body, isSuccess: isAnswered },
    perSecond: peak.perSecond / 2,
    seconds: OPEN_SECONDS,
  });
  if (failures > 0) throw new Error(`${failures} requests failed at half of the peak: ${kind}`);
  const shares = [0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(1));
  return `| ${kind} | ${events.toLocaleString('en')} | ${Math.round(peak.perSecond)} | ${shares.join(' | ')} |`;
}

const loadOf = (url: string, body: () => string) => ({
  ...{ url: `${url}/graphql`, body, isSuccess: isAnswered },
  headers: () => ({}),
});

const EVENT_VIEW = `query ($id: ID!) { event(id: $id) {
  id name description category genre series status startsAt timezone city
  venue { id name kind city country timezone location { latitude longitude } } performers { id name kind }
  priceTiers { tier name price { amount currency } } ticketLimit saleStartsAt saleEndsAt } }`;

/** Views of Events, each of another one. */
async function openEventViews(sql: postgres.Sql): Promise<() => string> {
  const events = await sql<{ id: string }[]>`
    select id from events where status <> 'DRAFT' order by md5(id::text || 'viewed') limit ${EVENT_VIEWS}`;
  let next = 0;
  return () =>
    JSON.stringify({
      query: EVENT_VIEW,
      variables: { id: encodeId('Event', events[next++ % events.length]!.id) },
    });
}
