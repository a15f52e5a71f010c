import type { Context } from '../generated/graphql.ts';
import type { RowChange } from '../platform/db/replication.ts';
import { untilVisible } from '../platform/db/until-visible.ts';
import type { Platform } from '../platform/index.ts';
import { copiesOf } from '../platform/redis/spread-keys.ts';

/** Something that can change and that answers are made of, by its type and the key of its row. */
export type CatalogTag = `${'Event' | 'Venue' | 'Performer'}:${string}`;

/** Which tag a row belongs to, by table; what the migrations publish of the catalogue. */
const TAG_BY_TABLE: Readonly<Record<string, (row: Record<string, unknown>) => CatalogTag>> = {
  events: ({ id }) => `Event:${String(id)}`,
  price_tiers: ({ event_id }) => `Event:${String(event_id)}`,
  venues: ({ id }) => `Venue:${String(id)}`,
  performers: ({ id }) => `Performer:${String(id)}`,
};

/** An import changes thousands at once; then it is shorter to say that everything has changed. */
const MAX_TAGS_PER_MESSAGE = 1_000;
const ALL_CHANGED = '*';

/** Everybody listens to all of them; a message goes over the first that is there. */
export const catalogChannels = (prefix: string): string[] => copiesOf(prefix, 'catalogue-changes');

/** Pick the keys of Events out of what has changed. */
export const eventIdsIn = (tags: readonly CatalogTag[]): string[] =>
  tags.filter((tag) => tag.startsWith('Event:')).map((tag) => tag.slice('Event:'.length));

/** Let the answer note that it is made of whatever of this type it is made of. */
export function recordDependency(type: 'Event' | 'Venue' | 'Performer') {
  return ({ id }: { id: string }, { cacheability }: Context): boolean => {
    cacheability.tags.add(`${type}:${id}`);
    return true;
  };
}

/**
 * Tell every process what has changed in the catalogue, as the change feed has it, once whoever reads it again sees that.
 * Answers how many were told; null: Redis is away, and nobody was.
 */
export async function publishCatalogChanges(
  { db, redis }: Pick<Platform, 'db' | 'redis'>,
  changes: readonly RowChange[],
): Promise<number | null> {
  const ofCatalog = changes.filter(({ table }) => table in TAG_BY_TABLE);
  if (ofCatalog.length === 0) return 0;
  const tags = new Set(ofCatalog.map(({ table, row }) => TAG_BY_TABLE[table]!(row)));
  await untilVisible(db, [...new Set(ofCatalog.map(({ transaction }) => transaction))]);
  const message = tags.size > MAX_TAGS_PER_MESSAGE ? ALL_CHANGED : [...tags].join(' ');
  for (const channel of catalogChannels(redis.prefix)) {
    const told = await redis.attempt('catalogue-changes', channel, null, async (connection) =>
      Number(await connection.spublish(channel, message)),
    );
    if (told !== null) return told;
  }
  return null;
}

/** Hear what changes in the catalogue. `everything`: nobody knows what; an import, or the line was broken. */
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
