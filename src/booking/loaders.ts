import DataLoader from 'dataloader';

import type { Db } from '../platform/db/pool.ts';
import type { Buyer, ReservationRow, TicketRow } from './store/columns.ts';
import { readLiveReservations } from './store/reservations.ts';
import { readTickets } from './store/tickets.ts';

/** Names one ticket. */
interface TicketKey {
  eventId: string;
  place: number;
}

/**
 * Batches what the fields of one request ask of tickets and holds. Nothing is kept: one request may hold tickets, look,
 * let them go, and look again.
 */
export interface BookingLoaders {
  ticket: DataLoader<TicketKey, TicketRow | null>;
  /** What buyers hold right now, oldest first. */
  activeReservations: DataLoader<Buyer, ReservationRow[]>;
}

/** Make the loaders of one request. */
export function openBookingLoaders(db: Db): BookingLoaders {
  return {
    ticket: new DataLoader(
      async (keys) => {
        const rows = new Map((await readTickets(db, keys)).map((row) => [nameOf(row), row]));
        return keys.map((key) => rows.get(nameOf(key)) ?? null);
      },
      { cache: false },
    ),
    activeReservations: new DataLoader(
      async (keys) => {
        const live = await readLiveReservations(db, keys);
        return keys.map(({ eventId, viewerId }) =>
          live.filter((row) => row.status === 'HELD' && row.eventId === eventId && row.viewerId === viewerId),
        );
      },
      { cache: false },
    ),
  };
}

/** Load the tickets at these places of an Event, in the order asked for; places without a ticket are left out. */
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

const nameOf = ({ eventId, place }: TicketKey): string => `${eventId} ${place}`;
