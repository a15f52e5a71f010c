import { LRUCache } from 'lru-cache';

import type { Platform } from '../../platform/index.ts';

/** An answer that everybody may have, as it was sent. */
export interface CachedResponse {
  /** The body, not compressed; text, because Node writes that together with the headers. */
  body: string;
  contentType: string;
  /** How long it may be kept, from `madeAt` on: the shortest `@cacheControl` of what is in it. */
  maxAgeSeconds: number;
  /** What it was made of: a change of any of it ends it at once. */
  dependsOn: ReadonlySet<string>;
  /** What the client called its operation. */
  operationName: string | null;
  madeAt: number;
  /** The body compressed, by the `accept-encoding` it was compressed for. */
  readonly encoded: Map<string, EncodedBody>;
}

/** A body as the wire has it. */
export interface EncodedBody {
  bytes: Buffer;
  encoding: string;
}

/** An answer that is being made. Put it in if everybody may have it; whatever becomes of it, `end` it. */
export interface ResponseInTheMaking {
  put(response: Omit<CachedResponse, 'madeAt' | 'encoded'>): void;
  end(): void;
}

/** What an entry takes beside its bytes: maps, sets, the objects themselves. */
const ENTRY_BYTES = 1_000;
/** The body, and what there may be of it in compressed forms. */
const COPIES = 2;
/** No answer takes more of the cache than one part of these. */
const LARGEST_SHARE = 16;
/** So long an old answer is better than none: while Postgres is away, nothing that it says can change. */
const STALE_FOR_SECONDS = 600;
/** Requests that were once answered for everybody: asked again all at once, they wait for one answer. */
const REQUESTS_KNOWN = 10_000;
/** Browsers of today send some three different `accept-encoding`; whoever makes up more is not served faster. */
const ENCODINGS_KEPT = 4;

/**
 * Answers to public queries, as bytes, for as long as `@cacheControl` allows, and no longer than what they were made of
 * stays as it is. A process has one; what changes elsewhere it hears through the change feed. Without the feed an answer
 * is as old as its `max-age` says at most, as in any cache outside.
 */
export class ResponseCache {
  readonly #kept: LRUCache<string, CachedResponse> | null;
  readonly #keysOf = new Map<string, Set<string>>();
  readonly #making = new Set<{ outdated: Set<string>; allOutdated: boolean }>();
  readonly #known = new LRUCache<string, true>({ max: REQUESTS_KNOWN });
  readonly #awaited = new Map<string, Promise<CachedResponse | null>>();
  readonly #metrics: Pick<Platform['metrics'], 'cachedResponses'>;

  /** `bytes` 0: keep nothing. */
  constructor(bytes: number, metrics: Pick<Platform['metrics'], 'cachedResponses'>) {
    this.#metrics = metrics;
    this.#kept =
      bytes === 0
        ? null
        : new LRUCache({
            maxSize: bytes,
            maxEntrySize: Math.ceil(bytes / LARGEST_SHARE),
            sizeCalculation: ({ body }, key) => COPIES * body.length + key.length + ENTRY_BYTES,
            dispose: ({ dependsOn }, key) => this.#unlink(dependsOn, key),
          });
  }

  /** Whether it keeps anything at all. */
  get isOff(): boolean {
    return this.#kept === null;
  }

  /** Find the answer to a request that was asked before. */
  find(key: string): CachedResponse | null {
    const response = this.#kept?.get(key);
    if (response === undefined) return null;
    if (ageOf(response) >= response.maxAgeSeconds) return null;
    this.#metrics.cachedResponses.inc({ result: 'hit' });
    return response;
  }

  /** Find an answer that is too old by now, for want of a better one. */
  findStale(key: string): CachedResponse | null {
    const response = this.#kept?.get(key);
    if (response === undefined || ageOf(response) > response.maxAgeSeconds + STALE_FOR_SECONDS) return null;
    this.#metrics.cachedResponses.inc({ result: 'stale' });
    return response;
  }

  /** The answer that is being made for the same request, if it is of the kind that everybody may have. */
  awaited(key: string): Promise<CachedResponse | null> | null {
    return this.#awaited.get(key) ?? null;
  }

  /** Begin to make an answer: before anything is read for it, so that no change falls between reading and keeping. */
  begin(key: string): ResponseInTheMaking {
    const making = { outdated: new Set<string>(), allOutdated: false };
    const made = Promise.withResolvers<CachedResponse | null>();
    this.#making.add(making);
    if (this.#known.has(key)) this.#awaited.set(key, made.promise);
    const madeAt = Date.now();
    return {
      put: (parts) => {
        const response = { ...parts, madeAt, encoded: new Map() };
        made.resolve(response); // also if it is outdated by now: whoever waits for it asked before that
        if (making.allOutdated || !parts.dependsOn.isDisjointFrom(making.outdated)) return;
        this.#keep(key, response);
      },
      end: () => {
        made.resolve(null);
        this.#making.delete(making);
        if (this.#awaited.get(key) === made.promise) this.#awaited.delete(key);
      },
    };
  }

  /** Keep the compressed form of an answer, too. */
  keepEncoded(response: CachedResponse, acceptEncoding: string, body: EncodedBody): void {
    if (response.encoded.size < ENCODINGS_KEPT) response.encoded.set(acceptEncoding, body);
  }

  /** End every answer that was made of one of these. */
  evict(tags: readonly string[]): void {
    for (const making of this.#making) for (const tag of tags) making.outdated.add(tag);
    this.#awaited.clear(); // who asks from now on is owed what is true from now on
    for (const tag of tags) {
      for (const key of this.#keysOf.get(tag) ?? []) {
        this.#metrics.cachedResponses.inc({ result: 'evicted' });
        this.#kept?.delete(key);
      }
    }
  }

  /** End every answer. */
  evictAll(): void {
    for (const making of this.#making) making.allOutdated = true;
    this.#awaited.clear();
    this.#kept?.clear();
  }

  #keep(key: string, response: CachedResponse): void {
    this.#known.set(key, true);
    this.#kept?.set(key, response);
    if (!this.#kept?.has(key)) return; // too large
    this.#metrics.cachedResponses.inc({ result: 'kept' });
    for (const tag of response.dependsOn) this.#link(tag, key);
  }

  #link(tag: string, key: string): void {
    const keys = this.#keysOf.get(tag);
    if (keys) keys.add(key);
    else this.#keysOf.set(tag, new Set([key]));
  }

  #unlink(tags: ReadonlySet<string>, key: string): void {
    for (const tag of tags) {
      const keys = this.#keysOf.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(tag);
    }
  }
}

/** Tell how old an answer is, in seconds. */
export const ageOf = ({ madeAt }: CachedResponse): number => (Date.now() - madeAt) / 1_000;
