import type { SeatMapDeltaMessage, SeatMapMessage, SeatMapUpdateMessage } from '../../src/client/index.ts';

// Judges what the server sends by the words of docs/realtime-protocol.md, and takes nothing from the client it watches.

/** What anybody was shown under each number of each epoch: all who stand at the same number have to see the same. */
export class Chronicle {
  readonly #maps = new Map<string, string>();

  /** Tell whether the map is the one that others were shown at this number, if any were. */
  agrees(epoch: string, sequence: number, map: string): boolean {
    const key = `${epoch} ${sequence}`;
    const known = this.#maps.get(key);
    if (known === undefined) this.#maps.set(key, map);
    return known === undefined || known === map;
  }
}

/** Listens to everything that one client is told, and writes down what should not be. */
export class Observer {
  readonly #chronicle: Chronicle;
  #letters: string[] = [];
  #at: { epoch: string; sequence: number; cursor: string; stale: boolean } | null = null;
  /** Something was missing: nothing counts until the client has asked again. */
  #lost = false;
  /** What the last connection was asked to go on from, until its first update has come. */
  #resuming = false;
  readonly problems: string[] = [];
  readonly count = {
    connections: 0,
    updates: 0,
    wholeMaps: 0,
    deltas: 0,
    resumed: 0,
    startedOver: 0,
    stale: 0,
  };
  /** Every letter that was ever seen. */
  readonly letters = new Set<string>();

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** The map, as one string. */
  get map(): string {
    return this.#letters.join('');
  }

  /** Whether the map is said to lag behind; also when there is none. */
  get stale(): boolean {
    return this.#at?.stale !== false;
  }

  /** The client forgets everything. */
  begin(): void {
    this.#at = null;
    this.#letters = [];
    this.#lost = false;
  }

  /** A connection is asked to go on from a cursor, or to begin. */
  ask(after: string | null): void {
    const stands = this.#lost ? null : (this.#at?.cursor ?? null);
    if (after !== stands) this.problems.push(`the client asks for ${after}, and stands at ${stands}`);
    if (after === null) this.begin();
    this.#resuming = after !== null;
    this.count.connections++;
  }

  /** An update comes. */
  hear(update: SeatMapUpdateMessage): void {
    if (this.#lost) return;
    this.count.updates++;
    const isNew = update.__typename === 'SeatMap' ? this.#replace(update) : this.#change(update);
    this.#resuming = false;
    if (isNew) this.#look(update);
  }

  #replace({ sections }: SeatMapMessage): boolean {
    this.#letters = sections.flatMap(({ statuses }) => [...statuses]);
    this.count.wholeMaps++;
    if (this.#resuming) this.count.startedOver++;
    return true;
  }

  #change({ epoch, fromSequence, sequence, stale, places, statuses }: SeatMapDeltaMessage): boolean {
    const at = this.#at;
    const wrong =
      at === null
        ? 'a delta before any map'
        : epoch !== at.epoch
          ? `a delta of ${epoch} on ${at.epoch}`
          : fromSequence > at.sequence + 1 && `a gap: after ${at.sequence} comes ${fromSequence}`;
    if (wrong) {
      this.problems.push(wrong);
      this.#lost = true;
      return false;
    }
    if (places.length !== statuses.length || new Set(places).size !== places.length)
      this.problems.push(`a delta with ${statuses.length} letters for ${places.join()}`);
    this.count.deltas++;
    if (this.#resuming) this.count.resumed++;
    if (sequence < at!.sequence || (sequence === at!.sequence && stale === at!.stale)) return false;
    for (const [index, place] of places.entries()) this.#letters[place] = statuses[index]!;
    return true;
  }

  /** Take over where it stands, and look at the whole. */
  #look({ epoch, sequence, cursor, stale, available }: SeatMapUpdateMessage): void {
    this.#at = { epoch, sequence, cursor, stale };
    if (stale) this.count.stale++;
    for (const letter of this.#letters) this.letters.add(letter);
    const free = this.#letters.filter((letter) => letter === 'A').length;
    if (free !== available)
      this.problems.push(`${free} places are free at ${epoch} ${sequence}, not ${available}`);
    if (!this.#chronicle.agrees(epoch, sequence, this.map))
      this.problems.push(`another map than others have at ${epoch} ${sequence}`);
  }
}
