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

/** What an app needs to show a map whose drawing it has. */
const SNAPSHOT = `query ($event: ID!) { seatMap(event: $event) {
  epoch sequence cursor available
  sections { key firstPlace statuses available lowestPrice { amount currency } }
  tiers { tier name price { amount currency } available } } }`;

/**
 * P11: bytes of the map of a house of 20,000, half sold, as Onsale sends it, over what a list of seat objects takes,
 * each packed by gzip. And how long it takes to answer with a map of 100,000.
 */
export async function snapshotRows(stack: BenchStack): Promise<Row[]> {
  await using stage = await openLiveMaps(stack, 1, PLACES);
  const house = stage.events[0]!;
  const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sellHalf(sql, house);
    const letters = await stage.statusesOf(house);
    let gzipped = await fetchMap(stack, house, 'gzip');
    while (gzipped.letters !== letters) gzipped = await fetchMap(stack, house, 'gzip'); // the log is on its way
    const brotli = await fetchMap(stack, house, 'br');
    const objects = JSON.stringify(await seatObjects(sql, house));
    const packed = gzipSync(objects, { level: 6 }).length;

    const stadium = await openEventOnSale(stack, LARGE_PLACES);
    await sellHalf(sql, stadium);
    const [anew, again]: [number[], number[]] = [[], []];
    for (let n = 0; n < REPEATS; n++) {
      const words = `${SNAPSHOT} # ${n}`; // words that nobody has used before: nothing of the answer is ready
      anew.push((await fetchMap(stack, stadium, 'gzip', words)).ms);
      again.push((await fetchMap(stack, stadium, 'gzip', words)).ms);
    }
    const { bytes: stadiumBytes } = await fetchMap(stack, stadium, 'gzip');

    const row = async (encoding: string, bytes: number, notes: string[]) =>
      await measureRatio(
        'P11',
        `bytes of a map of 20,000 places, ${encoding} ÷ a list of seat objects, gzip`,
        { name: 'Onsale', run: async () => bytes },
        { name: 'seat objects', run: async () => packed },
        async () => notes,
        { unit: 'bytes', rounds: 1 }, // it is the same each time
      );
    return [
      await row('gzip', gzipped.bytes, [
        `the mix: ${mixOf(letters)}; the list is ${Buffer.byteLength(objects).toLocaleString('en')} bytes before it is packed`,
        `a map of 100,000 places, ${stadiumBytes.toLocaleString('en')} bytes packed: ${median(anew).toFixed(0)} ms when asked in words that are new to the server, ${median(again).toFixed(0)} ms when asked again (medians of ${REPEATS})`,
      ]),
      await row('brotli', brotli.bytes, []),
    ];
  } finally {
    await sql.end();
  }

  /** What a plain API would send: every seat with all that is known of it. */
  async function seatObjects(connection: postgres.Sql, { eventId }: EventOnSale): Promise<object[]> {
    const [plan] = await connection`
      select p.layout from events e join seating_plans p on p.id = e.seating_plan_id where e.id = ${eventId}`;
    const rows = await connection`
      select t.place, t.status, p.amount from tickets t join price_tiers p using (event_id, tier)
      where t.event_id = ${eventId} order by t.place`;
    return rows.map(({ place, status, amount }) => {
      const { section, row, seat } = labelOfPlace(plan!['layout'], place)!;
      return { id: place, section: section.name, row, seat, status, price: amount };
    });
  }
}

/** Ask for a map over HTTP as an app would; answers what came over the wire, and how long it took. */
async function fetchMap(
  stack: BenchStack,
  { event }: EventOnSale,
  encoding: 'gzip' | 'br',
  query = SNAPSHOT,
) {
  const began = performance.now();
  const { body, headers } = await post(`${stack.url}/graphql`, encoding, { query, variables: { event } });
  const ms = performance.now() - began;
  if (headers['content-encoding'] !== encoding) throw new Error(`not packed by ${encoding}`);
  const text = (encoding === 'br' ? brotliDecompressSync(body) : gunzipSync(body)).toString();
  const { data } = JSON.parse(text);
  return {
    bytes: body.length,
    ms,
    letters: data.seatMap.sections.map((section: any) => section.statuses).join(''),
  };
}

function post(url: string, encoding: string, body: object) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    body: Buffer;
    headers: Record<string, unknown>;
  }>();
  const asked = request(
    url,
    { method: 'POST', headers: { 'content-type': 'application/json', 'accept-encoding': encoding } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ body: Buffer.concat(chunks), headers: response.headers }));
    },
  );
  asked.on('error', reject);
  asked.end(JSON.stringify(body));
  return promise;
}

function mixOf(letters: string): string {
  const names = { A: 'available', R: 'reserved', S: 'sold', B: 'blocked' };
  return Object.entries(names)
    .map(
      ([letter, name]) =>
        `${name} ${((100 * (letters.split(letter).length - 1)) / letters.length).toFixed(0)} %`,
    )
    .join(', ');
}
