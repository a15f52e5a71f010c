import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

import { closedLoop } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { pgbench } from '../pgbench.ts';
import type { BenchStack } from '../stack.ts';
import { openBenchVenue } from '../venue.ts';

/** Enough that two buyers rarely meet, as in speed's reference figures. */
const PLACES = 100_000;
/** A crowd, so that hardly anybody comes twice; each token is new to the server once. */
const FANS = 5_000;
const SECONDS = 10;
/** As many as keep the server busy; each is a buyer of their own. */
const CONNECTIONS = 64;
const PGBENCH_CLIENTS = 16;

const RESERVE = `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) {
  __typename ... on TicketsReserved { reservation { id } } } }`;

/**
 * P1: reservations per second through the API, over pgbench doing the same with one statement per transaction on the
 * same Postgres: two adjacent random places taken if they are free or their hold has run out, a Reservation and a
 * remembered idempotency key inserted.
 */
export async function reserveRow(stack: BenchStack): Promise<Row> {
  const house = await openBenchVenue(stack, PLACES);
  const tokens = await Promise.all(
    Array.from({ length: FANS }, (_, n) => stack.token(`bench-fan-${n}`, 'FAN')),
  );
  const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update events set ticket_limit = 100 where id = ${house.eventId}`;
  let refused = 0;

  try {
    return await measureRatio(
      'P1',
      'reservations/s through the API ÷ pgbench, one statement each',
      {
        name: `Onsale, ${CONNECTIONS} connections`,
        run: async () => {
          await emptyHouse();
          const { perSecond, failures } = await closedLoop({
            url: `${stack.url}/graphql`,
            connections: CONNECTIONS,
            seconds: SECONDS,
            headers: () => ({ authorization: `Bearer ${tokens[Math.floor(Math.random() * tokens.length)]}` }),
            body: () => reserveBody(house.event),
            counts: (answer) => answer.includes('"TicketsReserved"'),
          });
          refused += failures;
          await audit('the API');
          return perSecond;
        },
      },
      {
        name: `pgbench, ${PGBENCH_CLIENTS} clients`,
        run: async () => {
          await emptyHouse();
          const rate = await pgbench(stack.databaseUrl, oneStatement(house.eventId), {
            clients: PGBENCH_CLIENTS,
            seconds: SECONDS,
          });
          await audit('pgbench');
          return rate;
        },
      },
      async () => [`${refused} API answers were refusals (places taken by another buyer) and do not count`],
    );
  } finally {
    await sql.end();
  }

  /**
   * Both sides begin with a house that nobody has touched, and without the dead rows of the run before. Requests that
   * the load gave up on may still be under way: they have to be before this or after it, not in the middle.
   */
  async function emptyHouse(): Promise<void> {
    await sql.begin(async (tx) => {
      await tx`lock table tickets, reservations, idempotency_keys in exclusive mode`;
      await tx`delete from idempotency_keys`;
      await tx`delete from reservations where event_id = ${house.eventId}`;
      await tx`update tickets set status = 'AVAILABLE', reservation_id = null, held_until = null
               where event_id = ${house.eventId} and status <> 'AVAILABLE'`;
    });
    await sql.unsafe('vacuum analyze tickets, reservations, idempotency_keys');
    await sql.unsafe('checkpoint');
  }

  /** A fast run that oversold counts as zero: every place held has one Reservation, which names it. */
  async function audit(side: string): Promise<void> {
    const [wrong] = await sql<{ count: number }[]>`
      select count(*)::int as count from (
        select place from reservations, unnest(places) as place
        where event_id = ${house.eventId} and status = 'HELD' group by place having count(*) > 1
      ) twice`;
    const [unowned] = await sql<{ count: number }[]>`
      select count(*)::int as count from tickets t
      where t.event_id = ${house.eventId} and t.status = 'RESERVED' and not exists (
        select from reservations r where r.event_id = t.event_id and r.id = t.reservation_id and t.place = any (r.places))`;
    if (wrong!.count + unowned!.count > 0)
      throw new Error(`${side} oversold: ${JSON.stringify({ wrong, unowned })}`);
  }
}

function reserveBody(event: string): string {
  const place = Math.floor(Math.random() * (PLACES - 1));
  const input = { event, selection: { places: [place, place + 1] }, idempotencyKey: randomUUID() };
  return JSON.stringify({ query: RESERVE, variables: { input } });
}

function oneStatement(eventId: string): string {
  return `\\set place random(0, ${PLACES - 2})
\\set viewer random(0, ${FANS - 1})
with wanted as (
  select place from tickets
  where event_id = '${eventId}' and place in (:place, :place + 1)
    and (status = 'AVAILABLE' or (status = 'RESERVED' and held_until <= now()))
  order by place for update
), hold as (select gen_random_uuid() as id where (select count(*) from wanted) = 2),
taken as (
  update tickets set status = 'RESERVED', reservation_id = hold.id, held_until = now() + interval '600 s', version = version + 1
  from hold where event_id = '${eventId}' and place in (:place, :place + 1) returning 1
), held as (
  insert into reservations (event_id, id, viewer_id, places, amount, currency, held_until, held_until_cap)
  select '${eventId}', id, 'bench-fan-' || :viewer, array[:place, :place + 1]::int[], 20000, 'EUR', now() + interval '600 s', now() + interval '1800 s'
  from hold returning id
)
insert into idempotency_keys (viewer_id, key, operation, input_hash, answer)
select 'bench-fan-' || :viewer, id::text, 'reserveTickets', 'hash', '{}' from held;
`;
}
