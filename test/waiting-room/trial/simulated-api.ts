import type { Platform } from '../../../src/platform/index.ts';
import { Subscriptions } from '../../../src/platform/redis/subscriptions.ts';
import { lineChannel } from '../../../src/waiting-room/line/keys.ts';
import type { Line } from '../../../src/waiting-room/line/line.ts';
import type { RoomRow } from '../../../src/waiting-room/store/rooms.ts';
import { DEFAULT_WATCH_TIMES } from '../../../src/waiting-room/watch/queue-watch.ts';
import { RoomWatch } from '../../../src/waiting-room/watch/room-watch.ts';
import type { OwnRoom } from '../own-room.ts';
import { SimulatedProcess } from './simulated-process.ts';

/** Rounds of the event loop and of Redis in which what was asked for is answered. */
const ROUNDS = 3;

/** An api process: it takes joins, and follows the line for its subscribers, by the clock of the trial. */
export class SimulatedApi {
  readonly process: SimulatedProcess;
  readonly line: Line;
  readonly watch: RoomWatch;
  readonly #subscriptions: Subscriptions;

  private constructor(process: SimulatedProcess, room: OwnRoom, row: RoomRow, maxSignMs: number) {
    this.process = process;
    const { platform } = process;
    this.line = room.lineOf(platform);
    this.watch = new RoomWatch(row, {
      ...{ platform, line: this.line, now: () => room.now },
      times: { ...DEFAULT_WATCH_TIMES, tickMs: 1_000, maxSignMs },
    });
    this.#subscriptions = new Subscriptions(platform.redis, platform.log);
  }

  /** `maxSignMs`: longest interval between signs of life, which bring the tokens of subscriptions. */
  static async open(
    platform: Platform,
    { outage, room, maxSignMs }: { outage: { isAway: boolean }; room: OwnRoom; maxSignMs: number },
  ): Promise<SimulatedApi> {
    const row = await room.row();
    const api = new SimulatedApi(new SimulatedProcess(platform, outage), room, row, maxSignMs);
    await api.#subscriptions.add(lineChannel(platform.redis.prefix, row), api.watch);
    await api.watch.open();
    return api;
  }

  /** What the process does in a second; `maintains`: with the work that makes good for messages that were lost. */
  async second(now: number, row: RoomRow, { maintains }: { maintains: boolean }): Promise<void> {
    await this.process.run(async () => {
      this.watch.tick(now);
      if (maintains) await this.watch.maintain(now, row);
      for (let round = 0; round < ROUNDS; round++) {
        await new Promise(setImmediate);
        await this.process.platform.redis.connection!.ping();
      }
    });
  }

  /** Kill the process: its connections are gone, and none of its subscribers hears of it. */
  async kill(): Promise<void> {
    this.process.isKilled = true;
    await this.#subscriptions[Symbol.asyncDispose]();
  }
}
