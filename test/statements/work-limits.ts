import type { ExecutedPlan, Work } from './plan-recorder.ts';
import { workOf } from './plan-recorder.ts';

/** Tables that grow with every sale or every visit: a statement that reads one from end to end is slower each year. */
const GROWING = new Set([
  ...['tickets', 'reservations', 'bookings', 'booking_tickets', 'idempotent_calls', 'idempotency_keys'],
  ...['webhook_events', 'events', 'event_performers', 'event_words', 'price_tiers'],
]);

/** Most work of one execution. */
interface WorkLimit {
  rows: number;
  blocks: number;
}

/** For statements on the tickets of one order, one Reservation, one page. */
const DEFAULT_LIMIT: WorkLimit = { rows: 1_000, blocks: 150 };

/** Statements that do more for a reason, each with its own constant. */
export const LIMITS: Readonly<Record<string, WorkLimit & { reason: string }>> = {
  'booking.readFree': {
    rows: 25_000,
    blocks: 1_500,
    reason: 'every ticket of one hall, of 20,000 places here',
  },
  'seat-map.readStatuses': { rows: 25_000, blocks: 1_500, reason: 'every ticket of one hall' },
  'seat-map.readBoardContent': { rows: 25_000, blocks: 1_500, reason: 'every ticket of one hall' },
  'booking.makeTickets': { rows: 1_000, blocks: 1_000, reason: 'inserts every ticket of one hall' },
  'booking.lockOverdueTickets': { rows: 1_000, blocks: 2_500, reason: 'four tickets of each of 100 holds' },
  'booking.freeOverdueTickets': { rows: 1_000, blocks: 6_000, reason: 'four tickets of each of 100 holds' },
  'booking.expireOverdue': {
    rows: 1_000,
    blocks: 2_500,
    reason: '100 Reservations with their index entries',
  },
  'booking.lockOverdue': { rows: 1_000, blocks: 1_500, reason: '100 Reservations' },
  'payments.listBookings': {
    rows: 10_000,
    blocks: 150,
    reason: 'may read the index entries of one Event’s Bookings',
  },
  'catalog.listEvents': {
    rows: 6_000,
    blocks: 1_500,
    reason: 'filters what is still to come, 2,500 Events here',
  },
  'jobs.enqueue': {
    rows: 1_000,
    blocks: 1_000,
    reason: 'a function of graphile-worker, with its catalog look-ups',
  },
};

/** Statements that are not judged, with the reason. */
export const EXEMPT: Readonly<Record<string, string>> = {
  'catalog.rebuildVocabulary': 'of the importer, once: reads every Event',
  'catalog.mergePending': 'of the importer, once',
  'catalog.importCatalogue.analyze': 'of the importer, once',
  'search.findEvents': 'to be mended: reads past Events, too, to find those that have begun and not ended',
  'search.countEvents': 'to be mended, as search.findEvents',
  'catalog.reportUnreadableEvents': 'to be mended: reads every Event once per start',
};

/** What an execution did beyond its limit, as sentences; empty if nothing. */
export function violationsOf({ name, plan }: Pick<ExecutedPlan, 'name' | 'plan'>): string[] {
  if (name in EXEMPT) return [];
  const limit = LIMITS[name] ?? DEFAULT_LIMIT;
  const work: Work = workOf(plan);
  return [
    ...work.scanned.filter((table) => GROWING.has(table)).map((table) => `${name} scans ${table}`),
    ...(work.rows > limit.rows
      ? [`${name} visits ${Math.round(work.rows)} rows, more than ${limit.rows}`]
      : []),
    ...(work.blocks > limit.blocks ? [`${name} reads ${work.blocks} blocks, more than ${limit.blocks}`] : []),
  ];
}
