/** What one answer said of an entry. */
export interface EntrySeen {
  entry: string | null;
  place: number | null;
  state: string;
  peopleAhead: number | null;
}

/** Watches the answers about one entry from joining until it is gone: nothing of it may change for the worse. */
export class EntryWatch {
  entry: string | null = null;
  place: number | null = null;
  /** People ahead, as they were told last. */
  ahead: number | null = null;
  #wasOpen = false;

  /** Note an answer; returns what must not be. */
  see({ entry, place, state, peopleAhead }: EntrySeen): string[] {
    const found: string[] = [];
    const name = this.entry ?? entry;
    if (entry !== null && this.entry !== null && entry !== this.entry)
      found.push(`${this.entry} became the entry ${entry}`);
    this.entry ??= entry;
    if (place !== null && this.place !== null && place !== this.place)
      found.push(`${name} moved from ${this.place} to ${place}`);
    if (state === 'BEFORE_OPENING' && this.#wasOpen)
      found.push(`${name} at ${this.place} is before the opening again`);
    if (state !== 'BEFORE_OPENING') this.#wasOpen = true;
    this.place ??= place;
    if (peopleAhead !== null) {
      if (this.ahead !== null && peopleAhead > this.ahead)
        found.push(`${name} at ${this.place} had ${this.ahead} people ahead, then ${peopleAhead}`);
      this.ahead = peopleAhead;
    }
    return found;
  }
}
