import DataLoader from 'dataloader';

import type { Viewer } from '../platform/auth/viewer.ts';
import type { Page } from '../platform/connections.ts';
import type { Db } from '../platform/db/pool.ts';
import type { SeatingPlanLayout } from '../seating-plan/index.ts';
import { listEventIdsByOwner, type EventListOwner, type EventPosition } from './event/event-list.ts';
import {
  findEvents,
  findSeatingPlan,
  readLineups,
  readNewestSeatingPlans,
  readPerformers,
  readPriceTiers,
  readSeatingPlanHeads,
  readVenues,
  type EventRow,
  type PerformerRow,
  type PricedTier,
  type SeatingPlanHead,
  type VenueRow,
} from './store/reads.ts';

/** One page of the upcoming Events of a Venue or Performer, as the viewer may see them. */
interface EventListKey {
  owner: EventListOwner;
  ownerId: string;
  page: Page<EventPosition>;
  viewer: Viewer | null;
}

/** Per-request loaders that batch the catalogue reads of resolvers. */
export interface CatalogLoaders {
  venue: DataLoader<string, VenueRow | null>;
  performer: DataLoader<string, PerformerRow | null>;
  event: DataLoader<string, EventRow | null>;
  lineup: DataLoader<string, PerformerRow[]>;
  priceTiers: DataLoader<string, PricedTier[]>;
  seatingPlan: DataLoader<string, SeatingPlanHead | null>;
  seatingPlanLayout: DataLoader<string, SeatingPlanLayout | null>;
  /** The newest version of each of a Venue's plans. */
  newestSeatingPlans: DataLoader<string, SeatingPlanHead[]>;
  upcomingEvents: DataLoader<EventListKey, EventRow[], string>;
}

/** Create the loaders of one request. */
export function openCatalogLoaders(db: Db): CatalogLoaders {
  const event = new DataLoader(byId((ids) => findEvents(db, ids)));
  return {
    event,
    venue: new DataLoader(byId((ids) => readVenues(db, ids))),
    performer: new DataLoader(byId((ids) => readPerformers(db, ids))),
    lineup: new DataLoader(async (ids) => {
      const lineups = Map.groupBy(await readLineups(db, ids), ({ eventId }) => eventId);
      return ids.map((id) => (lineups.get(id) ?? []).map(({ performer }) => performer));
    }),
    priceTiers: new DataLoader(async (ids) => {
      const tiers = Map.groupBy(await readPriceTiers(db, ids), ({ eventId }) => eventId);
      return ids.map((id) => tiers.get(id) ?? []);
    }),
    seatingPlan: new DataLoader(byId((ids) => readSeatingPlanHeads(db, ids))),
    // not batched: a layout is up to 3 MB and usually cached
    seatingPlanLayout: new DataLoader((ids) =>
      Promise.all(ids.map(async (id) => (await findSeatingPlan(db, id))?.layout ?? null)),
    ),
    newestSeatingPlans: new DataLoader(async (ids) => {
      const plans = Map.groupBy(await readNewestSeatingPlans(db, ids), ({ venueId }) => venueId);
      return ids.map((id) => plans.get(id) ?? []);
    }),
    upcomingEvents: new DataLoader(
      async (keys) => {
        const ids = await readUpcomingEvents(db, keys);
        return Promise.all(ids.map(async (list) => (await event.loadMany(list)).filter(isRow)));
      },
      { cacheKeyFn: (key) => `${listName(key)} ${key.ownerId}` },
    ),
  };
}

/** Clear what was loaded before a mutation, so that the next one in the same request returns fresh rows. */
export function clearLoaders(loaders: CatalogLoaders): void {
  for (const loader of Object.values(loaders) as DataLoader<unknown, unknown>[]) loader.clearAll();
}

/** Read upcoming Events in one statement per distinct page; requests nearly always ask for only one. */
async function readUpcomingEvents(db: Db, keys: readonly EventListKey[]): Promise<string[][]> {
  const lists = new Map<EventListKey, string[]>();
  await Promise.all(
    Map.groupBy(keys, listName)
      .values()
      .map(async (group) => {
        const { owner, page, viewer } = group[0]!;
        const ownerIds = group.map(({ ownerId }) => ownerId);
        const ids = await listEventIdsByOwner(db, viewer, owner, ownerIds, page);
        for (const key of group) lists.set(key, ids.get(key.ownerId) ?? []);
      }),
  );
  return keys.map((key) => lists.get(key) ?? []);
}

const listName = ({ owner, page }: EventListKey): string =>
  `${owner} ${page.limit} ${page.after?.join(' ') ?? ''}`;

const isRow = (row: EventRow | Error | null): row is EventRow => {
  if (row instanceof Error) throw row;
  return row !== null;
};

function byId<Row extends { id: string }>(read: (ids: readonly string[]) => Promise<Row[]>) {
  return async (ids: readonly string[]): Promise<(Row | null)[]> => {
    const rows = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  };
}
