import { aliasOf } from '../../src/search/elasticsearch/search-index.ts';
import { closedLoop } from '../load.ts';
import { measureRatio, percentile, type Row, type Side } from '../measure.ts';
import { openLoop } from '../open-loop.ts';
import type { SizedCatalogue } from '../search/catalogue.ts';
import { directBody, isAnswered, isFound, searchBody, suggestBody } from '../search/requests.ts';
import { openKeystrokes, openSearchTerms } from '../search/terms.ts';
import type { BenchStack } from '../stack.ts';

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 5;
const SECONDS = 8;
/** Of what Elasticsearch alone does at its peak: both sides have the same rate. */
const OPEN_SHARE = 0.4;
const INDEX = aliasOf('onsale-');

/** A stream of requests to one address. */
interface Stream {
  url: string;
  body: () => string;
  isSuccess: (body: string) => boolean;
}

/** P17: searches and suggestions through the API over direct calls of Elasticsearch, at the peak and, at equal rates, the 99th percentile. */
export async function searchLatencyRows(stack: BenchStack, { sql }: SizedCatalogue): Promise<Row[]> {
  const uncached = await stack.startApi('search-uncached', {
    SEARCH_CACHE_SECONDS: '0',
    RESPONSE_CACHE_BYTES: '0',
  });
  const direct = `${stack.elasticsearchUrl}/${INDEX}/_search`;
  const terms = await openSearchTerms();
  const typed = await openKeystrokes(sql);
  const searches = (url: string): Stream => ({
    url: `${url}/graphql`,
    body: () => searchBody(terms()),
    isSuccess: isAnswered,
  });
  const suggestions = (url: string): Stream => ({
    url: `${url}/graphql`,
    body: () => suggestBody(typed()),
    isSuccess: isAnswered,
  });
  const directly = (next: () => string): Stream => ({
    url: direct,
    body: () => directBody(next()),
    isSuccess: isFound,
  });
  return [
    ...(await compareStreams('suggestions, cached', suggestions(stack.url), directly(typed))),
    ...(await compareStreams('suggestions, no cache', suggestions(uncached.url), directly(typed))),
    ...(await compareStreams('searches, cached', searches(stack.url), directly(terms))),
    ...(await compareStreams('searches, no cache', searches(uncached.url), directly(terms))),
    await measureRatio(
      '',
      'searches/s, cached ÷ without a cache',
      rateSide('cached', searches(stack.url)),
      rateSide('without', searches(uncached.url)),
    ),
  ];
}

async function compareStreams(title: string, onsale: Stream, direct: Stream): Promise<Row[]> {
  for (const stream of [onsale, direct]) await peakOf(stream, WARM_UP_SECONDS);
  const rates = await measureRatio(
    'P17',
    `${title}: per second through the API ÷ direct calls`,
    rateSide(`Onsale, ${CONNECTIONS} connections`, onsale),
    rateSide(`Elasticsearch, ${CONNECTIONS} connections`, direct),
  );
  const perSecond = OPEN_SHARE * Math.min(...rates.sides[1]!.values);
  const times = await measureRatio(
    'P17',
    `${title}: 99th percentile through the API ÷ direct calls`,
    latencySide('Onsale', onsale, perSecond),
    latencySide('Elasticsearch', direct, perSecond),
    async () => [`open loop, ${Math.round(perSecond)} a second on both sides`],
    { unit: 'ms' },
  );
  return [rates, times];
}

const rateSide = (name: string, stream: Stream): Side => ({ name, run: () => peakOf(stream, SECONDS) });

async function peakOf({ url, body, isSuccess }: Stream, seconds: number): Promise<number> {
  const { perSecond, failures } = await closedLoop({
    ...{ url, body, isSuccess, seconds },
    connections: CONNECTIONS,
    headers: () => ({}),
  });
  if (failures > 0) throw new Error(`${failures} requests failed at ${url}`);
  return perSecond;
}

const latencySide = (name: string, stream: Stream, perSecond: number): Side => ({
  name,
  run: async () => {
    const { latencies, failures } = await openLoop({ ...stream, perSecond, seconds: SECONDS });
    if (failures > 0) throw new Error(`${failures} requests failed at ${stream.url}`);
    return percentile(latencies, 0.99);
  },
});
