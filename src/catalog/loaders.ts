import DataLoader from 'dataloader';

import type { Db } from '../platform/db/pool.ts';
import {
  findSeatingPlan,
  readBills,
  readEvents,
  readPerformers,
  readPriceTiers,
  readVenues,
  type EventRow,
  type PerformerRow,
  type PricedTier,
  type SeatingPlanRow,
  type VenueRow,
} from './store.ts';

/** Batches what the fields of one request ask of the catalogue; made anew for each request. */
export interface CatalogLoaders {
  venue: DataLoader<string, VenueRow | null>;
  performer: DataLoader<string, PerformerRow | null>;
  event: DataLoader<string, EventRow | null>;
  bill: DataLoader<string, PerformerRow[]>;
  priceTiers: DataLoader<string, PricedTier[]>;
  seatingPlan: DataLoader<string, SeatingPlanRow | null>;
}

/** Make the loaders of one request. */
export function openCatalogLoaders(db: Db): CatalogLoaders {
  return {
    venue: new DataLoader(byId((ids) => readVenues(db, ids))),
    performer: new DataLoader(byId((ids) => readPerformers(db, ids))),
    event: new DataLoader(byId((ids) => readEvents(db, ids))),
    bill: new DataLoader(async (ids) => {
      const bills = Map.groupBy(await readBills(db, ids), ({ eventId }) => eventId);
      return ids.map((id) => (bills.get(id) ?? []).map(({ performer }) => performer));
    }),
    priceTiers: new DataLoader(async (ids) => {
      const tiers = Map.groupBy(await readPriceTiers(db, ids), ({ eventId }) => eventId);
      return ids.map((id) => tiers.get(id) ?? []);
    }),
    seatingPlan: new DataLoader((ids) => Promise.all(ids.map((id) => findSeatingPlan(db, id)))),
  };
}

function byId<Row extends { id: string }>(read: (ids: readonly string[]) => Promise<Row[]>) {
  return async (ids: readonly string[]): Promise<(Row | null)[]> => {
    const rows = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  };
}
