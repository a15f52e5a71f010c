import { maySee } from '../catalog/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { singleFlight } from '../platform/single-flight.ts';
import { BoardReader } from './board/board-reader.ts';
import { Boards } from './board/boards.ts';
import { readCursor } from './cursors.ts';
import type { ChannelTimes } from './live/channel.ts';
import { Channels } from './live/channels.ts';
import { postgresEpoch } from './live/map-source.ts';
import { loadEventSeating } from './load-seating.ts';
import { isLongerThanMap, mergeDeltas } from './merge-deltas.ts';
import type { SeatMapPlatform } from './platform.ts';
import type { SeatMaps, SeatMapUpdate } from './seat-maps.ts';
import { buildSnapshot, type EventSeating, type SeatMapSnapshot } from './snapshot.ts';
import { readStatuses } from './store.ts';

/** Open the seat maps of this process. */
export function openSeatMaps(platform: SeatMapPlatform, times: Partial<ChannelTimes> = {}): SeatMaps {
  const { db } = platform;
  const boards = new Boards(platform.redis);
  const reader = new BoardReader(boards, platform);
  const listeners = new Set<(eventId: string) => void>();
  const changed = (eventId: string) => listeners.forEach((listener) => listener(eventId));
  const channels = new Channels({ platform, boards, reader, times, changed });

  const readStatusesShared = singleFlight((eventId) => readStatuses(db, eventId));

  async function houseFor(viewer: Viewer | null, eventId: string): Promise<EventSeating | null> {
    const house = await loadEventSeating(db, eventId);
    return house !== null && maySee(viewer, house.event) ? house : null;
  }

  async function readMap(house: EventSeating): Promise<SeatMapSnapshot> {
    const board = await reader.read(house.event.id);
    if (board !== null)
      return buildSnapshot(house, { ...board, statuses: board.letters, asOf: new Date(), stale: false });
    const fromPostgres = await readStatusesShared(house.event.id);
    return buildSnapshot(house, { ...fromPostgres, epoch: postgresEpoch(), sequence: 0, stale: true });
  }

  async function readSince(house: EventSeating, cursor: string): Promise<SeatMapUpdate> {
    const position = readCursor(cursor, 'cursor');
    const generation = await boards.generation(house.event.id);
    const changes =
      generation === null ? null : await boards.changesSince(generation, house.event.id, position);
    if (changes !== null) {
      const update = mergeDeltas(position, changes.deltas, { ...changes, stale: false });
      if (!isLongerThanMap(update, house.plan.places)) return update;
    }
    return { __typename: 'SeatMap', ...(await readMap(house)) };
  }

  return {
    async read(viewer, eventId) {
      const house = await houseFor(viewer, eventId);
      return house === null ? null : readMap(house);
    },
    async since(viewer, eventId, cursor) {
      readCursor(cursor, 'cursor');
      const house = await houseFor(viewer, eventId);
      return house === null ? null : readSince(house, cursor);
    },
    async follow(viewer, eventId) {
      const channel = await channels.get(eventId);
      return (await channel?.admits(viewer)) ? channel : null;
    },
    isFollowed: (eventId) => channels.has(eventId),
    onChange: (listener) => void listeners.add(listener),
    eventsChanged: (eventIds) => channels.eventsChanged(eventIds),
    [Symbol.asyncDispose]: () => channels[Symbol.asyncDispose](),
  };
}
