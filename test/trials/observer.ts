import type { SeatMapDeltaMessage, SeatMapMessage, SeatMapUpdateMessage } from '../../src/client/index.ts';

// Judges what the server sends by the words of docs/realtime-protocol.md, and takes nothing from the client it watches.

/** What anybody was shown under each number of each epoch: all who stand at the same number have to see the same. */
export class SharedHistory {
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
  readonly #history: SharedHistory;
  #statuses: string[] = [];
  #position: { epoch: string; sequence: number; cursor: string; stale: boolean } | null = null;
  /** Something was missing: nothing counts until the client has asked again. */
  #hasGap = false;
  /** What the last connection was asked to go on from, until its first update has come. */
  #resuming = false;
  readonly violations: string[] = [];
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
  readonly statusesSeen = new Set<string>();

  constructor(chronicle: SharedHistory) {
    this.#history = chronicle;
  }

  /** The map, as one string. */
  get map(): string {
    return this.#statuses.join('');
  }

  /** Whether the map is said to lag behind; also when there is none. */
  get stale(): boolean {
    return this.#position?.stale !== false;
  }

  /** The client forgets everything. */
  reset(): void {
    this.#position = null;
    this.#statuses = [];
    this.#hasGap = false;
  }

  /** A connection is asked to go on from a cursor, or to begin. */
  onConnect(after: string | null): void {
    const stands = this.#hasGap ? null : (this.#position?.cursor ?? null);
    if (after !== stands) this.violations.push(`the client asks for ${after}, and stands at ${stands}`);
    if (after === null) this.reset();
    this.#resuming = after !== null;
    this.count.connections++;
  }

  /** An update comes. */
  onUpdate(update: SeatMapUpdateMessage): void {
    if (this.#hasGap) return;
    this.count.updates++;
    const isNew = update.__typename === 'SeatMap' ? this.#replace(update) : this.#change(update);
    this.#resuming = false;
    if (isNew) this.#verify(update);
  }

  #replace({ sections }: SeatMapMessage): boolean {
    this.#statuses = sections.flatMap(({ statuses }) => [...statuses]);
    this.count.wholeMaps++;
    if (this.#resuming) this.count.startedOver++;
    return true;
  }

  #change({ epoch, fromSequence, sequence, stale, places, statuses }: SeatMapDeltaMessage): boolean {
    const at = this.#position;
    const wrong =
      at === null
        ? 'a delta before any map'
        : epoch !== at.epoch
          ? `a delta of ${epoch} on ${at.epoch}`
          : fromSequence > at.sequence + 1 && `a gap: after ${at.sequence} comes ${fromSequence}`;
    if (wrong) {
      this.violations.push(wrong);
      this.#hasGap = true;
      return false;
    }
    if (places.length !== statuses.length || new Set(places).size !== places.length)
      this.violations.push(`a delta with ${statuses.length} letters for ${places.join()}`);
    this.count.deltas++;
    if (this.#resuming) this.count.resumed++;
    if (sequence < at!.sequence || (sequence === at!.sequence && stale === at!.stale)) return false;
    for (const [index, place] of places.entries()) this.#statuses[place] = statuses[index]!;
    return true;
  }

  /** Take over where it stands, and look at the whole. */
  #verify({ epoch, sequence, cursor, stale, available }: SeatMapUpdateMessage): void {
    this.#position = { epoch, sequence, cursor, stale };
    if (stale) this.count.stale++;
    for (const letter of this.#statuses) this.statusesSeen.add(letter);
    const free = this.#statuses.filter((letter) => letter === 'A').length;
    if (free !== available)
      this.violations.push(`${free} places are free at ${epoch} ${sequence}, not ${available}`);
    if (!this.#history.agrees(epoch, sequence, this.map))
      this.violations.push(`another map than others have at ${epoch} ${sequence}`);
  }
}
