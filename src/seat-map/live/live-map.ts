import type { Position } from '../cursors.ts';
import type { BoardDelta } from '../encoding.ts';
import { isLongerThanMap, mergeDeltas, updateOf, type SeatMapDelta } from '../merge-deltas.ts';

/** A whole map to begin from. */
export interface WholeMap extends Position {
  letters: string;
  available: number;
  /** Whether the live feed is away: the map is compared with Postgres now and then. */
  stale: boolean;
  /** Deltas that led there, oldest first, without a gap; as many as are known. */
  deltas: readonly BoardDelta[];
}

/** What became of a delta: written down; known already; or it cannot be, as others are missing before it. */
export type DeltaDisposition = 'applied' | 'known' | 'gap';

/**
 * One map in memory, and what changed on it lately. What is received is gathered until it is taken as one update.
 * Whoever begins to follow in between begins from what was taken last, and gets the next update like everybody else.
 */
export class LiveMap {
  readonly epoch: string;
  readonly stale: boolean;
  readonly #letters: Buffer;
  readonly #kept: BoardDelta[];
  readonly #keptAtMost: number;
  /** The latest letter of each place that changed since what was taken last. */
  readonly #gathered = new Map<number, string>();
  #taken: { sequence: number; available: number };
  #received: { sequence: number; available: number };

  constructor({ epoch, sequence, letters, available, stale, deltas }: WholeMap, keptAtMost: number) {
    this.epoch = epoch;
    this.stale = stale;
    this.#letters = Buffer.from(letters, 'latin1');
    this.#kept = [...deltas];
    this.#keptAtMost = keptAtMost;
    this.#taken = this.#received = { sequence, available };
  }

  /** Where the last delta that was received leads to. */
  get received(): Position {
    return { epoch: this.epoch, sequence: this.#received.sequence };
  }

  /** Where the last update that was taken leads to. */
  get taken(): Position {
    return { epoch: this.epoch, sequence: this.#taken.sequence };
  }

  /** The letter of each place, as of what was taken last. */
  letters(): string {
    return this.#letters.toString('latin1');
  }

  /** Receive a delta of this epoch. */
  receive(delta: BoardDelta): DeltaDisposition {
    if (delta.sequence <= this.#received.sequence) return 'known';
    if (delta.sequence > this.#received.sequence + 1) return 'gap';
    this.#received = { sequence: delta.sequence, available: delta.available };
    for (const [index, place] of delta.places.entries()) this.#gathered.set(place, delta.letters[index]!);
    this.#kept.push(delta);
    if (this.#kept.length > this.#keptAtMost) this.#kept.shift();
    return 'applied';
  }

  /** Make the next delta of what differs in `letters` from what was received. Null: nothing does. */
  differences(letters: string, available: number): BoardDelta | null {
    const places: number[] = [];
    let changed = '';
    for (let place = 0; place < letters.length; place++) {
      const known = this.#gathered.get(place) ?? String.fromCharCode(this.#letters[place]!);
      if (letters[place] === known) continue;
      places.push(place);
      changed += letters[place];
    }
    const sequence = this.#received.sequence + 1;
    return places.length === 0 ? null : { epoch: this.epoch, sequence, available, places, letters: changed };
  }

  /** Take what was gathered as one update. Null: nothing was. */
  drain(): SeatMapDelta | null {
    if (this.#received.sequence === this.#taken.sequence) return null;
    // a place that is again as it was is in it, too: a client that saw it in between has to hear of that
    const update = updateOf(this.received, this.#taken.sequence + 1, this.#gathered, {
      available: this.#received.available,
      stale: this.stale,
    });
    for (const [place, letter] of this.#gathered) this.#letters.write(letter, place, 1, 'latin1');
    this.#gathered.clear();
    this.#taken = this.#received;
    return update;
  }

  /**
   * Tell what somebody missed who stands at a position: one update, or none. Null: that cannot be told, or a whole map
   * would be shorter.
   */
  missedSince(position: Position): SeatMapDelta[] | null {
    if (position.epoch !== this.epoch || position.sequence > this.#received.sequence) return null;
    if (position.sequence >= this.#taken.sequence) return [];
    const missed = this.#kept.filter(
      ({ sequence }) => sequence > position.sequence && sequence <= this.#taken.sequence,
    );
    if (missed.length < this.#taken.sequence - position.sequence) return null;
    const update = mergeDeltas(position, missed, { available: this.#taken.available, stale: this.stale });
    return isLongerThanMap(update, this.#letters.length) ? null : [update];
  }
}
