import { CodedError } from '../../platform/errors.ts';

/** At a time, of a process: each takes a connection of the pool for a moment, again and again. */
const MAX_EXPORTS = 4;
const RETRY_AFTER_SECONDS = 10;

/** Bounds the exports that a process writes at a time: a few in all, one for each viewer. */
export class ExportSlots {
  readonly #viewers = new Set<string>();

  get count(): number {
    return this.#viewers.size;
  }

  /** Take a slot; the result gives it back, any number of times. Throws SERVICE_UNAVAILABLE if there is none. */
  acquire(viewerId: string): () => void {
    if (this.#viewers.has(viewerId)) throw busy('Another export of yours is being written.');
    if (this.#viewers.size >= MAX_EXPORTS) throw busy('Too many exports are being written.');
    this.#viewers.add(viewerId);
    let isHeld = true;
    return () => {
      if (isHeld) this.#viewers.delete(viewerId);
      isHeld = false;
    };
  }
}

const busy = (message: string): CodedError =>
  new CodedError('SERVICE_UNAVAILABLE', message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
