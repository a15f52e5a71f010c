/** Heartbeat of the change feed, kept in Redis with a TTL. */
export interface FeedHeartbeat {
  generation: string;
  /** Events whose boards have lacked a change for more than `MAX_LAG_MS`. */
  laggingEvents: ReadonlySet<string>;
}

/** The generation whose board of an Event is up to date. Null: the feed is unavailable, or that board lags. */
export const generationFor = (heartbeat: FeedHeartbeat | null, eventId: string): string | null =>
  heartbeat === null || heartbeat.laggingEvents.has(eventId) ? null : heartbeat.generation;

/** Encode a heartbeat for Redis: the generation, then the lagging Events, separated by spaces. */
export const formatHeartbeat = ({ generation, laggingEvents }: FeedHeartbeat): string =>
  [generation, ...laggingEvents].join(' ');

/** Decode a heartbeat from Redis. */
export function parseHeartbeat(text: string): FeedHeartbeat {
  const [generation = '', ...laggingEvents] = text.split(' ');
  return { generation, laggingEvents: new Set(laggingEvents) };
}
