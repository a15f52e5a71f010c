import type { Position } from '../cursors.ts';
import type { BoardDelta } from '../encoding.ts';
import { buildDelta, isLongerThanMap, mergeDeltas, type SeatMapDelta } from '../merge-deltas.ts';

/** State that a LiveMap starts from. */
export interface WholeMap extends Position {
  statuses: string;
  available: number;
  /** Whether the feed is unavailable: the map is then polled from Postgres. */
  stale: boolean;
  /** The deltas before `sequence` that are known: oldest first, without a gap. */
  deltas: readonly BoardDelta[];
}

/** Whether a delta was applied, had been received before, or follows deltas that were not received. */
export type DeltaDisposition = 'applied' | 'duplicate' | 'gap';

/**
 * One map in memory, with its recent deltas. Received deltas are coalesced until `drain` returns them as one update. A
 * subscriber that joins before the drain starts from the last drained state, so that the next update is the same for all.
 */
export class LiveMap {
  readonly epoch: string;
  readonly stale: boolean;
  readonly #statuses: Buffer;
  readonly #recentDeltas: BoardDelta[];
  readonly #maxDeltas: number;
  /** The latest status of each place that changed since the last drain. */
  readonly #pending = new Map<number, string>();
  #drained: { sequence: number; available: number };
  #received: { sequence: number; available: number };

  constructor({ epoch, sequence, statuses, available, stale, deltas }: WholeMap, maxDeltas: number) {
    this.epoch = epoch;
    this.stale = stale;
    this.#statuses = Buffer.from(statuses, 'latin1');
    this.#recentDeltas = [...deltas];
    this.#maxDeltas = maxDeltas;
    this.#drained = this.#received = { sequence, available };
  }

  /** Position after the last delta received. */
  get received(): Position {
    return { epoch: this.epoch, sequence: this.#received.sequence };
  }

  /** Position after the last update drained. */
  get drained(): Position {
    return { epoch: this.epoch, sequence: this.#drained.sequence };
  }

  /** The status letter of every place, as of the last drain. */
  statuses(): string {
    return this.#statuses.toString('latin1');
  }

  /** Add a delta of this epoch to the pending update. */
  receive(delta: BoardDelta): DeltaDisposition {
    if (delta.sequence <= this.#received.sequence) return 'duplicate';
    if (delta.sequence > this.#received.sequence + 1) return 'gap';
    this.#received = { sequence: delta.sequence, available: delta.available };
    for (const [index, place] of delta.places.entries()) this.#pending.set(place, delta.statuses[index]!);
    this.#recentDeltas.push(delta);
    if (this.#recentDeltas.length > this.#maxDeltas) this.#recentDeltas.shift();
    return 'applied';
  }

  /** Build the next delta from the differences between `statuses` and the received state. Null: there are none. */
  diff(statuses: string, available: number): BoardDelta | null {
    const places: number[] = [];
    let changed = '';
    for (let place = 0; place < statuses.length; place++) {
      const known = this.#pending.get(place) ?? String.fromCharCode(this.#statuses[place]!);
      if (statuses[place] === known) continue;
      places.push(place);
      changed += statuses[place];
    }
    const sequence = this.#received.sequence + 1;
    return places.length === 0 ? null : { epoch: this.epoch, sequence, available, places, statuses: changed };
  }

  /** Return all pending changes as one update. Null: there are none. */
  drain(): SeatMapDelta | null {
    if (this.#received.sequence === this.#drained.sequence) return null;
    // includes places that changed back: a client may have resumed from a state in between
    const update = buildDelta(this.received, this.#drained.sequence + 1, this.#pending, {
      available: this.#received.available,
      stale: this.stale,
    });
    for (const [place, status] of this.#pending) this.#statuses.write(status, place, 1, 'latin1');
    this.#pending.clear();
    this.#drained = this.#received;
    return update;
  }

  /**
   * Merge the deltas that a client at a position has missed into one update, or none. Null: they are not kept any more, or
   * a whole map would be shorter.
   */
  deltasSince(position: Position): SeatMapDelta[] | null {
    if (position.epoch !== this.epoch || position.sequence > this.#received.sequence) return null;
    if (position.sequence >= this.#drained.sequence) return [];
    const missed = this.#recentDeltas.filter(
      ({ sequence }) => sequence > position.sequence && sequence <= this.#drained.sequence,
    );
    if (missed.length < this.#drained.sequence - position.sequence) return null;
    const update = mergeDeltas(position, missed, { available: this.#drained.available, stale: this.stale });
    return isLongerThanMap(update, this.#statuses.length) ? null : [update];
  }
}
