import type { Row } from '../../seating-plan/index.ts';

/** Converts between places of a plan and positions of its chart. 8 bytes per place, none where all are the same. */
export class SeatOrder {
  readonly #places: number;
  #tables: { placeAt: Int32Array; positionOf: Int32Array } | null = null;

  constructor(places: number) {
    this.#places = places;
  }

  /** Give the seats of a segment the positions from `first` on; `reversed`: the last seat comes first. */
  assign(first: number, { firstPlace, seats }: Row, reversed: boolean): void {
    if (first === firstPlace && !reversed) return;
    const identity = () => Int32Array.from({ length: this.#places }, (_, place) => place);
    this.#tables ??= { placeAt: identity(), positionOf: identity() };
    for (let seat = 0; seat < seats.length; seat++) {
      const place = firstPlace + (reversed ? seats.length - 1 - seat : seat);
      this.#tables.placeAt[first + seat] = place;
      this.#tables.positionOf[place] = first + seat;
    }
  }

  placeAt(position: number): number {
    return this.#tables === null ? position : this.#tables.placeAt[position]!;
  }

  positionOf(place: number): number {
    return this.#tables === null ? place : this.#tables.positionOf[place]!;
  }

  /** States by position of states by place. */
  statesByPosition(states: Uint8Array): Uint8Array {
    return this.#tables === null ? states : Uint8Array.from(this.#tables.placeAt, (place) => states[place]!);
  }
}
