import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';

import type { Platform } from '../../src/platform/index.ts';
import { admissionParts, type AdmissionOptions } from '../../src/waiting-room/admission/admission.ts';
import { endVisitOfBuyer } from '../../src/waiting-room/admission/end-visit-of-buyer.ts';
import { RoomController } from '../../src/waiting-room/admission/room-controller.ts';
import type { Stock, StockSource } from '../../src/waiting-room/admission/stock.ts';
import { roomKeys } from '../../src/waiting-room/line/keys.ts';
import { Line } from '../../src/waiting-room/line/line.ts';
import {
  insertRoom,
  type RoomKey,
  type RoomRow,
  type RoomSettings,
} from '../../src/waiting-room/store/rooms.ts';
import { waitingRoomAdmissions, waitingRooms } from '../../src/waiting-room/tables.ts';

/** The instant at which the clocks of a test begin. */
export const START = Date.parse('2027-01-01T12:00:00Z');

/** How long tokens restore a line, by the clock that the test turns. */
export const SETTLE_MS = 5_000;

const SETTINGS: RoomSettings = {
  opensAt: new Date(START),
  capacity: 10,
  admissionsPerMinute: 60_000,
  visitSeconds: 600,
  graceSeconds: 60,
  order: 'ARRIVAL',
  protectsSeatMap: true,
  keepsPlaces: false,
  requiresChallenge: false,
};

/** A room of one test, with clocks that the test turns. */
export interface OwnRoom {
  line: Line;
  /** The line as another process has it. */
  lineOf(platform: Platform): Line;
  eventId: string;
  /** What Postgres has of it now. */
  row(): Promise<RoomRow>;
  change(changes: Partial<RoomRow>): Promise<void>;
  /** Milliseconds since 1970, of Postgres and Redis. */
  now: number;
  stock: Stock | null;
  ticketLimit: number;
  isOnSale: boolean;
  /** Times that a controller has asked for that. */
  saleReads: number;
  holders: string[];
  /** Times that a controller has read them. */
  stockReads: number;
  /** A viewer buys, by default what was reserved now. */
  buy(viewer: string, options?: { reservedAt?: number; line?: Line }): Promise<void>;
  controller(options?: Partial<AdmissionOptions>): RoomController;
  /** One tick of a controller, and the clock goes on by a second. */
  tick(controller: RoomController, seconds?: number): Promise<void>;
  /** Admissions in the order of their places. */
  admissions(): Promise<(typeof waitingRoomAdmissions.$inferSelect)[]>;
}

/** Make a room that opens at `START`. */
export async function openOwnRoom(
  platform: Platform,
  settings: Partial<RoomSettings> = {},
  eventId: string = randomUUID(),
): Promise<OwnRoom> {
  await platform.db.transaction((tx) => insertRoom(tx, eventId, { ...SETTINGS, ...settings }));
  const isIt = eq(waitingRooms.eventId, eventId);
  const row = async () => (await platform.db.select().from(waitingRooms).where(isIt))[0]!;
  const room: OwnRoom = {
    line: new Line(platform, () => room.now, SETTLE_MS),
    lineOf: (ofProcess) => new Line(ofProcess, () => room.now, SETTLE_MS),
    eventId,
    row,
    change: async (changes) => void (await platform.db.update(waitingRooms).set(changes).where(isIt)),
    now: START,
    stock: { available: 1_000_000, held: 0 },
    ticketLimit: 10,
    holders: [],
    stockReads: 0,
    isOnSale: true,
    saleReads: 0,
    buy: (viewerId, { reservedAt = room.now, line = room.line } = {}) =>
      endVisitOfBuyer(platform, line, { eventId, viewerId, reservedAt: async () => new Date(reservedAt) }),
    controller: (options = {}) =>
      new RoomController(
        admissionParts({
          platform,
          line: room.line,
          stock: stockOf(room),
          clock: () => sql`${new Date(room.now).toISOString()}::timestamptz`,
          settleMs: SETTLE_MS,
          ...options,
        }),
        { eventId, generation: 1 },
      ),
    async tick(controller, seconds = 1) {
      await controller.tick(SETTINGS.opensAt);
      room.now += seconds * 1_000;
    },
    admissions: () =>
      platform.db
        .select()
        .from(waitingRoomAdmissions)
        .where(eq(waitingRoomAdmissions.eventId, eventId))
        .orderBy(waitingRoomAdmissions.place),
  };
  return room;
}

/** The stock of a room; each change of it is seen at once. */
export const stockOf = (room: OwnRoom): StockSource => ({
  async read() {
    room.stockReads++;
    const { stock, ticketLimit, holders } = room;
    return stock && { ...stock, ticketLimit, holders: [...holders] };
  },
  lastChange: async () => JSON.stringify([room.stock, room.holders]),
  async isOnSale() {
    room.saleReads++;
    return room.isOnSale;
  },
});

/** Ids of entries. */
export const entriesOf = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, index) => `${String(from + index).padStart(21, '0')}A`);

/** Delete what Redis has of a room, as a flush does. */
export const forget = (platform: Platform, room: RoomKey) =>
  platform.redis.connection!.del(...roomKeys(platform.redis.prefix, room).slice(0, -1));
