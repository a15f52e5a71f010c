import { LRUCache } from 'lru-cache';

import type { Platform } from '../../platform/index.ts';
import { memoryOf } from '../../platform/text/memory.ts';

export interface CachedResponse {
  /** Uncompressed; a string, because Node writes it in one packet with the headers. */
  body: string;
  contentType: string;
  /** From `createdAt` on: the shortest `@cacheControl` of its fields. */
  maxAgeSeconds: number;
  /** Entities it was built from; a change of one evicts it. */
  tags: ReadonlySet<string>;
  /** As the client named it. */
  operationName: string | null;
  createdAt: number;
  /** Of the body; set once a GET asks for it. */
  etag?: string;
  /** Compressed bodies by `accept-encoding` header. */
  readonly encoded: Map<string, EncodedBody>;
}

export interface EncodedBody {
  bytes: Buffer;
  encoding: string;
}

/** A response being built. `store` it if it may be shared; call `end` in every case. */
export interface PendingResponse {
  store(response: Omit<CachedResponse, 'createdAt' | 'encoded' | 'etag'>): void;
  end(): void;
}

/** Maps, sets and objects of an entry. */
const ENTRY_OVERHEAD_BYTES = 1_000;
/** A tag, its places in two sets, and a set of its own if no other entry has it. */
const TAG_BYTES = 400;
/** No entry takes more than 1/16 of the cache. */
const MIN_ENTRIES = 16;
/** While Postgres is away nothing can change, so expired entries are served for this long. */
const MAX_STALE_SECONDS = 600;
/** Share of the cache for requests that had a public response before: their concurrent repeats wait for one execution. */
const KNOWN_REQUESTS_SHARE = 1 / 16;
const KNOWN_REQUEST_OVERHEAD_BYTES = 150;
/** Browsers send some three different `accept-encoding` headers, of about 25 characters. */
const MAX_ENCODINGS_PER_ENTRY = 4;
const MAX_ACCEPT_ENCODING_LENGTH = 100;

/**
 * Responses to public queries as bytes, kept for their `@cacheControl` lifetime and evicted when an entity in them changes.
 * One per process; changes arrive through the change feed. Without the feed, entries live until their `max-age`.
 */
export class ResponseCache {
  readonly #entries: LRUCache<string, CachedResponse> | null;
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #pending = new Set<{ outdated: Set<string>; allOutdated: boolean }>();
  readonly #knownRequests: LRUCache<string, true> | null;
  readonly #inFlight = new Map<string, Promise<CachedResponse | null>>();
  readonly #metrics: Pick<Platform['metrics'], 'cachedResponses'>;

  /** `bytes` is the memory of everything that a request can add; 0: the cache is off. */
  constructor(bytes: number, metrics: Pick<Platform['metrics'], 'cachedResponses'>) {
    this.#metrics = metrics;
    const known = Math.floor(bytes * KNOWN_REQUESTS_SHARE);
    this.#knownRequests =
      known === 0
        ? null
        : new LRUCache({
            maxSize: known,
            sizeCalculation: (_known, key) => memoryOf(key) + KNOWN_REQUEST_OVERHEAD_BYTES,
          });
    this.#entries =
      bytes === 0
        ? null
        : new LRUCache({
            maxSize: bytes - known,
            maxEntrySize: Math.ceil(bytes / MIN_ENTRIES),
            sizeCalculation: sizeOf,
            dispose: ({ tags }, key) => this.#unlink(tags, key),
          });
  }

