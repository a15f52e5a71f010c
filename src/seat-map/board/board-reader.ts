import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

import type { Platform } from '../../platform/index.ts';
import { singleFlight } from '../../platform/single-flight.ts';
import type { Position } from '../cursors.ts';
import { readBoardContent } from '../store.ts';
import type { Boards } from './boards.ts';

/** A board with all of its letters. */
export interface WholeBoard extends Position {
  /** The generation of the feed that keeps it. */
  generation: string;
  available: number;
  letters: string;
}

/** As long as filling the largest board takes on a bad day; then Postgres is asked for the map itself. */
const WAIT_FOR_BOARD_MS = 2_000;
/** How often to look whether somebody else has filled the board. */
const LOOK_EVERY_MS = 25;
/** One byte per place: two hundred stadiums. */
const KEPT_LETTERS = 20_000_000;

/**
 * Reads boards, and fills those that are not there. Readers of the same Event share what is under way, and the letters
 * are fetched anew only if something has changed.
 */
export class BoardReader {
  readonly #boards: Boards;
  readonly #platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  readonly #kept = new LRUCache<string, WholeBoard>({
    maxSize: KEPT_LETTERS,
    sizeCalculation: ({ letters }) => letters.length + 100,
  });

  constructor(boards: Boards, platform: Pick<Platform, 'db' | 'log' | 'metrics'>) {
    this.#boards = boards;
    this.#platform = platform;
  }

  /** Read the board of an Event, as it was a moment ago or is now. Null: there is none to be had, Redis or the feed being away. */
  readonly read = singleFlight((eventId: string) => this.#readOrFill(eventId));

  async #readOrFill(eventId: string): Promise<WholeBoard | null> {
    const deadline = performance.now() + WAIT_FOR_BOARD_MS;
    do {
      const generation = await this.#boards.generation(eventId);
      if (generation === null) return null;
      const board = await this.#readIn(generation, eventId);
      if (board !== null) return board;
      if (await this.#fill(generation, eventId)) continue;
      await pause(LOOK_EVERY_MS); // somebody else fills it
    } while (performance.now() < deadline);
    return null;
  }

  async #readIn(generation: string, eventId: string): Promise<WholeBoard | null> {
    const kept = this.#kept.get(eventId);
    const known = kept?.generation === generation ? kept : null;
    const board = await this.#boards.read(generation, eventId, known);
    if (board === null) return null;
    const letters = board.letters ?? known?.letters;
    if (letters === undefined) return null;
    const whole = { ...board, generation, letters };
    this.#kept.set(eventId, whole);
    return whole;
  }

  async #fill(generation: string, eventId: string): Promise<boolean> {
    const claim = await this.#boards.begin(generation, eventId);
    if (claim === null) return false;
    const content = await readBoardContent(this.#platform.db, eventId); // after the claim: see begin-board.lua
    const filled = await this.#boards.fill(generation, eventId, claim, content);
    this.#platform.metrics.boardsFilled.inc();
    this.#platform.log.debug({ eventId, places: content.letters.length, filled }, 'seat board filled');
    return filled;
  }
}
