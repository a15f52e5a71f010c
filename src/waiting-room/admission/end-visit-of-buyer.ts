import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import type { Line } from '../line/line.ts';
import { findCurrentRoom } from '../store/admissions.ts';
import type { RoomRow } from '../store/rooms.ts';
import { endBoughtVisit, readEndedVisitsOf } from '../store/visit-ends.ts';
import { entryOf } from '../tokens/entries.ts';
import { endVisitsInLine } from './line-steps.ts';

/** Tickets that a viewer bought. */
export interface Purchase {
  eventId: string;
  viewerId: string;
  /** When they were reserved, by the clock of Postgres; null: not known. Read for Events with a room only. */
  reservedAt(tx: Tx): Promise<Date | null>;
}

/**
 * End the visit in which the tickets were reserved, in the transaction that makes the purchase: the viewer takes no slot and no
 * ticket from then on. A later visit goes on, also in a later room: it began after the Reservation.
 */
export async function endVisitOfPurchase(tx: Tx, purchase: Purchase): Promise<void> {
  const room = await findCurrentRoom(tx, purchase.eventId);
  if (room !== null) await endVisitIn(room, tx, purchase);
}

async function endVisitIn(room: RoomRow, tx: Tx, purchase: Purchase): Promise<void> {
  const reservedAt = await purchase.reservedAt(tx);
  if (reservedAt !== null) await endBoughtVisit(tx, room, entryOf(room, purchase.viewerId), reservedAt);
}

/**
 * Free the slot of a viewer who bought at once; while Redis is away the room's controller does it later. It can be repeated, at
 * any time. The visit may go on if an earlier release made the purchase: it is ended.
 */
export async function endVisitOfBuyer(
  platform: Pick<Platform, 'db' | 'metrics'>,
  line: Line,
  purchase: Purchase,
): Promise<void> {
  const room = await findCurrentRoom(platform.db, purchase.eventId);
  if (room === null) return;
  await inTransaction(platform, 'waitingRoom.endVisitByPurchase', (tx) => endVisitIn(room, tx, purchase));
  const ended = await readEndedVisitsOf(platform.db, room, entryOf(room, purchase.viewerId));
  if (ended.length > 0) await endVisitsInLine(line, room, ended);
}
