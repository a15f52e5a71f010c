import { follow, type FollowOptions } from './follow.ts';
import { QUEUE_POSITION, type QueuePositionMessage } from './messages.ts';

/** Options of `followQueue`. */
export interface FollowQueueOptions extends FollowOptions {
  /** Token of the entry, of `joinQueue` or of an earlier state. */
  entryToken?: string | null;
}

/** Where the viewer stands. */
export type QueuePosition = QueuePositionMessage;

/** States after which nothing follows. */
const LAST_STATES: ReadonlySet<QueuePosition['state']> = new Set([
  'ADMITTED',
  'GONE',
  'NOT_JOINED',
  'CLOSED',
]);

/**
 * Wait in front of a sale:
 *
 * ```ts
 * for await (const position of followQueue({ url, event, token, entryToken })) {
 *   if (position.pass) startShopping(position.pass);
 *   else show(position.peopleAhead, position.maxWaitSeconds);
 * }
 * ```
 *
 * It reconnects with backoff and the last token of the entry, which keeps the place. The loop ends after the state `ADMITTED`,
 * which has the pass, and after `GONE`, `NOT_JOINED` and `CLOSED`. Ending it begins the grace of the waiting room. Throws
 * FollowRefused for a permanent refusal.
 */
export function followQueue(options: FollowQueueOptions): AsyncGenerator<QueuePosition, void, void> {
  let entryToken = options.entryToken ?? null;
  let position: QueuePosition | null = null;
  return follow(options, {
    query: QUEUE_POSITION,
    variables: () => ({ event: options.event, token: entryToken }),
    apply({ queuePosition }) {
      position = queuePosition!;
      entryToken = position.token ?? entryToken;
      return LAST_STATES.has(position.state) ? 'last' : 'applied';
    },
    take: () => position,
  });
}
