import { randomBytes } from 'node:crypto';

import type { Platform } from '../../platform/index.ts';
import type { BoardReader } from '../board/board-reader.ts';
import { MAX_KEPT_DELTAS, type Boards } from '../board/boards.ts';
import type { Position } from '../cursors.ts';
import { countAvailable, type BoardDelta } from '../encoding.ts';
import { loadEventSeating } from '../load-seating.ts';
import type { EventSeating } from '../snapshot.ts';
import { readStatuses } from '../store.ts';
import { LiveMap } from './live-map.ts';

/** Deltas loaded from before a channel opened, so that clients can resume. Half: others are published during the load. */
const MAX_DELTAS_BEFORE_OPEN = MAX_KEPT_DELTAS / 2;

/** Reads the map of one Event from its board in Redis, or from Postgres. */
export class MapSource {
  readonly #eventId: string;
  readonly #db: Platform['db'];
  readonly #boards: Boards;
  readonly #reader: BoardReader;

  constructor(
    eventId: string,
    { db, boards, reader }: { db: Platform['db']; boards: Boards; reader: BoardReader },
  ) {
    this.#eventId = eventId;
    this.#db = db;
    this.#boards = boards;
    this.#reader = reader;
  }

  /** The deltas that the board has after a position. Null: it does not keep them any more, or is unavailable. */
  async deltasSince(position: Position): Promise<BoardDelta[] | null> {
    const generation = await this.#boards.generation(this.#eventId);
    if (generation === null) return null;
    const changes = await this.#boards.changesSince(generation, this.#eventId, position);
    return changes?.deltas ?? null;
  }

  /** The board with its recent deltas. Null: it is unavailable. */
  async readBoard(): Promise<LiveMap | null> {
    const board = await this.#reader.read(this.#eventId);
    if (board === null) return null;
    const { generation, epoch, sequence } = board;
    const since = (position: Position) => this.#boards.changesSince(generation, this.#eventId, position);
    const changes =
      (await since({ epoch, sequence: Math.max(0, sequence - MAX_DELTAS_BEFORE_OPEN) })) ??
      (await since({ epoch, sequence })); // earlier deltas may be lost: Redis evicts keys one by one
    if (changes === null) return null;
    const before = changes.deltas.filter(({ sequence }) => sequence <= board.sequence);
    const map = new LiveMap({ ...board, stale: false, deltas: before }, MAX_KEPT_DELTAS);
    for (const delta of changes.deltas) map.receive(delta); // published after the board was read
    map.drain();
    return map;
  }

  /** The statuses in Postgres. */
  async readPostgres(): Promise<{ statuses: string; available: number }> {
    const { statuses } = await readStatuses(this.#db, this.#eventId);
    return { statuses, available: countAvailable(statuses) };
  }

  /** A stale map in an epoch of this process's own, for as long as the board is unavailable. */
  mapFromPostgres(statuses: string, available: number): LiveMap {
    const epoch = postgresEpoch();
    return new LiveMap({ epoch, sequence: 0, statuses, available, stale: true, deltas: [] }, MAX_KEPT_DELTAS);
  }

  loadSeating(): Promise<EventSeating | null> {
    return loadEventSeating(this.#db, this.#eventId);
  }
}

/** An epoch that no other process or board uses. */
export const postgresEpoch = (): string => `postgres-${randomBytes(9).toString('base64url')}`;
