import type { Line } from '../line/line.ts';
import type { RoomRow } from '../store/rooms.ts';
import { entryOf } from '../tokens/entries.ts';

/** Tickets of an Event: those that can be had, and those that are held and may come back. */
export interface Stock {
  available: number;
  held: number;
}

/** Whether no ticket can be had, and none can come back; not known without a stock. */
export const isSoldOut = (stock: Stock | null): boolean =>
  stock !== null && stock.available + stock.held === 0;

/** Where the controller learns of the stock; handed in, as bookings come later in the import order. */
export interface StockSource {
  /** The stock of an Event; null: it has no tickets yet. */
  stockOf(eventId: string): Promise<Stock | null>;
  /** Viewers that hold tickets, at most `limit`. */
  holdersOf(eventId: string, limit: number): Promise<string[]>;
}

/** Safeguards of admission, each with a switch that only tests set, to prove that they see what it prevents. */
export interface AdmissionSwitches {
  /** Admit no more than there are tickets for. */
  stockBound: boolean;
}
export const ALL_ADMISSION_SWITCHES: Readonly<AdmissionSwitches> = { stockBound: true };

/** Beyond so many, holders count as if they held nothing: fewer are admitted, never more. */
const MAX_HOLDERS = 10_000;

/**
 * How many may be admitted so that each viewer inside finds a ticket: those available, less the viewers inside who hold none
 * yet. Who holds some is looked up only when the stock is scarce.
 */
export async function stockBound(
  source: StockSource,
  line: Line,
  room: RoomRow,
  { stock, inside, wanted }: { stock: Stock | null; inside: number; wanted: number },
): Promise<number> {
  if (stock === null) return 0;
  if (stock.available >= inside + wanted) return wanted;
  const holders = await source.holdersOf(room.eventId, MAX_HOLDERS);
  const states = await line.find(
    room,
    holders.map((viewer) => entryOf(room, viewer)),
  );
  const holding = states?.filter((state) => state?.kind === 'admitted').length ?? 0;
  return Math.min(wanted, Math.max(0, stock.available - Math.max(0, inside - holding)));
}
