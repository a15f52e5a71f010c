import { sql } from 'drizzle-orm';

import type { Platform } from '../../../src/platform/index.ts';
import type { RoomController } from '../../../src/waiting-room/admission/room-controller.ts';
import type { AdmissionSwitches } from '../../../src/waiting-room/admission/stock.ts';
import { readOrder } from '../../../src/waiting-room/draw/open-room.ts';
import { lineChannel } from '../../../src/waiting-room/line/keys.ts';
import type { RoomKey } from '../../../src/waiting-room/store/rooms.ts';
import { eventually } from '../../support/wait-until.ts';
import { forget, openOwnRoom, START, type OwnRoom } from '../own-room.ts';
import { Audit } from './audit.ts';
import { Crowd, type Visitor } from './crowd.ts';
import {
  backUp,
  failOver,
  lowerFence,
  OUTAGE_SECONDS,
  sabotage,
  schedule,
  type Fault,
  type Sabotage,
} from './faults.ts';
import { randomFrom, type Random } from './seeded-random.ts';
import { SimulatedApi } from './simulated-api.ts';
import { SimulatedProcess, type CrashPoint } from './simulated-process.ts';

/** Options of a trial. A seed repeats what happens; the order that is drawn is of the room's own key. */
export interface TrialOptions {
  platform: Platform;
  /** Kill Redis and start it again, empty. */
  restartRedis(): Promise<void>;
  seed: number;
  faults: readonly Fault[];
  /** In the second of the opening, before it. */
  openingFault?: Fault;
  tickets?: number;
  switches?: AdmissionSwitches;
  sabotage?: Sabotage;
  maxSignMs?: number;
}

/** What a trial saw. */
export interface TrialResult {
  violations: string[];
  admitted: number;
  sold: number;
}

const CAPACITY = 12;
const PER_MINUTE = 120;
const TICKETS = 60;
const FIRST_VIEWERS = 40;
const SECONDS_BEFORE_OPENING = 14;
/** Time in which, once all faults are cured, as many get in as fit. */
const LAST_SECONDS = 60;
/** Lost lines are restored for 5 s here, not 35. */
const MAX_SIGN_MS = 1_000;
const HOUR_MS = 3_600_000;
/** Longer than a lease. */
const SUSPENDED_SECONDS = 8;

interface Worker {
  process: SimulatedProcess;
  controller: RoomController;
  /** Not yet at the end of its step. */
  suspended: Promise<void> | null;
}

/**
 * Viewers join, watch, buy, leave and fall silent, while processes are killed, suspended and have wrong clocks, and Redis is away,
 * emptied, or replaced by a replica that lags. After each second the rules are checked.
 */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
  const trial = await Trial.open(options);
  const { at, end } = schedule(options.faults, trial.random);
  if (options.openingFault) at.set(0, options.openingFault);
  for (let second = -SECONDS_BEFORE_OPENING; second < end; second++)
    await trial.second(at.get(second) ?? null);
  await trial.cure();
  return trial.finish();
}

class Trial {
  readonly random: Random;
  readonly #options: TrialOptions;
  readonly #room: OwnRoom;
  readonly #crowd: Crowd;
  readonly #audit: Audit;
  readonly #outage = { isAway: false };
  readonly #later = new Map<number, () => Promise<void>>();
  #apis: SimulatedApi[] = [];
  #workers: Worker[] = [];
  #backup: Awaited<ReturnType<typeof backUp>> = [];
  #sold = 0;
  #returns = 0;

  private constructor(options: TrialOptions, room: OwnRoom, crowd: Crowd, random: Random) {
    this.random = random;
    this.#options = options;
    this.#room = room;
    this.#crowd = crowd;
    this.#audit = new Audit(room);
  }

