import postgres from 'postgres';

import { SEAT_MAP_CHANGED, type SeatMapDeltaMessage } from '../src/client/index.ts';
import type { ConnectionGroup, Receiver } from './clients/receiver.ts';
import { sharedClock } from './clocks.ts';
import { openEventOnSale, type EventOnSale } from './event-on-sale.ts';
import { startRpcChild, type RpcChild } from './rpc.ts';
import type { BareWebSocket } from './servers/bare-websocket.ts';
import type { BenchStack } from './stack.ts';

/** Events on sale whose maps are live, and a way to change them. */
export interface LiveMaps extends AsyncDisposable {
  events: readonly EventOnSale[];
  /** In one transaction: turn these places of all Events, from available to blocked or back. */
  toggle(places: readonly number[]): Promise<void>;
  /** The same, and answer when the commit was sent, by the shared clock. */
  toggleTimed(places: readonly number[]): Promise<number>;
  /** The letters of a whole map, as the database has it. */
  statusesOf(house: EventOnSale): Promise<string>;
}

/** Put Events on sale, and wait until their maps follow the log. */
export async function openLiveMaps(stack: BenchStack, events: number, places: number): Promise<LiveMaps> {
  const houses: EventOnSale[] = [];
  for (let n = 0; n < events; n++) houses.push(await openEventOnSale(stack, places));
  for (const { event } of houses) {
    while ((await stack.query(`{ seatMap(event: "${event}") { stale } }`)).seatMap.stale) {
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  const sql = postgres(stack.databaseUrl, { max: 16, onnotice: () => {} });
  const ids = houses.map(({ eventId }) => eventId);
  const turn = (connection: postgres.Sql, changed: readonly number[]) => connection`
    update tickets set version = version + 1,
      status = (case status when 'AVAILABLE' then 'BLOCKED' else 'AVAILABLE' end)::ticket_status
    where event_id = any (${ids}) and place = any (${changed as number[]})`;
  return {
    events: houses,
    async toggle(changed) {
      await turn(sql, changed);
    },
    async toggleTimed(changed) {
      const connection = await sql.reserve();
      try {
        await connection`begin`;
        await turn(connection, changed);
        const at = sharedClock();
        await connection`commit`;
        return at;
      } finally {
        connection.release();
      }
    },
    async statusesOf({ eventId }) {
      const [row] = await sql<{ letters: string }[]>`
        select string_agg(left(status::text, 1), '' order by place) as letters from tickets where event_id = ${eventId}`;
      return row!.letters;
    },
    [Symbol.asyncDispose]: () => sql.end(),
  };
}

/** Start the reading side. */
export const openReceiver = (): RpcChild<Receiver> => startRpcChild<Receiver>('bench/clients/receiver.ts');

/** Start a bare `ws` server. */
export const openBareWebSocket = (options: { execArgv?: string[] } = {}): RpcChild<BareWebSocket> =>
  startRpcChild<BareWebSocket>('bench/servers/bare-websocket.ts', options);

/** So many connections to a room of a bare server. */
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

/** So many connections to Onsale that follow this Event, all by the same operation id or each by its own. */
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
    initialMessages: 2, // the acknowledgement, and a whole map
  };
}

/** Read the delta in a message that a follower was sent. */
export function deltaOf(message: string): SeatMapDeltaMessage {
  const update = JSON.parse(message).payload.data.seatMapChanged;
  if (update.__typename !== 'SeatMapDelta') throw new Error('a whole map came, where changes should');
  return update;
}
