import { randomBytes } from 'node:crypto';

import type { RedisHelper } from '../../platform/redis/client.ts';
import { readScript } from '../../platform/redis/script.ts';
import type { RedisConnection } from '../../platform/redis/shards.ts';
import type { Position } from '../cursors.ts';
import { countAvailable, packChanges, parseDelta, type BoardDelta, type PlaceChange } from '../encoding.ts';
import { generationFor, parseFeed, writeFeed, type Feed } from './feed-heartbeat.ts';
import { boardKeys, feedKeys, seatMapChannel } from './keys.ts';

/** A board as it is read. `letters` null: the reader has them. */
export interface Board extends Position {
  available: number;
  letters: string | null;
}

/** What changed on a board since some number of it. */
export interface BoardChanges {
  sequence: number;
  available: number;
  deltas: BoardDelta[];
}

/** The right to fill a board. */
export interface BoardClaim {
  token: string;
  mark: string;
}

/**
 * Nobody looked for so long: whoever does next has it filled again, in less than a tenth of a second. Who follows looks
 * every few seconds; a crawler that looks at every Event once does not fill Redis for long.
 */
const LIVES_MS = 10 * 60 * 1_000;
/** Reading 100,000 tickets takes a fraction of a second; whoever took longer has died, or will find its claim gone. */
const CLAIM_MS = 10_000;
/**
 * Longer than a claim; and longer than a change that the log has shown can stay invisible to readers, because its commit
 * still waits for a standby.
 */
const RETENTION_MS = 30_000;
/** Some minutes of a rush, some hours of an ordinary day. */
export const KEPT_DELTAS = 1_000;
/** A feed that has not been heard of for so long is away. It speaks every second. */
const FEED_HEARD_MS = 3_000;

const SHARED = new URL('./scripts/board.lua', import.meta.url);
const beginScript = readScript<string | null>(new URL('./scripts/begin-board.lua', import.meta.url), SHARED);
const fillScript = readScript<number>(new URL('./scripts/fill-board.lua', import.meta.url), SHARED);
const applyScript = readScript<number>(new URL('./scripts/apply-changes.lua', import.meta.url), SHARED);
const readBoardScript = readScript<[string, number, number, string?] | null>(
  new URL('./scripts/read-board.lua', import.meta.url),
  SHARED,
);
const readDeltasScript = readScript<[number, number, ...string[]] | null>(
  new URL('./scripts/read-deltas.lua', import.meta.url),
  SHARED,
);

/**
 * The seat boards in Redis; each function is one atomic act. What is asked while Redis is away has no answer: null.
 * What is written while it is away is not: the feed is told so by `null`, too.
 */
export class Boards {
  readonly #redis: RedisHelper;

  constructor(redis: RedisHelper) {
    this.#redis = redis;
  }

  /** What the change feed said of itself in the last seconds, as a shard near that Event has it. Null: nothing. */
  async feed(near?: string): Promise<Feed | null> {
    for (const key of feedKeys(this.#redis.prefix, near)) {
      const said = await this.#attempt(key, (redis) => redis.get(key));
      if (said !== null) return parseFeed(said);
    }
    return null;
  }

  /** The generation whose board of an Event can be relied on. Null: none, its shard or the feed being away. */
  async generation(eventId: string): Promise<string | null> {
    return this.isAway(eventId) ? null : generationFor(await this.feed(eventId), eventId);
  }

  /** Tell whether the boards of an Event cannot be asked now. */
  isAway(eventId: string): boolean {
    return !this.#redis.available(this.#channel(eventId));
  }

  /** Say how the feed is. `false`: there was nobody to tell. */
  async announceFeed(feed: Feed): Promise<boolean> {
    const told = await Promise.all(
      feedKeys(this.#redis.prefix).map((key) =>
        this.#attempt(key, (redis) => redis.set(key, writeFeed(feed), 'PX', FEED_HEARD_MS)),
      ),
    );
    return told.some((answer) => answer !== null);
  }

  /** Write changes on a board, no place twice. Its sequence then; -1: no board. */
  apply(generation: string, eventId: string, changes: readonly PlaceChange[]): Promise<number | null> {
    const keys = this.#keys(generation, eventId);
    return this.#attempt(keys.meta, (redis) =>
      applyScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.deltas, keys.recent, this.#channel(eventId)],
        [packChanges(changes), KEPT_DELTAS, RETENTION_MS],
      ),
    );
  }

  /** Read a board; without its letters if it stands where the reader says. */
  async read(generation: string, eventId: string, known: Position | null = null): Promise<Board | null> {
    const keys = this.#keys(generation, eventId);
    const answer = await this.#attempt(keys.meta, (redis) =>
      readBoardScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.deltas],
        [known?.epoch ?? '', known?.sequence ?? 0, LIVES_MS],
      ),
    );
    if (answer === null) return null;
    const [epoch, sequence, available, letters] = answer;
    return { epoch, sequence, available, letters: letters ?? null };
  }

  /** Read what was published since a position. Null: no such board, too long ago, or not yet. */
  async changesSince(
    generation: string,
    eventId: string,
    { epoch, sequence }: Position,
  ): Promise<BoardChanges | null> {
    const keys = this.#keys(generation, eventId);
    const answer = await this.#attempt(keys.meta, (redis) =>
      readDeltasScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.deltas],
        [epoch, sequence, LIVES_MS],
      ),
    );
    if (answer === null) return null;
    const [last, available, ...deltas] = answer;
    return { sequence: last, available, deltas: deltas.map(parseDelta) };
  }

  /** Claim to fill a board. Null: somebody does, or it is there. What Postgres is asked has to be asked after this. */
  async begin(generation: string, eventId: string): Promise<BoardClaim | null> {
    const keys = this.#keys(generation, eventId);
    const token = randomBytes(9).toString('base64url');
    const mark = await this.#attempt(keys.meta, (redis) =>
      beginScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.recent, keys.claim],
        [token, CLAIM_MS, RETENTION_MS],
      ),
    );
    return mark === null ? null : { token, mark };
  }

  /** Fill the board that was claimed. `false`: it took too long, or Redis forgot. */
  async fill(
    generation: string,
    eventId: string,
    claim: BoardClaim,
    { letters, versions }: { letters: string; versions: Buffer },
  ): Promise<boolean> {
    const keys = this.#keys(generation, eventId);
    const epoch = randomBytes(9).toString('base64url');
    const filled = await this.#attempt(keys.meta, (redis) =>
      fillScript(
        redis,
        [
          keys.meta,
          keys.content,
          keys.versions,
          keys.deltas,
          keys.recent,
          keys.claim,
          this.#channel(eventId),
        ],
        [claim.token, claim.mark, epoch, letters, versions, countAvailable(letters), LIVES_MS],
      ),
    );
    return filled === 1;
  }

  #keys(generation: string, eventId: string) {
    return boardKeys(this.#redis.prefix, eventId, generation);
  }

  #channel(eventId: string): string {
    return seatMapChannel(this.#redis.prefix, eventId);
  }

  #attempt<T>(key: string, work: (redis: RedisConnection) => Promise<T | null>): Promise<T | null> {
    return this.#redis.attempt<T | null>('seatMaps', key, null, work);
  }
}
