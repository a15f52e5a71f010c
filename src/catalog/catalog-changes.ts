import type { Context } from '../generated/graphql.ts';
import type { RowChange } from '../platform/db/replication.ts';
import { untilVisible } from '../platform/db/until-visible.ts';
import type { Platform } from '../platform/index.ts';
import { copiesOf } from '../platform/redis/spread-keys.ts';

/** A catalogue row that cached responses depend on, as `Type:id`. */
export type CatalogTag = `${'Event' | 'Venue' | 'Performer'}:${string}`;

/** Tag of a changed row, by table: the catalogue tables in the publication of the migrations. */
const TAG_BY_TABLE: Readonly<Record<string, (row: Record<string, unknown>) => CatalogTag>> = {
  events: ({ id }) => `Event:${String(id)}`,
  price_tiers: ({ event_id }) => `Event:${String(event_id)}`,
  venues: ({ id }) => `Venue:${String(id)}`,
  performers: ({ id }) => `Performer:${String(id)}`,
};

/** An import changes thousands of rows at once; above this limit one message invalidates everything. */
const MAX_TAGS_PER_MESSAGE = 1_000;
const ALL_CHANGED = '*';

/** Redis channels, one per copy: each process subscribes to all, a message goes to the first that is available. */
export const catalogChannels = (prefix: string): string[] => copiesOf(prefix, 'catalogue-changes');

/** Ids of the Events among the tags. */
export const eventIdsIn = (tags: readonly CatalogTag[]): string[] =>
  tags.filter((tag) => tag.startsWith('Event:')).map((tag) => tag.slice('Event:'.length));

/** Record in the response which rows of this type it depends on, for invalidation. Used as `__isTypeOf`. */
export function recordDependency(type: 'Event' | 'Venue' | 'Performer') {
  return ({ id }: { id: string }, { cacheability }: Context): boolean => {
    cacheability.tags.add(`${type}:${id}`);
    return true;
  };
}

/**
 * Publish catalogue changes from the change feed to all processes, once a new read would see them.
 * Returns the number of processes that received the message; null if Redis is unavailable.
 */
export async function publishCatalogChanges(
  { db, redis }: Pick<Platform, 'db' | 'redis'>,
  changes: readonly RowChange[],
): Promise<number | null> {
  const catalogChanges = changes.filter(({ table }) => table in TAG_BY_TABLE);
  if (catalogChanges.length === 0) return 0;
  const tags = new Set(catalogChanges.map(({ table, row }) => TAG_BY_TABLE[table]!(row)));
  await untilVisible(db, [...new Set(catalogChanges.map(({ transaction }) => transaction))]);
  const message = tags.size > MAX_TAGS_PER_MESSAGE ? ALL_CHANGED : [...tags].join(' ');
  for (const channel of catalogChannels(redis.prefix)) {
    const receivers = await redis.attempt('catalogue-changes', channel, null, async (connection) =>
      Number(await connection.spublish(channel, message)),
    );
    if (receivers !== null) return receivers;
  }
  return null;
}

/** Subscribe to catalogue changes. `everything`: any row may have changed, after an import or a reconnect. */
export async function subscribeToCatalogChanges(
  { redis, subscriptions }: Pick<Platform, 'redis' | 'subscriptions'>,
  listener: { changed(tags: CatalogTag[]): void; everything(): void },
): Promise<void> {
  const channelListener = {
    onMessage(message: string) {
      if (message === ALL_CHANGED) listener.everything();
      else listener.changed(message.split(' ') as CatalogTag[]);
    },
    subscribed: () => listener.everything(),
  };
  await Promise.all(
    catalogChannels(redis.prefix).map((channel) => subscriptions.add(channel, channelListener)),
  );
}
