import { maySee, type EventRow } from '../../src/catalog/index.ts';
import type { Viewer } from '../../src/platform/auth/viewer.ts';
import { badInput } from '../../src/platform/errors.ts';

export type Letter = 'A' | 'R' | 'S' | 'B';

/** Seat maps in memory, with the door of the real ones. */
export class MemorySeatMaps {
  readonly #maps = new Map<string, MemoryMap>();
  add(event: Partial<EventRow> & { id: string }, places: number): MemoryMap {
    const map = new MemoryMap(event as EventRow, places);
    this.#maps.set(event.id, map);
    return map;
  }
  async follow(viewer: Viewer | null, eventId: string) {
    const map = this.#maps.get(eventId);
    return map && maySee(viewer, map.event) ? map : null;
  }
  async read() {
    return null;
  }
  async since() {
    return null;
  }
  async [Symbol.asyncDispose]() {}
}

export class MemoryMap {
  event: EventRow;
  letters: Letter[];
  epoch = 'e1';
  sequence = 0;
  kept: any[] = [];
  listeners = new Set<(update: any) => void>();
  constructor(event: EventRow, places: number) {
    this.event = event;
    this.letters = Array<Letter>(places).fill('A');
  }
  #cursor = () => Buffer.from(`${this.epoch}:${this.sequence}`).toString('base64url');
  get #available() {
    return this.letters.filter((letter) => letter === 'A').length;
  }
  #snapshot() {
    return {
      __typename: 'SeatMap',
      event: this.event,
      sections: [
        {
          key: 'stalls',
          firstPlace: 0,
          statuses: this.letters.join(''),
          available: this.#available,
          lowestPrice: null,
        },
      ],
      tiers: [],
      available: this.#available,
      asOf: new Date(),
      epoch: this.epoch,
      sequence: this.sequence,
      cursor: this.#cursor(),
      stale: false,
    };
  }
  change(changes: Record<number, Letter>) {
    this.sequence++;
    for (const [place, letter] of Object.entries(changes)) this.letters[Number(place)] = letter;
    const delta = {
      __typename: 'SeatMapDelta',
      epoch: this.epoch,
      fromSequence: this.sequence,
      sequence: this.sequence,
      cursor: this.#cursor(),
      places: Object.keys(changes).map(Number),
      statuses: Object.values(changes).join(''),
      available: this.#available,
      stale: false,
    };
    this.kept.push(delta);
    for (const listener of this.listeners) listener(delta);
    return delta;
  }
  join(after: string | null, listener: (update: any) => void) {
    let first: any[];
    if (after === null) first = [this.#snapshot()];
    else {
      const [epoch, sequence] = Buffer.from(after, 'base64url').toString().split(':');
      if (!/^\d+$/.test(sequence ?? '')) throw badInput('after', 'is not a cursor of a seat map');
      first =
        epoch === this.epoch && Number(sequence) <= this.sequence
          ? this.kept.slice(Number(sequence))
          : [this.#snapshot()];
    }
    this.listeners.add(listener);
    return { first, leave: () => void this.listeners.delete(listener) };
  }
}
