import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

import type { Platform } from '../../platform/index.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import type { Position } from '../cursors.ts';
import { readBoardContent } from '../store.ts';
import type { Boards } from './boards.ts';

/** A board with the status of every place. */
export interface FullBoard extends Position {
  /** Generation of the feed that writes it. */
  generation: string;
  available: number;
  statuses: string;
}

/** Filling the largest board takes less even under load; beyond it the map is read from Postgres. */
const MAX_FILL_WAIT_MS = 2_000;
/** Poll interval while another process fills the board. */
const FILL_POLL_MS = 25;
/** One byte per place: two hundred stadiums. */
const MAX_CACHED_BYTES = 20_000_000;

/**
 * Reads boards, and fills missing ones from Postgres. Concurrent reads of an Event share one flight, and statuses come from
 * the cache unless the board's sequence has moved on.
 */
export class BoardReader {
  readonly #boards: Boards;
  readonly #platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  readonly #cache = new LRUCache<string, FullBoard>({
    maxSize: MAX_CACHED_BYTES,
    sizeCalculation: ({ statuses }) => statuses.length + 100,
  });

  constructor(boards: Boards, platform: Pick<Platform, 'db' | 'log' | 'metrics'>) {
    this.#boards = boards;
    this.#platform = platform;
  }

  /** Read or fill the board of an Event. Null: Redis or the feed is unavailable, or the fill took too long. */
  readonly read = singleFlight((eventId: string) => this.#readOrFill(eventId));

  async #readOrFill(eventId: string): Promise<FullBoard | null> {
    const deadline = performance.now() + MAX_FILL_WAIT_MS;
    do {
      const generation = await this.#boards.generation(eventId);
      if (generation === null) return null;
      const board = await this.#readIn(generation, eventId);
      if (board !== null) return board;
      if (await this.#fill(generation, eventId)) continue;
      await pause(FILL_POLL_MS); // another process fills it
    } while (performance.now() < deadline);
    return null;
  }

  async #readIn(generation: string, eventId: string): Promise<FullBoard | null> {
    const cached = this.#cache.get(eventId);
    const known = cached?.generation === generation ? cached : null;
    const board = await this.#boards.read(generation, eventId, known);
    if (board === null) return null;
    const statuses = board.statuses ?? known?.statuses;
    if (statuses === undefined) return null;
    const full = { ...board, generation, statuses };
    this.#cache.set(eventId, full);
    return full;
  }

  async #fill(generation: string, eventId: string): Promise<boolean> {
    const claim = await this.#boards.claim(generation, eventId);
    if (claim === null) return false;
    const content = await readBoardContent(this.#platform.db, eventId); // after the claim: see claim-board.lua
    const filled = await this.#boards.fill(generation, eventId, claim, content);
    this.#platform.metrics.boardsFilled.inc();
    this.#platform.log.debug({ eventId, places: content.statuses.length, filled }, 'seat board filled');
    return filled;
  }
}
