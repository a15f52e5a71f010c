import type { SeatMapDeltaMessage, SeatMapMessage, SeatMapUpdateMessage } from '../../src/client/index.ts';

// Verifies the server's updates against docs/realtime-protocol.md, independently of the client under test.

/** The map at each position of each epoch, shared by all observers: at equal positions all clients must have equal maps. */
export class SharedHistory {
  readonly #maps = new Map<string, string>();

  /** Whether the map equals the one recorded at this position; records it if there is none. */
  agrees(epoch: string, sequence: number, map: string): boolean {
    const key = `${epoch} ${sequence}`;
    const known = this.#maps.get(key);
    if (known === undefined) this.#maps.set(key, map);
    return known === undefined || known === map;
  }
}

/** Applies the updates that one client receives, and records violations of the protocol. */
export class Observer {
  readonly #history: SharedHistory;
  #statuses: string[] = [];
  #position: { epoch: string; sequence: number; cursor: string; stale: boolean } | null = null;
  /** A gap was found: updates are ignored until the client subscribes again. */
  #hasGap = false;
  /** The last subscription resumes from a cursor, and its first update has not arrived. */
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
  /** Every status letter seen so far. */
  readonly statusesSeen = new Set<string>();

  constructor(history: SharedHistory) {
    this.#history = history;
  }

  /** The map as one string. */
  get map(): string {
    return this.#statuses.join('');
  }

  /** Whether the map is stale, or there is none. */
  get stale(): boolean {
    return this.#position?.stale !== false;
  }

  /** The client has discarded its map. */
  reset(): void {
    this.#position = null;
    this.#statuses = [];
    this.#hasGap = false;
  }

  /** The client subscribes, after a cursor or from the start. */
  onConnect(after: string | null): void {
    const expected = this.#hasGap ? null : (this.#position?.cursor ?? null);
    if (after !== expected) this.violations.push(`the client resumes after ${after}, not ${expected}`);
    if (after === null) this.reset();
    this.#resuming = after !== null;
    this.count.connections++;
  }

  /** The client receives an update. */
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
    const violation =
      at === null
        ? 'a delta before any map'
        : epoch !== at.epoch
          ? `a delta of ${epoch} on ${at.epoch}`
          : fromSequence > at.sequence + 1 && `a gap: after ${at.sequence} comes ${fromSequence}`;
    if (violation) {
      this.violations.push(violation);
      this.#hasGap = true;
      return false;
    }
    if (places.length !== statuses.length || new Set(places).size !== places.length)
      this.violations.push(`a delta with ${statuses.length} statuses for ${places.join()}`);
    this.count.deltas++;
    if (this.#resuming) this.count.resumed++;
    if (sequence < at!.sequence || (sequence === at!.sequence && stale === at!.stale)) return false;
    for (const [index, place] of places.entries()) this.#statuses[place] = statuses[index]!;
    return true;
  }

  /** Record the position, and verify the whole map. */
  #verify({ epoch, sequence, cursor, stale, available }: SeatMapUpdateMessage): void {
    this.#position = { epoch, sequence, cursor, stale };
    if (stale) this.count.stale++;
    for (const status of this.#statuses) this.statusesSeen.add(status);
    const counted = this.#statuses.filter((status) => status === 'A').length;
    if (counted !== available)
      this.violations.push(`${counted} places are available at ${epoch} ${sequence}, not ${available}`);
    if (!this.#history.agrees(epoch, sequence, this.map))
      this.violations.push(`a map that differs from other clients' at ${epoch} ${sequence}`);
  }
}
