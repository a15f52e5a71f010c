import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import postgres from 'postgres';

import { labelOfPlace } from '../../src/seating-plan/index.ts';
import { openEventOnSale, type EventOnSale } from '../event-on-sale.ts';
import { openLiveMaps } from '../live-maps.ts';
import { measureRatio, median, type Row } from '../measure.ts';
import { sellHalf } from '../sell-half.ts';
import type { BenchStack } from '../stack.ts';

const PLACES = 20_000;
const LARGE_PLACES = 100_000;
const REPEATS = 15;

/** The query of an app that has cached the layout. */
const SNAPSHOT = `query ($event: ID!) { seatMap(event: $event) {
  epoch sequence cursor available
  sections { key firstPlace statuses available lowestPrice { amount currency } }
  tiers { tier name price { amount currency } available } } }`;

/**
 * P11: bytes of a half-sold map of 20,000 places, over a list of seat objects, both compressed by gzip. Its notes have the
 * response time of a map of 100,000 places.
 */
export async function snapshotRows(stack: BenchStack): Promise<Row[]> {
  await using maps = await openLiveMaps(stack, 1, PLACES);
  const event = maps.events[0]!;
  const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sellHalf(sql, event);
    const statuses = await maps.statusesOf(event);
    let gzipped = await fetchMap(stack, event, 'gzip');
    while (gzipped.statuses !== statuses) gzipped = await fetchMap(stack, event, 'gzip'); // the log is applied asynchronously
    const brotli = await fetchMap(stack, event, 'br');
    const objects = JSON.stringify(await seatObjects(sql, event));
    const objectsGzipped = gzipSync(objects, { level: 6 }).length;

    const large = await openEventOnSale(stack, LARGE_PLACES);
    await sellHalf(sql, large);
    const [uncachedMs, cachedMs]: [number[], number[]] = [[], []];
    for (let n = 0; n < REPEATS; n++) {
      const query = `${SNAPSHOT} # ${n}`; // a document that no cache contains
      uncachedMs.push((await fetchMap(stack, large, 'gzip', query)).ms);
      cachedMs.push((await fetchMap(stack, large, 'gzip', query)).ms);
    }
    const { bytes: largeBytes } = await fetchMap(stack, large, 'gzip');

    const row = async (encoding: string, bytes: number, notes: string[]) =>
      await measureRatio(
        'P11',
        `bytes of a map of 20,000 places, ${encoding} ÷ a list of seat objects, gzip`,
        { name: 'Onsale', run: async () => bytes },
        { name: 'seat objects', run: async () => objectsGzipped },
        async () => notes,
        { unit: 'bytes', rounds: 1 }, // deterministic
      );
    return [
      await row('gzip', gzipped.bytes, [
        `statuses: ${statusMix(statuses)}; the list is ${Buffer.byteLength(objects).toLocaleString('en')} bytes uncompressed`,
        `a map of 100,000 places, ${largeBytes.toLocaleString('en')} bytes compressed: ${median(uncachedMs).toFixed(0)} ms for a new document, ${median(cachedMs).toFixed(0)} ms from the cache (medians of ${REPEATS})`,
      ]),
      await row('brotli', brotli.bytes, []),
    ];
  } finally {
    await sql.end();
  }

  /** The response of a conventional API: every seat as an object with all its fields. */
  async function seatObjects(connection: postgres.Sql, { eventId }: EventOnSale): Promise<object[]> {
    const [plan] = await connection`
      select p.layout from events e join seating_plans p on p.id = e.seating_plan_id where e.id = ${eventId}`;
    const rows = await connection`
      select t.place, t.status, p.amount_minor::float8 as amount from tickets t join price_tiers p using (event_id, tier)
      where t.event_id = ${eventId} order by t.place`;
    return rows.map(({ place, status, amount }) => {
      const { section, row, seat } = labelOfPlace(plan!['layout'], place)!;
      return { id: place, section: section.name, row, seat, status, price: amount };
    });
  }
}

/** Request a map over HTTP. `bytes` are compressed, `ms` is the response time. */
async function fetchMap(
  stack: BenchStack,
  { event }: EventOnSale,
  encoding: 'gzip' | 'br',
  query = SNAPSHOT,
) {
  const startedAt = performance.now();
  const { body, headers } = await post(`${stack.url}/graphql`, encoding, { query, variables: { event } });
  const ms = performance.now() - startedAt;
  if (headers['content-encoding'] !== encoding) throw new Error(`not encoded as ${encoding}`);
  const text = (encoding === 'br' ? brotliDecompressSync(body) : gunzipSync(body)).toString();
  const { data } = JSON.parse(text);
  return {
    bytes: body.length,
    ms,
    statuses: data.seatMap.sections.map((section: any) => section.statuses).join(''),
  };
}

function post(url: string, encoding: string, body: object) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    body: Buffer;
    headers: Record<string, unknown>;
  }>();
  const sent = request(
    url,
    { method: 'POST', headers: { 'content-type': 'application/json', 'accept-encoding': encoding } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ body: Buffer.concat(chunks), headers: response.headers }));
    },
  );
  sent.on('error', reject);
  sent.end(JSON.stringify(body));
  return promise;
}

function statusMix(statuses: string): string {
  const names = { A: 'available', R: 'reserved', S: 'sold', B: 'blocked' };
  return Object.entries(names)
    .map(
      ([letter, name]) =>
        `${name} ${((100 * (statuses.split(letter).length - 1)) / statuses.length).toFixed(0)} %`,
    )
    .join(', ');
}
