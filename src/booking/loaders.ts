import DataLoader from 'dataloader';

import type { Db } from '../platform/db/pool.ts';
import type { Buyer, ReservationRow, TicketRow } from './store/columns.ts';
import { readLiveReservations } from './store/reservations.ts';
import { readTickets } from './store/tickets.ts';

interface TicketKey {
  eventId: string;
  place: number;
}

/**
 * Batched reads of tickets and holds for the fields of one request. Nothing is cached: one request can reserve tickets,
 * query them, release them, and query again.
 */
export interface BookingLoaders {
  ticket: DataLoader<TicketKey, TicketRow | null>;
  /** Reservations that hold tickets now, oldest first. */
  activeReservations: DataLoader<Buyer, ReservationRow[]>;
}

/** Open the loaders of one request. */
export function openBookingLoaders(db: Db): BookingLoaders {
  return {
    ticket: new DataLoader(
      async (keys) => {
        const rows = new Map((await readTickets(db, keys)).map((row) => [keyOf(row), row]));
        return keys.map((key) => rows.get(keyOf(key)) ?? null);
      },
      { cache: false },
    ),
    activeReservations: new DataLoader(
      async (keys) => {
        const viewerIds = [...new Set(keys.map(({ viewerId }) => viewerId))]; // of one request: one
        const eventIds = [...new Set(keys.map(({ eventId }) => eventId))];
        const live = await readLiveReservations(db, eventIds, viewerIds);
        return keys.map(({ eventId, viewerId }) =>
          live[viewerIds.indexOf(viewerId)]!.filter(
            (row) => row.status === 'HELD' && row.eventId === eventId,
          ),
        );
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
