import { maySee } from '../catalog/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import { singleFlight } from '../platform/single-flight.ts';
import { refusalToFollow, type LiveRooms } from '../waiting-room/index.ts';
import { BoardReader } from './board/board-reader.ts';
import { Boards } from './board/boards.ts';
import { readCursor } from './cursors.ts';
import type { ChannelTimes } from './live/channel-times.ts';
import type { RefuseSubscriber } from './live/channel.ts';
import { Channels } from './live/channels.ts';
import { postgresEpoch } from './live/map-source.ts';
import { loadEventSeating } from './load-seating.ts';
import { isLongerThanMap, mergeDeltas } from './merge-deltas.ts';
import { RecentTiers } from './recent-tiers.ts';
import type { SeatMapPlatform, SeatMaps, SeatMapUpdate } from './seat-maps.ts';
import { buildSnapshot, type EventSeating, type SeatMapSnapshot } from './snapshot.ts';
import { readStatuses } from './store.ts';

/** Open the seat maps of this process; dispose of them to end all subscriptions. */
export function openSeatMaps(
  platform: SeatMapPlatform,
  times: Partial<ChannelTimes> = {},
  waitingRooms: Pick<LiveRooms, 'known' | 'passes' | 'onRefresh'> | null = null,
): SeatMaps {
  const { db } = platform;
  const boards = new Boards(platform.redis);
  const reader = new BoardReader(boards, platform);
  const listeners = new Set<(eventId: string) => void>();
  const onChange = (eventId: string) => listeners.forEach((listener) => listener(eventId));
  const refuse: RefuseSubscriber = (event, subscriber) =>
    waitingRooms === null ? null : refusalToFollow(waitingRooms, event, subscriber);
  const channels = new Channels({ platform, boards, reader, times, onChange, refuse });
  waitingRooms?.onRefresh(() => channels.reauthorize());

  const readStatusesShared = singleFlight((eventId) => readStatuses(db, eventId));

  async function visibleSeating(viewer: Viewer | null, eventId: string): Promise<EventSeating | null> {
    const seating = await loadEventSeating(db, eventId);
    return seating !== null && maySee(viewer, seating.event) ? seating : null;
  }

  async function readMap(seating: EventSeating): Promise<SeatMapSnapshot> {
    const board = await reader.read(seating.event.id);
    if (board !== null) return buildSnapshot(seating, { ...board, asOf: new Date(), stale: false });
    const fromPostgres = await readStatusesShared(seating.event.id);
    return buildSnapshot(seating, { ...fromPostgres, epoch: postgresEpoch(), sequence: 0, stale: true });
  }

  async function readSince(seating: EventSeating, cursor: string): Promise<SeatMapUpdate> {
    const position = readCursor(cursor, 'cursor');
    const generation = await boards.generation(seating.event.id);
    const changes =
      generation === null ? null : await boards.changesSince(generation, seating.event.id, position);
    if (changes !== null) {
      const update = mergeDeltas(position, changes.deltas, { ...changes, stale: false });
      if (!isLongerThanMap(update, seating.plan.places)) return update;
    }
    return { __typename: 'SeatMap', ...(await readMap(seating)) };
  }

  const tiers = new RecentTiers(async (eventId) => {
    const seating = await loadEventSeating(db, eventId);
    return seating && (await readMap(seating)).tiers;
  });

  return {
    async read(viewer, eventId) {
      const seating = await visibleSeating(viewer, eventId);
      return seating === null ? null : readMap(seating);
    },
    async readSince(viewer, eventId, cursor) {
      readCursor(cursor, 'cursor');
      const seating = await visibleSeating(viewer, eventId);
      return seating === null ? null : readSince(seating, cursor);
    },
    readTiers: (eventId) => tiers.read(eventId),
    async subscribe(viewer, eventId) {
      const channel = await channels.get(eventId);
      return (await channel?.authorize(viewer)) ? channel : null;
    },
    hasChannel: (eventId) => channels.has(eventId),
    onChange: (listener) => void listeners.add(listener),
    eventsChanged: (eventIds) => channels.eventsChanged(eventIds),
    [Symbol.asyncDispose]: () => channels[Symbol.asyncDispose](),
  };
}
