import {
  releaseLease,
  renewLease,
  takeLease,
  type ControllerClock,
  type LeasedRoom,
  type StepNumbers,
} from '../store/lease.ts';
import type { RoomKey } from '../store/rooms.ts';
import type { AdmissionParts } from './admission-parts.ts';

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

  /** The fence was raised by this process. */
  onRaised(fence: number): void {
    this.#fence = fence;
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
