import { randomBytes } from 'node:crypto';

import type { Platform } from '../../platform/index.ts';
import type { BoardReader } from '../board/board-reader.ts';
import { KEPT_DELTAS, type Boards } from '../board/boards.ts';
import type { Position } from '../cursors.ts';
import { countAvailable, type BoardDelta } from '../encoding.ts';
import { loadEventSeating } from '../load-seating.ts';
import type { EventSeating } from '../snapshot.ts';
import { readStatuses } from '../store.ts';
import { LiveMap } from './live-map.ts';

/** How far back a channel can tell what was missed before it was opened; half, as more are published meanwhile. */
const KEPT_BEFORE = KEPT_DELTAS / 2;

/** Where the map of one Event comes from: its board, or Postgres. */
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

  /** What the board says came after a position. Null: it cannot tell, or it is away. */
  async missed(position: Position): Promise<BoardDelta[] | null> {
    const generation = await this.#boards.generation(this.#eventId);
    if (generation === null) return null;
    const changes = await this.#boards.changesSince(generation, this.#eventId, position);
    return changes?.deltas ?? null;
  }

  /** The whole board, with what led there. Null: none is to be had. */
  async whole(): Promise<LiveMap | null> {
    const board = await this.#reader.read(this.#eventId);
    if (board === null) return null;
    const { generation, epoch, sequence } = board;
    const since = (position: Position) => this.#boards.changesSince(generation, this.#eventId, position);
    const changes =
      (await since({ epoch, sequence: Math.max(0, sequence - KEPT_BEFORE) })) ??
      (await since({ epoch, sequence })); // what led there may be lost, as each key of Redis may
    if (changes === null) return null;
    const before = changes.deltas.filter(({ sequence }) => sequence <= board.sequence);
    const map = new LiveMap({ ...board, stale: false, deltas: before }, KEPT_DELTAS);
    for (const delta of changes.deltas) map.receive(delta); // those that came since
    map.drain();
    return map;
  }

  /** What Postgres says now. */
  async poll(): Promise<{ statuses: string; available: number }> {
    const { statuses } = await readStatuses(this.#db, this.#eventId);
    return { statuses, available: countAvailable(statuses) };
  }

  /** A run of numbers of this process's own, for as long as there is no board. */
  inPostgres(letters: string, available: number): LiveMap {
    const epoch = postgresEpoch();
    return new LiveMap({ epoch, sequence: 0, letters, available, stale: true, deltas: [] }, KEPT_DELTAS);
  }

  /** What hardly changes. */
  house(): Promise<EventSeating | null> {
    return loadEventSeating(this.#db, this.#eventId);
  }
}

/** Name a run of numbers that nobody else counts in. */
export const postgresEpoch = (): string => `postgres-${randomBytes(9).toString('base64url')}`;
