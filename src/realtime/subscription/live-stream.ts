import type { Viewer } from '../../platform/auth/viewer.ts';
import { NO_PASSES } from '../../waiting-room/index.ts';

/** An update of a Subscription field: an object of the schema, with the cursor after it. */
export interface LiveUpdate {
  __typename: string;
  cursor: string;
  /** It is made for one subscriber, and written from its fields without an execution, where the document allows. */
  isForOneViewer?: true;
}

/** Source of a subscription: `join` returns the first updates, then the subscriber receives every update in order. */
export interface LiveChannel<Update extends LiveUpdate = LiveUpdate> {
  /** Throws the refusal to send instead. */
  join(after: string | null, subscriber: LiveSubscriber<Update>): readonly Update[];
  leave(subscriber: LiveSubscriber<Update>): void;
}

/** Receiver of updates on behalf of a viewer. */
export interface LiveSubscriber<Update extends LiveUpdate = LiveUpdate> {
  readonly viewer: Viewer | null;
  /** Of waiting rooms: those of the connection, and that of the subscription. */
  readonly passes: readonly string[];
  onUpdate(update: Update): void;
  /** Called once after the last update; nothing follows it. */
  complete(): void;
  /** Called once if the viewer may not see the source any more; nothing follows it. */
  end(refusal: Error): void;
}

/** Result of `subscribe` of a Subscription field: the channel to join, the cursor to resume after, the passes to join with. */
export class LiveStream<Update extends LiveUpdate = LiveUpdate> implements AsyncIterable<never> {
  readonly channel: LiveChannel<Update>;
  readonly after: string | null;
  readonly passes: readonly string[];

  constructor(channel: LiveChannel<Update>, after: string | null, passes: readonly string[] = NO_PASSES) {
    this.channel = channel;
    this.after = after;
    this.passes = passes;
  }

  /** graphql-js recognises a stream by this member; a LiveStream is never iterated. */
  [Symbol.asyncIterator](): never {
    throw new Error('a LiveStream is joined, not iterated');
  }
}
