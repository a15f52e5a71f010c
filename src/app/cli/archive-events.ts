import { archiveReservations, archiveTickets, countHolds, type MovedBatch } from '../../booking/index.ts';
import {
  endOf,
  findEventsToArchive,
  lockEvent,
  markArchived,
  markArchiving,
  readNow,
  type EventToArchive,
} from '../../catalog/index.ts';
import { countUnsettledBookings, countUnsettledRequests } from '../../payments/index.ts';
import { deleteEventLocks } from '../../platform/db/event-locks.ts';
import type { DbOrTx, Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { archiveAdmissions, countUnsettledRooms, type AdmissionPosition } from '../../waiting-room/index.ts';

/** After that refunds are decided, webhooks have arrived, and payments that were left open are cancelled. */
const MIN_ARCHIVE_AGE_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Rows per transaction: locks that are held for some 50 ms. */
const DEFAULT_BATCH_SIZE = 2_000;
const MAX_EVENTS_PER_PAGE = 100;

/** What an archive run is asked for. */
export interface ArchiveRequest {
  /** Only Events that ended before that instant. */
  endedBefore: Date;
  /** Report what would be done, and write nothing. */
  dryRun?: boolean;
  /** Events to archive at most. */
  maxEvents?: number;
  batchSize?: number;
  /** Receives one line for each Event. */
  report: (line: string) => void;
  /** Asked before each batch. */
  isStopped?: () => boolean;
}

/** Numbers of Events. */
export interface ArchiveResult {
  archived: number;
  /** Another run, at the same time, finished them. */
  archivedByOthers: number;
  skipped: number;
  /** It was stopped, or `maxEvents` was reached; another run continues. */
  isPartial: boolean;
}

/** The run was asked for Events whose payments may still change. */
export class TooRecent extends Error {
  readonly remedy = `Choose a date at least ${MIN_ARCHIVE_AGE_DAYS} days ago.`;
}

/** Events that ended before this may be archived. */
export const latestToArchive = (now: Date): Date => new Date(now.getTime() - MIN_ARCHIVE_AGE_DAYS * DAY_MS);

/**
 * Move the tickets, Reservations and admissions of Events that ended long ago to the archive, and delete their lock rows. Each batch is a
 * transaction that locks the Event first, so that runs may overlap; after an interruption at any point another run continues.
 */
export async function archiveEvents(
  platform: Pick<Platform, 'db' | 'metrics'>,
  request: ArchiveRequest,
): Promise<ArchiveResult> {
  const { endedBefore, report, isStopped = () => false, maxEvents = Infinity } = request;
  const latest = latestToArchive(await readNow(platform.db));
  if (endedBefore > latest)
    throw new TooRecent(`Events that ended after ${latest.toISOString()} are not archived yet.`);
  const result: ArchiveResult = { archived: 0, archivedByOthers: 0, skipped: 0, isPartial: false };
  let after: string | null = null;
  for (;;) {
    const found: EventToArchive[] = await findEventsToArchive(platform.db, {
      endedBefore,
      after,
      limit: MAX_EVENTS_PER_PAGE,
    });
    for (const event of found) {
      if (isStopped() || result.archived >= maxEvents) return { ...result, isPartial: true };
      const outcome = await archiveEvent(platform, event, request);
      report(`${event.id} ${event.name}: ${outcome.message}`);
      if (outcome.kind === 'stopped') return { ...result, isPartial: true };
      result[outcome.kind]++;
    }
    if (found.length < MAX_EVENTS_PER_PAGE) return result;
    after = found.at(-1)!.id;
  }
}

interface Outcome {
  kind: 'archived' | 'archivedByOthers' | 'skipped' | 'stopped';
  message: string;
}

async function archiveEvent(
  platform: Pick<Platform, 'db' | 'metrics'>,
  { id }: EventToArchive,
  { endedBefore, dryRun = false, batchSize = DEFAULT_BATCH_SIZE, isStopped = () => false }: ArchiveRequest,
): Promise<Outcome> {
  if (dryRun) {
    const reason = await reasonToSkip(platform.db, id);
    return reason === null
      ? { kind: 'archived', message: 'would be archived' }
      : { kind: 'skipped', message: `would be skipped: ${reason}` };
  }
  const begun = await inTransaction(platform, 'archive.begin', async (tx): Promise<Outcome | null> => {
    const event = await lockEvent(tx, id);
    if (event === null || endOf(event) >= endedBefore)
      return { kind: 'skipped', message: 'skipped: its end has changed' };
    if (event.archivedAt !== null)
      return { kind: 'archivedByOthers', message: 'archived already, by another run' };
    if (event.archivingSince !== null) return null; // by a run that was interrupted, or is under way
    const blocker = await reasonToSkip(tx, id);
    if (blocker !== null) return { kind: 'skipped', message: `skipped: ${blocker}` };
    await markArchiving(tx, id);
    return null;
  });
  if (begun !== null) return begun;

  const moveAll = batchesOf(platform, id, isStopped);
  const limit = batchSize;
  // Reservations first: without its Reservation a payment that comes now cannot be given tickets, and is refunded.
  const reservations = await moveAll<string>('archive.reservations', (tx, after) =>
    archiveReservations(tx, id, { after, limit }),
  );
  const tickets = await moveAll<number>('archive.tickets', (tx, before) =>
    archiveTickets(tx, id, { before, limit }),
  );
  const admissions = await moveAll<AdmissionPosition>('archive.admissions', (tx, after) =>
    archiveAdmissions(tx, id, { after, limit }),
  );
  const locks = await moveAll<number>('archive.locks', async (tx) => {
    const deleted = await deleteEventLocks(tx, id, limit);
    return { moved: deleted, next: deleted < limit ? null : deleted };
  });
  if (isStopped()) return { kind: 'stopped', message: 'interrupted; run it again to continue' };
  const isLast = await inTransaction(platform, 'archive.end', (tx) => markArchived(tx, id));
  const moved = `${tickets} tickets, ${reservations} reservations and ${admissions} admissions, deleted ${locks} lock rows`;
  return isLast
    ? { kind: 'archived', message: `archived ${moved}` }
    : {
        kind: 'archivedByOthers',
        message: `archived by another run at the same time; this one moved ${moved}`,
      };
}

/** Run batches, each in a transaction that has locked the Event, until none is left or the run is stopped; returns the number of rows. */
const batchesOf =
  (platform: Pick<Platform, 'db' | 'metrics'>, eventId: string, isStopped: () => boolean) =>
  async <Key>(
    name: string,
    move: (tx: Tx, from: Key | null) => Promise<MovedBatch<Key>>,
  ): Promise<number> => {
    let moved = 0;
    let from: Key | null = null;
    while (!isStopped()) {
      const start: Key | null = from;
      const batch: MovedBatch<Key> = await inTransaction(platform, name, async (tx) => {
        await lockEvent(tx, eventId);
        return move(tx, start);
      });
      moved += batch.moved;
      if (batch.next === null) break;
      from = batch.next;
    }
    return moved;
  };

/** Why an Event cannot be archived now; null: it can. */
async function reasonToSkip(db: DbOrTx, eventId: string): Promise<string | null> {
  const holds = await countHolds(db, eventId);
  if (holds > 0) return `${holds} reservations are held, or were not swept yet`;
  const unsettled = (await countUnsettledBookings(db, eventId)) + (await countUnsettledRequests(db, eventId));
  if (unsettled > 0) return `${unsettled} bookings have a payment or a refund under way`;
  const rooms = await countUnsettledRooms(db, eventId);
  return rooms > 0 ? `${rooms} waiting rooms are open, or have visits without an end` : null;
}
