import { CodedError } from '../../platform/errors.ts';
import type { EntryState } from '../line/entry-state.ts';
import { MAX_ENTRIES_PER_SCRIPT } from '../line/in-parts.ts';
import type { Line, LineRoom } from '../line/line.ts';
import type { EntryPlace } from '../tokens/entries.ts';

/** Look-ups that wait for their turn: beyond them a poll is refused. */
const MAX_PENDING = 100_000;

/** State of an entry. Null: Redis does not know it. Undefined: Redis is away, or restores the line. */
export type Found = EntryState | null | undefined;

/** Looks entries of a room up, a thousand in one script and one script at a time; an entry that is asked for twice, once. */
export class EntryFinder {
  readonly #line: Pick<Line, 'find' | 'restore'>;
  readonly #room: () => LineRoom;
  #pending = new Map<string, PromiseWithResolvers<Found>>();
  #isRunning = false;

  constructor(line: Pick<Line, 'find' | 'restore'>, room: () => LineRoom) {
    this.#line = line;
    this.#room = room;
  }

  /** Find where an entry stands. Throws SERVICE_UNAVAILABLE if too many ask. */
  find(entry: string): Promise<Found> {
    let pending = this.#pending.get(entry);
    if (pending === undefined) {
      if (this.#pending.size >= MAX_PENDING)
        throw new CodedError('SERVICE_UNAVAILABLE', 'Too many ask for their place.', {
          retryAfterSeconds: 5,
        });
      pending = Promise.withResolvers<Found>();
      this.#pending.set(entry, pending);
    }
    if (!this.#isRunning) void this.#run();
    return pending.promise;
  }

  /** The same; an entry that Redis has lost is restored to the place of its token. */
  async findOrRestore(entry: string, token: EntryPlace | null): Promise<Found> {
    const found = await this.find(entry);
    if (found !== null || token === null) return found;
    return (await this.#line.restore(this.#room(), entry, token.place).catch(() => null)) ?? undefined;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    await new Promise(setImmediate); // requests of this turn of the loop come along
    while (this.#pending.size > 0) {
      const batch = this.#pending.entries().take(MAX_ENTRIES_PER_SCRIPT).toArray();
      for (const [entry] of batch) this.#pending.delete(entry);
      const entries = batch.map(([entry]) => entry);
      const found = await this.#line.find(this.#room(), entries).catch(() => null);
      batch.forEach(([, { resolve }], index) => resolve(found === null ? undefined : found[index]));
    }
    this.#isRunning = false;
  }
}
