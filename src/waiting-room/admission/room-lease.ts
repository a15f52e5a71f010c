import {
  raiseFence,
  releaseLease,
  renewLease,
  takeLease,
  type ControllerClock,
  type LeasedRoom,
  type StepNumbers,
} from '../store/lease.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';
import type { AdmissionParts } from './admission-parts.ts';

/** A lease lasts 5 s. */
const RENEWAL_MS = 1_500;
/** Opening a line of ten million takes some minutes; a controller that hangs is replaced after that. */
const MAX_RENEWALS = 400;

/** The lease of one room, as this process holds it or tries to. */
export class RoomLease {
  readonly #platform: AdmissionParts['platform'];
  readonly #controller: string;
  readonly #clock: ControllerClock;
  readonly #key: RoomKey;
  #fence: number | null = null;

  constructor({ platform, controller, clock }: AdmissionParts, key: RoomKey) {
    this.#platform = platform;
    this.#controller = controller;
    this.#clock = clock;
    this.#key = key;
  }

  get isHeld(): boolean {
    return this.#fence !== null;
  }

  /** Renew the lease, and note the numbers of the last step; or try to take it. Null: another process controls the room. */
  async acquire(numbers: StepNumbers | null): Promise<{ leased: LeasedRoom; isNew: boolean } | null> {
    if (this.#fence !== null) {
      const leased = await renewLease(this.#platform, this.#key, this.#fence, numbers, this.#clock);
      if (leased !== null) return { leased, isNew: false };
      this.#fence = null;
    }
    const leased = await takeLease(this.#platform, this.#key, this.#controller, this.#clock);
    if (leased === null) return null;
    this.#fence = leased.room.fence;
    return { leased, isNew: true };
  }

  /** Raise the fence of the lease. Null: another process has taken it. */
  async raiseFence(): Promise<RoomRow | null> {
    if (this.#fence === null) return null;
    const room = await raiseFence(this.#platform, this.#key, this.#fence);
    this.#fence = room?.fence ?? null;
    return room;
  }

  /** Renew the lease while work goes on that may take longer than it lasts, as for the line of a million. */
  async keep<Result>(work: () => Promise<Result>): Promise<Result> {
    let renewals = 0;
    let renewing: Promise<void> = Promise.resolve();
    const renew = () => {
      if (renewals++ < MAX_RENEWALS) renewing = renewing.then(() => this.#renew());
    };
    const timer = setInterval(renew, RENEWAL_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await renewing;
    }
  }

  /** If that fails, the fence will tell. */
  async #renew(): Promise<void> {
    if (this.#fence !== null)
      await renewLease(this.#platform, this.#key, this.#fence, null, this.#clock).catch(() => {});
  }

  /** Another process has the lease, or what this one did is unknown. */
  lose(): void {
    this.#fence = null;
  }

  /** Give the lease back. */
  async release(): Promise<void> {
    if (this.#fence === null) return;
    const fence = this.#fence;
    this.#fence = null;
    await releaseLease(this.#platform, this.#key, fence, this.#clock);
  }
}
