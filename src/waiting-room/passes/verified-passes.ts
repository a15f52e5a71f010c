import { LRUCache } from 'lru-cache';

import type { RoomKey } from '../store/rooms.ts';
import type { Pass } from '../tokens/passes.ts';

/** Some 300 bytes each, and at most 1 kB more for the header that it is a part of; who shops sends the same pass with every request. */
const MAX_VERIFIED_PASSES = 20_000;

/** A pass whose signature holds, for the one viewer in the one room that it was signed for. */
export interface VerifiedPass extends RoomKey, Pick<Pass, 'place' | 'expiresAt'> {
  viewerId: string;
}

/** Passes whose signature was verified, by their text. */
export class VerifiedPasses {
  readonly #passes: LRUCache<string, VerifiedPass>;

  constructor(max = MAX_VERIFIED_PASSES) {
    this.#passes = new LRUCache({ max });
  }

  get size(): number {
    return this.#passes.size;
  }

  find(text: string): VerifiedPass | undefined {
    return this.#passes.get(text);
  }

  add(text: string, pass: VerifiedPass): void {
    this.#passes.set(text, pass);
  }
}