  static async open(options: TrialOptions): Promise<Trial> {
    const room = await openOwnRoom(options.platform, {
      ...{ capacity: CAPACITY, admissionsPerMinute: PER_MINUTE, visitSeconds: 120, graceSeconds: 10 },
      order: 'SHUFFLED',
    });
    room.now = START - SECONDS_BEFORE_OPENING * 1_000;
    room.stock = { available: options.tickets ?? TICKETS, held: 0 };
    const random = randomFrom(options.seed);
    const row = await room.row();
    const trial = new Trial(options, room, new Crowd(room, row, random), random);
    for (let count = 0; count < 2; count++) {
      trial.#apis.push(await trial.#openApi());
      trial.#workers.push(trial.#openWorker());
    }
    for (let count = 0; count < FIRST_VIEWERS; count++) await trial.#crowd.join(trial.#apis[random(2)]!, row);
    return trial;
  }

  /** A second of the trial. */
  async second(fault: Fault | null): Promise<void> {
    const { platform } = this.#options;
    const room = this.#room;
    await this.#later.get(room.now)?.();
    if (fault !== null) await this.#inject(fault);
    let row = await room.row();
    for (let joins = this.random(3); joins > 0; joins--)
      await this.#crowd.join(this.#apis[this.random(this.#apis.length)]!, row);
    await this.#crowd.act(this.#apis, row, (visitor) => this.#endVisit(visitor));
    if (this.#returns > 0 && this.random(5) === 0) {
      this.#returns--;
      room.stock!.available++;
    }
    for (const worker of this.#workers) await this.#tick(worker);
    await sabotage(platform, row, this.#options.sabotage ?? null, room.now);
    row = await room.row();
    const maintains = this.#options.sabotage !== 'maintenance';
    for (const api of this.#apis) await api.second(room.now, row, { maintains });
    await this.#audit.second({ row, visitors: this.#crowd.visitors, isAway: this.#outage.isAway });
    // the control needs a replica that is well behind
    if (this.random(this.#options.sabotage === 'run' ? 40 : 8) === 0)
      this.#backup = await backUp(platform, row);
    room.now += 1_000;
  }

  /** No fault is left: all that were put off are done. */
  async cure(): Promise<void> {
    for (const [at, work] of this.#later) if (at > this.#room.now) await work();
    this.#later.clear();
  }

  /** No slot is lost: as many get in as fit. */
  async finish(): Promise<TrialResult> {
    const violations = this.#audit.violations;
    this.#room.stock!.available = 1_000;
    for (let second = 0; second < LAST_SECONDS; second++) {
      const row = await this.#room.row();
      if (second === 20) for (let count = 0; count < 30; count++) await this.#crowd.join(this.#apis[0]!, row);
      await this.second(null);
      const { waiting, inside } = await this.#room.row();
      if (second > 45 && waiting > CAPACITY && inside < CAPACITY - 3)
        violations.push(`${CAPACITY - inside} slots lost`);
    }
    const row = await this.#room.row();
    await this.#audit.finish(await readOrder(this.#options.platform, row), this.#crowd.visitors, PER_MINUTE);
    for (const api of this.#apis) await api.kill();
    return {
      violations: [...violations, ...this.#crowd.violations],
      admitted: (await this.#room.admissions()).length,
      sold: this.#sold,
    };
  }

  #openApi(): Promise<SimulatedApi> {
    const { platform, maxSignMs = MAX_SIGN_MS } = this.#options;
    return SimulatedApi.open(platform, { outage: this.#outage, room: this.#room, maxSignMs });
  }

  #openWorker(): Worker {
    const process = new SimulatedProcess(this.#options.platform, this.#outage);
    const { platform } = process;
    const hasOwnClock = this.#options.sabotage === 'clock';
    const clock = () =>
      sql`${new Date(this.#room.now + (hasOwnClock ? process.skewMs : 0)).toISOString()}::timestamptz`;
    const { switches } = this.#options;
    const line = this.#room.lineOf(platform);
    const controller = this.#room.controller({ platform, line, clock, ...(switches && { switches }) });
    return { process, controller, suspended: null };
  }

  async #tick(worker: Worker): Promise<void> {
    if (worker.suspended !== null) return;
    const { process, controller } = worker;
    const stepping = process.run(() => controller.tick(new Date(START))).catch(() => {});
    await process.untilSuspended(stepping);
    if (process.isSuspended) return this.#onSuspended(worker, stepping);
    if (!process.isKilled) return;
    this.#workers = this.#workers.map((each) => (each === worker ? this.#openWorker() : each));
  }

  /** Buy or leave; `false`: Redis is away. */
  async #endVisit(visitor: Visitor): Promise<boolean> {
    const { stock } = this.#room;
    const { line } = this.#apis[0]!;
    if (!visitor.hasBought && stock!.available > 0 && this.random(3) > 0) {
      visitor.hasBought = true;
      stock!.available--;
      this.#sold++;
      if (this.random(3) === 0) this.#returns++;
    }
    if (!visitor.hasBought)
      return (await line.leave(await this.#room.row(), visitor.entry)) || !this.#outage.isAway;
    await this.#room.buy(visitor.id, { line }); // the controller frees the slot if Redis is away
    return true;
  }

  async #inject(fault: Fault): Promise<void> {
    const { platform } = this.#options;
    const row = await this.#room.row();
    const holder = this.#workers.find(({ controller }) => controller.holdsLease) ?? this.#workers[0]!;
    switch (fault) {
      case 'killed after propose':
      case 'killed after commit':
      case 'killed after apply':
        holder.process.crashAfter = fault.slice('killed after '.length) as CrashPoint;
        return;
      case 'suspended':
        return holder.process.suspend();
      case 'clock ahead':
      case 'clock behind': {
        const skewMs = fault === 'clock ahead' ? HOUR_MS : -HOUR_MS;
        for (const { process } of [this.#workers[this.random(2)]!, this.#apis[this.random(2)]!])
          process.skewMs = skewMs;
        return;
      }
      case 'flush':
        return void (await forget(platform, row));
      case 'outage':
        this.#outage.isAway = true;
        return this.#after(OUTAGE_SECONDS, async () => void (this.#outage.isAway = false));
      case 'restart':
        return this.#restartRedis(row);
      case 'failover':
        return failOver(platform, row, this.#backup, { knowsItsRun: this.#options.sabotage !== 'run' });
      case 'api restart': {
        const index = this.random(this.#apis.length);
        const api = this.#apis[index]!;
        await api.kill();
        this.#crowd.disconnect(api);
        this.#apis[index] = await this.#openApi();
      }
    }
  }

  /** It stands between proposal and commit; meanwhile the tickets are gone, and another controller takes over. */
  #onSuspended(worker: Worker, stepping: Promise<void>): void {
    worker.suspended = stepping;
    const stock = this.#room.stock!;
    const { available } = stock;
    stock.available = 0;
    this.#after(SUSPENDED_SECONDS, async () => {
      if (this.#options.sabotage === 'fence')
        await lowerFence(this.#options.platform, await this.#room.row());
      worker.process.resume();
      await worker.suspended;
      worker.suspended = null;
    });
    this.#after(SUSPENDED_SECONDS + 2, async () => void (stock.available += available));
  }

  /** Processes follow the new Redis before the trial goes on: its clock stands meanwhile. */
  async #restartRedis(row: RoomKey): Promise<void> {
    await this.#options.restartRedis();
    const { redis } = this.#options.platform;
    const channel = lineChannel(redis.prefix, row);
    await eventually('all subscribe again', async () => {
      const [, count] = (await redis.connection!.call('PUBSUB', 'SHARDNUMSUB', channel)) as [string, number];
      return count === this.#apis.length;
    });
  }

  #after(seconds: number, work: () => Promise<void>): void {
    const at = this.#room.now + seconds * 1_000;
    const before = this.#later.get(at);
    this.#later.set(at, async () => {
      await before?.();
      await work();
    });
  }
}
