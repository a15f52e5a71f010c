import DataLoader from 'dataloader';

import type { Db } from '../platform/db/pool.ts';
import type { Buyer, ReservationRow, TicketRow } from './store/columns.ts';
import { readLiveReservations } from './store/reservations.ts';
import { readArchivedTickets, readTickets, type TicketKey } from './store/tickets.ts';

/**
 * Batched reads of tickets and holds for the fields of one request. Nothing is cached: one request can reserve tickets,
 * query them, release them, and query again.
 */
export interface BookingLoaders {
  ticket: DataLoader<TicketKey, TicketRow | null>;
  /** Reservations that hold tickets now, or have bought them; oldest first. */
  liveReservations: DataLoader<Buyer, ReservationRow[]>;
}

/** Open the loaders of one request. */
export function openBookingLoaders(db: Db): BookingLoaders {
  return {
    ticket: new DataLoader(
      async (keys) => {
        const rows = new Map((await readTickets(db, keys)).map((row) => [keyOf(row), row]));
        const missing = keys.filter((key) => !rows.has(keyOf(key)));
        const archived = missing.length === 0 ? [] : await readArchivedTickets(db, missing);
        for (const row of archived) rows.set(keyOf(row), row);
        return keys.map((key) => rows.get(keyOf(key)) ?? null);
      },
      { cache: false },
    ),
    liveReservations: new DataLoader(
      async (keys) => {
        const byEvent = Map.groupBy(keys, ({ eventId }) => eventId);
        const held = new Map<Buyer, ReservationRow[]>();
        await Promise.all(
          byEvent.entries().map(async ([eventId, buyers]) => {
            const viewerIds = [...new Set(buyers.map(({ viewerId }) => viewerId))];
            const live = await readLiveReservations(db, eventId, viewerIds);
            for (const buyer of buyers) held.set(buyer, live[viewerIds.indexOf(buyer.viewerId)]!);
          }),
        );
        return keys.map((key) => held.get(key)!);
      },
      { cache: false },
    ),
  };
}

/** Load the tickets at these places of an Event, in the order of `places`; places without a ticket are skipped. */
export async function describeTickets(
  loaders: BookingLoaders,
  eventId: string,
  places: readonly number[],
): Promise<TicketRow[]> {
  const found = await loaders.ticket.loadMany(places.map((place) => ({ eventId, place })));
  return found.flatMap((row) => {
    if (row instanceof Error) throw row;
    return row ?? [];
  });
}

const keyOf = ({ eventId, place }: TicketKey): string => `${eventId} ${place}`;
