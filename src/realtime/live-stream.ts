/** Something that can be followed: what to send first, and from then on every update, in order. */
export interface LiveChannel<Update extends object> {
  join(
    after: string | null,
    listener: (update: Update) => void,
  ): { first: readonly Update[]; leave: () => void };
}

/** An update of a Subscription field: an object of the schema, and where its follower stands once it has been seen. */
export interface LiveUpdate {
  __typename: string;
  cursor: string;
}

/**
 * What `subscribe` of a Subscription field returns. Updates that come before somebody listens are kept, so that none
 * falls between joining and the first write.
 */
export class LiveStream<Update extends LiveUpdate = LiveUpdate> implements AsyncIterable<never> {
  readonly #channel: LiveChannel<Update>;
  readonly #after: string | null;
  #waiting: Update[] = [];
  #listener: ((update: Update) => void) | null = null;
  #leave: (() => void) | null = null;

  constructor(channel: LiveChannel<Update>, after: string | null) {
    this.#channel = channel;
    this.#after = after;
  }

  /** Join the channel, after `after` where it is given instead of where the query says; throws what the channel throws. */
  join(after: string | null = this.#after): void {
    const { first, leave } = this.#channel.join(after, (update) => {
      if (this.#listener === null) this.#waiting.push(update);
      else this.#listener(update);
    });
    this.#leave = leave; // and nothing else of it: a follower stays for hours, and `first` is a whole map
    this.#waiting.unshift(...first);
  }

  /** Hear what has come so far, at once, and then everything else as it comes. */
  listen(listener: (update: Update) => void): void {
    for (const update of this.#waiting) listener(update);
    this.#waiting = [];
    this.#listener = listener;
  }

  /** Hear nothing more. */
  leave(): void {
    this.#listener = () => {};
    this.#waiting = [];
    this.#leave?.();
    this.#leave = null;
  }

  /** The engine knows a stream by this; but ours are written to sockets, and iterated by nobody. */
  [Symbol.asyncIterator](): never {
    throw new Error('a LiveStream is listened to, not iterated');
  }
}
