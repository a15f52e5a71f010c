import type { SeatMapDeltaMessage, SeatMapMessage, SeatMapUpdateMessage } from './messages.ts';

/** What has become of a place: available, reserved, sold, blocked. */
export type PlaceStatus = 'A' | 'R' | 'S' | 'B';

/** A section of the map. */
export interface SectionState {
  key: string;
  firstPlace: number;
  places: number;
}

/** The seat map as it is known now. */
export interface SeatMapState {
  epoch: string;
  sequence: number;
  /** Where it stands: to go on from here later, give it as `after`. */
  cursor: string;
  /** Whether it may lag behind by some seconds. */
  stale: boolean;
  /** How many tickets can be had. */
  available: number;
  sections: readonly SectionState[];
  /** The status of every place, as the code of its letter. One array, changed in place from state to state. */
  statuses: Uint8Array;
  /** The places that changed since the last state that was handed out; `null`: all of them may have. */
  changed: readonly number[] | null;
  /** The status of one place; `undefined`: there is no such place. */
  statusOf(place: number): PlaceStatus | undefined;
}

/** What an update did to the map: `gap` means that something is missing, and that nothing but a whole map will help. */
export type Applied = 'applied' | 'known already' | 'gap';

/** Keeps a map up to date from whole maps and deltas, and notices when one is missing. */
export class SeatMapKeeper {
  #map: Omit<SeatMapState, 'changed' | 'statusOf'> | null = null;
  /** Since the last `take`. */
  #changed: Set<number> | null = null;

  /** Where the map stands; `null`: there is none yet. */
  get cursor(): string | null {
    return this.#map?.cursor ?? null;
  }

  /** Apply what the server sent. */
  apply(update: SeatMapUpdateMessage): Applied {
    return update.__typename === 'SeatMap' ? this.#replace(update) : this.#change(update);
  }

  /** The map as it is now, with what changed since it was last taken; `null`: there is none yet. */
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
