import postgres from 'postgres';

import { SEAT_MAP_CHANGED, type SeatMapDeltaMessage } from '../src/client/index.ts';
import type { ConnectionGroup, Receiver } from './clients/receiver.ts';
import { sharedClock } from './clocks.ts';
import { openEventOnSale, type EventOnSale } from './event-on-sale.ts';
import { startRpcChild, type RpcChild } from './rpc.ts';
import type { BareWebSocket } from './servers/bare-websocket.ts';
import type { BenchStack } from './stack.ts';

/** Events on sale with live seat maps. */
export interface LiveMaps extends AsyncDisposable {
  events: readonly EventOnSale[];
  /** Toggle these places of all Events between available and blocked, in one transaction. */
  toggle(places: readonly number[]): Promise<void>;
  /** The same; returns when the commit was sent, by the shared clock. */
  toggleTimed(places: readonly number[]): Promise<number>;
  /** The status letter of each place, from the database. */
  statusesOf(event: EventOnSale): Promise<string>;
}

/** Put Events on sale and wait until their maps are up to date. */
export async function openLiveMaps(stack: BenchStack, count: number, places: number): Promise<LiveMaps> {
  const events: EventOnSale[] = [];
  for (let n = 0; n < count; n++) events.push(await openEventOnSale(stack, places));
  for (const { event } of events) {
    while ((await stack.query(`{ seatMap(event: "${event}") { stale } }`)).seatMap.stale) {
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  const sql = postgres(stack.databaseUrl, { max: 16, onnotice: () => {} });
  const ids = events.map(({ eventId }) => eventId);
  const toggle = (connection: postgres.Sql, changed: readonly number[]) => connection`
    update tickets set version = version + 1,
      status = (case status when 'AVAILABLE' then 'BLOCKED' else 'AVAILABLE' end)::ticket_status
    where event_id = any (${ids}) and place = any (${changed as number[]})`;
  return {
    events,
    async toggle(changed) {
      await toggle(sql, changed);
    },
    async toggleTimed(changed) {
      const connection = await sql.reserve();
      try {
        await connection`begin`;
        await toggle(connection, changed);
        const at = sharedClock();
        await connection`commit`;
        return at;
      } finally {
        connection.release();
      }
    },
    async statusesOf({ eventId }) {
      const [row] = await sql<{ statuses: string }[]>`
        select string_agg(left(status::text, 1), '' order by place) as statuses from tickets where event_id = ${eventId}`;
      return row!.statuses;
    },
    [Symbol.asyncDispose]: () => sql.end(),
  };
}

/** Start the process that receives messages. */
export const openReceiver = (): RpcChild<Receiver> => startRpcChild<Receiver>('bench/clients/receiver.ts');

/** Start a bare `ws` server. */
export const openBareWebSocket = (options: { execArgv?: string[] } = {}): RpcChild<BareWebSocket> =>
  startRpcChild<BareWebSocket>('bench/servers/bare-websocket.ts', options);

/** Connections to a room of a bare `ws` server. */
export function roomMembers(port: number, room: number, count: number): ConnectionGroup {
  return {
    host: '127.0.0.1',
    port,
    path: `/${room}`,
    protocol: null,
    requests: [],
    count,
    initialMessages: 0,
  };
}

/** Connections to Onsale that subscribe to an Event's seat map, with one operation id for all or one for each. */
export function seatMapSubscribers(
  url: string,
  { event }: EventOnSale,
  count: number,
  id: '1' | '$n' = '1',
): ConnectionGroup {
  const { hostname, port } = new URL(url);
  const payload = { query: SEAT_MAP_CHANGED, variables: { event } };
  return {
    host: hostname,
    port: Number(port),
    path: '/graphql',
    protocol: 'graphql-transport-ws',
    requests: ['{"type":"connection_init"}', JSON.stringify({ id, type: 'subscribe', payload })],
    count,
    initialMessages: 2, // connection_ack and a snapshot
  };
}

/** Parse a message to a subscriber; throws unless it is a delta. */
export function deltaOf(message: string): SeatMapDeltaMessage {
  const update = JSON.parse(message).payload.data.seatMapChanged;
  if (update.__typename !== 'SeatMapDelta') throw new Error('received a snapshot instead of a delta');
  return update;
}
