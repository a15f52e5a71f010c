import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

import { openEventOnSale } from '../event-on-sale.ts';
import { closedLoop, type ServerLoad } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { pgbench } from '../pgbench.ts';
import type { BenchStack } from '../stack.ts';

/** Two buyers rarely choose the same of so many. */
const PLACES = 100_000;
/** Few buyers order twice; the server verifies each token once. */
const BUYERS = 5_000;
const SECONDS = 10;
/** Enough concurrent buyers to keep the server busy. */
const CONNECTIONS = 64;
const PGBENCH_CLIENTS = 16;

const RESERVE = `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) {
  __typename ... on TicketsReserved { reservation { id } } } }`;

/** Reservations through the API, with what P1 needs to run pgbench on the same event. */
export interface ReserveLoad extends ServerLoad {
  eventId: string;
  /** Throw if the last run oversold: every reserved place belongs to exactly one Reservation. */
  audit(side: string): Promise<void>;
  /** Responses so far that were refusals. */
  refusals(): number;
}

/** Put an event on sale and prepare the buyers' tokens. `prepare` releases every place again. */
export async function openReserveLoad(stack: BenchStack): Promise<ReserveLoad> {
  const { event, eventId } = await openEventOnSale(stack, PLACES);
  const tokens = await Promise.all(
    Array.from({ length: BUYERS }, (_, n) => stack.token(`bench-fan-${n}`, 'FAN')),
  );
  const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update events set ticket_limit = 100 where id = ${eventId}`;
  let refusals = 0;
  return {
    eventId,
    prepare: () => releaseAll(sql, eventId),
    async run() {
      const { perSecond, responses, failures } = await closedLoop({
        url: `${stack.url}/graphql`,
        connections: CONNECTIONS,
        seconds: SECONDS,
        headers: () => ({ authorization: `Bearer ${tokens[Math.floor(Math.random() * tokens.length)]}` }),
        body: () => reserveBody(event),
        isSuccess: (response) => response.includes('"TicketsReserved"'),
      });
      refusals += failures;
      return { rate: perSecond, operations: responses };
    },
    audit: (side) => audit(sql, eventId, side),
    refusals: () => refusals,
    [Symbol.asyncDispose]: () => sql.end(),
  };
}

/**
 * P1: reservations per second through the API, over pgbench doing the same in one statement per transaction on the same
 * Postgres: reserve two adjacent random places, insert a Reservation and an idempotency key.
 */
export async function reserveRow(stack: BenchStack): Promise<Row> {
  await using load = await openReserveLoad(stack);
  return await measureRatio(
    'P1',
    'reservations/s through the API ÷ pgbench, one statement each',
    {
      name: `Onsale, ${CONNECTIONS} connections`,
      run: async () => {
        await load.prepare();
        const { rate } = await load.run();
        await load.audit('the API');
        return rate;
      },
    },
    {
      name: `pgbench, ${PGBENCH_CLIENTS} clients`,
      run: async () => {
        await load.prepare();
        const rate = await pgbench(stack.databaseUrl, oneStatement(load.eventId), {
          clients: PGBENCH_CLIENTS,
          seconds: SECONDS,
        });
        await load.audit('pgbench');
        return rate;
      },
    },
    async () => [`${load.refusals()} API responses were refusals (a place was taken) and are not counted`],
  );
}

/** The table locks wait for requests that the load generator abandoned; vacuum removes the dead rows of the last run. */
async function releaseAll(sql: postgres.Sql, eventId: string): Promise<void> {
  // of a revision before `idempotent_calls`, which is compared with
  const [found] = await sql<{ calls: string }[]>`
    select coalesce(to_regclass('idempotent_calls'), to_regclass('idempotency_keys'))::text as calls`;
  const { calls } = found!;
  await sql.begin(async (tx) => {
    await tx`lock table tickets, reservations, ${tx(calls)} in exclusive mode`;
    await tx`delete from ${tx(calls)}`;
    await tx`delete from reservations where event_id = ${eventId}`;
    await tx`update tickets set status = 'AVAILABLE', reservation_id = null, held_until = null
             where event_id = ${eventId} and status <> 'AVAILABLE'`;
  });
  await sql.unsafe(`vacuum analyze tickets, reservations, ${calls}`);
  await sql.unsafe('checkpoint');
}

async function audit(sql: postgres.Sql, eventId: string, side: string): Promise<void> {
  const [twice] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select place from reservations, unnest(places) as place
      where event_id = ${eventId} and status = 'HELD' group by place having count(*) > 1
    ) twice`;
  const [unowned] = await sql<{ count: number }[]>`
    select count(*)::int as count from tickets t
    where t.event_id = ${eventId} and t.status = 'RESERVED' and not exists (
      select from reservations r where r.event_id = t.event_id and r.id = t.reservation_id and t.place = any (r.places))`;
  if (twice!.count + unowned!.count > 0)
    throw new Error(`${side} oversold: ${JSON.stringify({ twice, unowned })}`);
}

function reserveBody(event: string): string {
  const place = Math.floor(Math.random() * (PLACES - 1));
  const input = { event, selection: { places: [place, place + 1] }, idempotencyKey: randomUUID() };
  return JSON.stringify({ query: RESERVE, variables: { input } });
}

function oneStatement(eventId: string): string {
  return `\\set place random(0, ${PLACES - 2})
\\set viewer random(0, ${BUYERS - 1})
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
  insert into reservations (event_id, id, viewer_id, places, amount, amount_minor, currency, held_until, held_until_cap)
  select '${eventId}', id, 'bench-fan-' || :viewer, array[:place, :place + 1]::int[], 20000, 20000, 'EUR', now() + interval '600 s', now() + interval '1800 s'
  from hold returning id
)
insert into idempotent_calls (event_id, viewer_id, key, operation, input_hash, answer)
select '${eventId}', 'bench-fan-' || :viewer, id::text, 'reserveTickets', 'hash', '{}' from held;
`;
}