  /** Memory that entries and known requests take, as estimated. */
  get bytes(): number {
    return (this.#entries?.calculatedSize ?? 0) + (this.#knownRequests?.calculatedSize ?? 0);
  }

  get isOff(): boolean {
    return this.#entries === null;
  }

  /** Fresh entry, or null. */
  find(key: string): CachedResponse | null {
    const response = this.#entries?.get(key);
    if (response === undefined) return null;
    if (ageOf(response) >= response.maxAgeSeconds) return null;
    this.#metrics.cachedResponses.inc({ result: 'hit' });
    return response;
  }

  /** Entry that may have expired, at most `MAX_STALE_SECONDS` ago; for use while a dependency is away. */
  findStale(key: string): CachedResponse | null {
    const response = this.#entries?.get(key);
    if (response === undefined || ageOf(response) > response.maxAgeSeconds + MAX_STALE_SECONDS) return null;
    this.#metrics.cachedResponses.inc({ result: 'stale' });
    return response;
  }

  /** Response in flight for the same request, if the request had a public response before (single-flight). */
  inFlight(key: string): Promise<CachedResponse | null> | null {
    return this.#inFlight.get(key) ?? null;
  }

  /** Start building a response. Call before the first read, so that no change is missed between reading and storing. */
  begin(key: string): PendingResponse {
    const pending = { outdated: new Set<string>(), allOutdated: false };
    const result = Promise.withResolvers<CachedResponse | null>();
    this.#pending.add(pending);
    if (this.#knownRequests?.has(key)) this.#inFlight.set(key, result.promise);
    const createdAt = Date.now();
    return {
      store: (parts) => {
        const response = { ...parts, createdAt, encoded: new Map() };
        result.resolve(response); // even if outdated by now: those who wait asked before the change
        if (pending.allOutdated || !parts.tags.isDisjointFrom(pending.outdated)) return;
        this.#store(key, response);
      },
      end: () => {
        result.resolve(null);
        this.#pending.delete(pending);
        if (this.#inFlight.get(key) === result.promise) this.#inFlight.delete(key);
      },
    };
  }

  /** Store a compressed body, if all of them together take no more than the entry has reserved: the length of the body. */
  storeEncoded(response: CachedResponse, acceptEncoding: string, body: EncodedBody): void {
    const { encoded } = response;
    if (encoded.size >= MAX_ENCODINGS_PER_ENTRY || acceptEncoding.length > MAX_ACCEPT_ENCODING_LENGTH) return;
    const bodies = new Map([...encoded.values()].map((one) => [one.encoding, one]));
    const same = bodies.get(body.encoding);
    const bytes = [...bodies.values()].reduce((sum, one) => sum + one.bytes.length, 0);
    if (same !== undefined) encoded.set(acceptEncoding, same);
    else if (bytes + body.bytes.length <= response.body.length) encoded.set(acceptEncoding, body);
  }

  /** Evict every entry with one of these tags. */
  evict(tags: readonly string[]): void {
    for (const pending of this.#pending) for (const tag of tags) pending.outdated.add(tag);
    this.#inFlight.clear(); // requests from now on must see the change
    for (const tag of tags) {
      for (const key of this.#keysByTag.get(tag) ?? []) {
        this.#metrics.cachedResponses.inc({ result: 'evicted' });
        this.#entries?.delete(key);
      }
    }
  }

  evictAll(): void {
    for (const pending of this.#pending) pending.allOutdated = true;
    this.#inFlight.clear();
    this.#entries?.clear();
  }

  #store(key: string, response: CachedResponse): void {
    this.#knownRequests?.set(key, true);
    this.#entries?.set(key, response);
    if (!this.#entries?.has(key)) return; // too large
    this.#metrics.cachedResponses.inc({ result: 'kept' });
    for (const tag of response.tags) this.#link(tag, key);
  }

  #link(tag: string, key: string): void {
    const keys = this.#keysByTag.get(tag);
    if (keys) keys.add(key);
    else this.#keysByTag.set(tag, new Set([key]));
  }

  #unlink(tags: ReadonlySet<string>, key: string): void {
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }
}

function sizeOf({ body, tags, contentType, operationName }: CachedResponse, key: string): number {
  const encoded = body.length; // reserved: see storeEncoded
  const strings = memoryOf(key) + memoryOf(body) + memoryOf(contentType) + memoryOf(operationName ?? '');
  return ENTRY_OVERHEAD_BYTES + strings + encoded + tags.size * TAG_BYTES;
}

/** Age in seconds. */
export const ageOf = ({ createdAt }: CachedResponse): number => (Date.now() - createdAt) / 1_000;
