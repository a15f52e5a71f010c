import { randomBytes } from 'node:crypto';

import type { RedisHelper } from '../../platform/redis/client.ts';
import { readScript } from '../../platform/redis/script.ts';
import type { RedisConnection } from '../../platform/redis/shards.ts';
import type { Position } from '../cursors.ts';
import { countAvailable, packChanges, parseDelta, type BoardDelta, type PlaceChange } from '../encoding.ts';
import { formatHeartbeat, generationFor, parseHeartbeat, type FeedHeartbeat } from './feed-heartbeat.ts';
import { boardKeys, feedKeys, seatMapChannel } from './keys.ts';

/** A board in Redis. `statuses` is null if the caller's sequence is current. */
export interface Board extends Position {
  available: number;
  statuses: string | null;
}

/** Deltas of a board since a sequence. */
export interface BoardChanges {
  sequence: number;
  available: number;
  deltas: BoardDelta[];
}

/** Exclusive claim to fill a board. */
export interface BoardClaim {
  token: string;
  /** Id of an entry in the stream of recent changes: if it was trimmed, changes since the claim may be lost. */
  mark: string;
}

/**
 * TTL since the last read; a refill takes less than 0.1 s. Channels read every 5 s, so boards with subscribers stay; those
 * that a crawler reads once leave Redis again.
 */
const BOARD_TTL_MS = 10 * 60 * 1_000;
/** Reading 100,000 tickets takes a fraction of a second; a process that takes longer has died, or loses its claim. */
const CLAIM_TTL_MS = 10_000;
/**
 * Longer than a claim, and longer than a replicated change can stay invisible to readers of Postgres: its commit may still
 * wait for a synchronous standby.
 */
const RETENTION_MS = 30_000;
/** Covers minutes of a rush, hours of an ordinary day. */
export const MAX_KEPT_DELTAS = 1_000;
/** The feed writes a heartbeat at least every second; without one for that long it is unavailable. */
const FEED_HEARTBEAT_TTL_MS = 3_000;

const SHARED = new URL('./scripts/board.lua', import.meta.url);
const claimScript = readScript<string | null>(new URL('./scripts/claim-board.lua', import.meta.url), SHARED);
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

/** The seat boards in Redis; each method is one atomic script. Reads and writes return null while Redis is unavailable. */
export class Boards {
  readonly #redis: RedisHelper;

  constructor(redis: RedisHelper) {
    this.#redis = redis;
  }

  /** The feed's last heartbeat, if possible from the shard of Event `near`. Null: expired, or Redis is unavailable. */
  async readHeartbeat(near?: string): Promise<FeedHeartbeat | null> {
    for (const key of feedKeys(this.#redis.prefix, near)) {
      const heartbeat = await this.#attempt(key, (redis) => redis.get(key));
      if (heartbeat !== null) return parseHeartbeat(heartbeat);
    }
    return null;
  }

  /** The generation whose board of an Event is up to date. Null: its shard or the feed is unavailable, or the board lags. */
  async generation(eventId: string): Promise<string | null> {
    return this.isUnavailable(eventId) ? null : generationFor(await this.readHeartbeat(eventId), eventId);
  }

  /** Whether the Event's shard is unavailable. */
  isUnavailable(eventId: string): boolean {
    return !this.#redis.available(this.#channel(eventId));
  }

  /** Write all copies of the heartbeat. `false`: Redis accepted none. */
  async writeHeartbeat(heartbeat: FeedHeartbeat): Promise<boolean> {
    const replies = await Promise.all(
      feedKeys(this.#redis.prefix).map((key) =>
        this.#attempt(key, (redis) =>
          redis.set(key, formatHeartbeat(heartbeat), 'PX', FEED_HEARTBEAT_TTL_MS),
        ),
      ),
    );
    return replies.some((reply) => reply !== null);
  }

  /** Apply changes to a board, at most one per place, and return its sequence; -1: there is no board. */
  apply(generation: string, eventId: string, changes: readonly PlaceChange[]): Promise<number | null> {
    const keys = this.#keys(generation, eventId);
    return this.#attempt(keys.meta, (redis) =>
      applyScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.deltas, keys.recent, this.#channel(eventId)],
        [packChanges(changes), MAX_KEPT_DELTAS, RETENTION_MS],
      ),
    );
  }

  /** Read a board, without its statuses if it is at the position `known`. */
  async read(generation: string, eventId: string, known: Position | null = null): Promise<Board | null> {
    const keys = this.#keys(generation, eventId);
    const reply = await this.#attempt(keys.meta, (redis) =>
      readBoardScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.deltas],
        [known?.epoch ?? '', known?.sequence ?? 0, BOARD_TTL_MS],
      ),
    );
    if (reply === null) return null;
    const [epoch, sequence, available, statuses] = reply;
    return { epoch, sequence, available, statuses: statuses ?? null };
  }

  /** Read the deltas since a position. Null: there is no such board, or it does not keep them: too old, or in the future. */
  async changesSince(
    generation: string,
    eventId: string,
    { epoch, sequence }: Position,
  ): Promise<BoardChanges | null> {
    const keys = this.#keys(generation, eventId);
    const reply = await this.#attempt(keys.meta, (redis) =>
      readDeltasScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.deltas],
        [epoch, sequence, BOARD_TTL_MS],
      ),
    );
    if (reply === null) return null;
    const [last, available, ...deltas] = reply;
    return { sequence: last, available, deltas: deltas.map(parseDelta) };
  }

  /** Claim the fill of a board; read Postgres only after this. Null: another process has the claim, or the board exists. */
  async claim(generation: string, eventId: string): Promise<BoardClaim | null> {
    const keys = this.#keys(generation, eventId);
    const token = randomBytes(9).toString('base64url');
    const mark = await this.#attempt(keys.meta, (redis) =>
      claimScript(
        redis,
        [keys.meta, keys.content, keys.versions, keys.recent, keys.claim],
        [token, CLAIM_TTL_MS, RETENTION_MS],
      ),
    );
    return mark === null ? null : { token, mark };
  }

  /** Fill a claimed board. `false`: the claim has expired, or Redis lost it or the changes since. */
  async fill(
    generation: string,
    eventId: string,
    claim: BoardClaim,
    { statuses, versions }: { statuses: string; versions: Buffer },
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
        [claim.token, claim.mark, epoch, statuses, versions, countAvailable(statuses), BOARD_TTL_MS],
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
