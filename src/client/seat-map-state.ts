import type { SeatMapDeltaMessage, SeatMapMessage, SeatMapUpdateMessage } from './messages.ts';

/** Status of a place: available, reserved, sold, blocked. */
export type PlaceStatus = 'A' | 'R' | 'S' | 'B';

/** A section of the map. */
export interface SectionState {
  key: string;
  firstPlace: number;
  places: number;
}

/** State of the seat map after the last update. */
export interface SeatMapState {
  epoch: string;
  sequence: number;
  /** Cursor to resume from: pass it as `after`. */
  cursor: string;
  /** Whether it may lag by some seconds. */
  stale: boolean;
  /** Number of available tickets. */
  available: number;
  sections: readonly SectionState[];
  /** The status of every place, as the character code of its letter. One array, mutated from state to state. */
  statuses: Uint8Array;
  /** Places that changed since the last state returned by `take`; null after a whole map: any place may have. */
  changed: readonly number[] | null;
  /** The status of a place; undefined if there is no such place. */
  statusOf(place: number): PlaceStatus | undefined;
}

/** Effect of an update on the map. `gap`: a delta is missing, and only a whole map can replace it. */
export type Applied = 'applied' | 'known already' | 'gap';

/** Applies whole maps and deltas to a seat map, and detects gaps. */
export class SeatMapKeeper {
  #map: Omit<SeatMapState, 'changed' | 'statusOf'> | null = null;
  /** Since the last `take`. */
  #changed: Set<number> | null = null;

  /** Cursor of the map. Null: there is no map yet. */
  get cursor(): string | null {
    return this.#map?.cursor ?? null;
  }

  /** Apply an update from the server. */
  apply(update: SeatMapUpdateMessage): Applied {
    return update.__typename === 'SeatMap' ? this.#replace(update) : this.#change(update);
  }

  /** The current state, with the changes since the last call. Null: there is no map yet. */
  take(): SeatMapState | null {
    if (this.#map === null) return null;
    const { statuses } = this.#map;
    const changed = this.#changed && [...this.#changed];
    this.#changed = new Set();
    return {
      ...this.#map,
      changed,
      statusOf(place) {
        const code = statuses[place];
        return code === undefined || code === 0 ? undefined : (String.fromCharCode(code) as PlaceStatus);
      },
    };
  }

  #replace({ sections, epoch, sequence, cursor, stale, available }: SeatMapMessage): Applied {
    const places = Math.max(0, ...sections.map((section) => section.firstPlace + section.statuses.length));
    const statuses = new Uint8Array(places);
    for (const section of sections) {
      for (let index = 0; index < section.statuses.length; index++) {
        statuses[section.firstPlace + index] = section.statuses.charCodeAt(index);
      }
    }
    this.#map = {
      ...{ epoch, sequence, cursor, stale, available, statuses },
      sections: sections.map((section) => ({
        key: section.key,
        firstPlace: section.firstPlace,
        places: section.statuses.length,
      })),
    };
    this.#changed = null;
    return 'applied';
  }

  #change(delta: SeatMapDeltaMessage): Applied {
    const map = this.#map;
    if (map === null || delta.epoch !== map.epoch || delta.fromSequence > map.sequence + 1) return 'gap';
    if (delta.sequence < map.sequence || (delta.sequence === map.sequence && delta.stale === map.stale)) {
      return 'known already';
    }
    const { sequence, cursor, stale, available } = delta;
    delta.places.forEach((place, index) => {
      map.statuses[place] = delta.statuses.charCodeAt(index);
      this.#changed?.add(place);
    });
    Object.assign(map, { sequence, cursor, stale, available });
    return 'applied';
  }
}
