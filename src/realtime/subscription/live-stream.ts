import type { Viewer } from '../../platform/auth/viewer.ts';

/** An update of a Subscription field: an object of the schema, and where its follower stands once it has been seen. */
export interface LiveUpdate {
  __typename: string;
  cursor: string;
}

/** Something that can be followed: what to send first, and from then on every update, in order. */
export interface LiveChannel<Update extends LiveUpdate = LiveUpdate> {
  /** Throws what the follower is to be told instead. */
  join(after: string | null, follower: LiveSubscriber<Update>): readonly Update[];
  leave(follower: LiveSubscriber<Update>): void;
}

/** Who is told, for whom. */
export interface LiveSubscriber<Update extends LiveUpdate = LiveUpdate> {
  readonly viewer: Viewer | null;
  onUpdate(update: Update): void;
  /** Called once if the viewer may follow no longer; nothing comes after it. */
  end(refusal: Error): void;
}

/** What `subscribe` of a Subscription field returns: what to join, and from where on. */
export class LiveStream<Update extends LiveUpdate = LiveUpdate> implements AsyncIterable<never> {
  readonly channel: LiveChannel<Update>;
  readonly after: string | null;

  constructor(channel: LiveChannel<Update>, after: string | null) {
    this.channel = channel;
    this.after = after;
  }

  /** The engine knows a stream by this; but ours are joined, and iterated by nobody. */
  [Symbol.asyncIterator](): never {
    throw new Error('a LiveStream is joined, not iterated');
  }
}
