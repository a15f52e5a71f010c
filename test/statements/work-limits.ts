import type { ExecutedPlan, PlanMode, Work } from './plan-recorder.ts';
import { workOf } from './plan-recorder.ts';

/** Tables that grow with every sale or every visit: a statement that reads one from end to end is slower each year. */
const GROWING = new Set([
  ...['tickets', 'reservations', 'bookings', 'booking_tickets', 'idempotent_calls', 'idempotency_keys'],
  ...['archived_tickets', 'archived_reservations', 'archived_waiting_room_admissions'],
  ...['ledger_entries', 'refunds', 'disputes', 'event_cancellations', 'refund_requests'],
  ...['waiting_rooms', 'waiting_room_abandoned_places', 'waiting_room_lists', 'waiting_room_admissions'],
  ...[
    'webhook_events',
    'events',
    'event_performers',
    'event_words',
    'price_tiers',
    'event_locks',
    'event_audit',
    'event_stock',
    'seating_plans',
  ],
]);

/** Most work of one execution. */
interface WorkLimit {
  rows: number;
  blocks: number;
  /** Never prepared, so that Postgres plans each execution by its values; a generic plan is no plan of it. */
  plannedAnew?: true;
}

/** For statements on the tickets of one order, one Reservation, one page. */
const DEFAULT_LIMIT: WorkLimit = { rows: 1_000, blocks: 150 };

const WAITING = 'looks for the job of each row under way, 2,000 here, by its key';

const ALL_BOOKINGS = 'may read the Bookings of one Event';

const BATCH = 'moves 5,000 rows of one Event here';

const BOOKINGS_TO_EXPORT = 'a batch of 500 Bookings';

const EVENTS_TO_FILL = '100 Events whose document is written';

/** Statements that do more for a reason, each with its own constant. */
export const LIMITS: Readonly<Record<string, WorkLimit & { reason: string }>> = {
  'booking.readFree': {
    rows: 25_000,
    blocks: 1_500,
    reason: 'every ticket of one hall, of 20,000 places here',
  },
  'booking.findUncountedEvents': {
    rows: 12_000,
    blocks: 15_000,
    reason: 'looks for the count of what is on sale and still to come, 2,500 Events at most',
  },
  'booking.countStock': {
    rows: 25_000,
    blocks: 12_000,
    reason: 'every ticket of one hall, of 20,000 places here',
  },
  'booking.readStock': {
    rows: 30_000,
    blocks: 1_500,
    reason: 'every ticket of one hall, of 20,000 places here, and if they are scarce every hold, 1,500 here',
  },
  'booking.countTicketsByTier': {
    rows: 50_000,
    blocks: 1_500,
    reason: 'every ticket of one hall, of 20,000 places here, and sums them up by tier',
  },
  'booking.countTicketsByRange': {
    rows: 90_000,
    blocks: 1_500,
    reason: 'every ticket of one hall, of 20,000 places here, through the union with the archive',
  },
  'booking.countReservations': {
    rows: 20_000,
    blocks: 10_000,
    reason: 'every Reservation of one Event, 7,500 here',
  },
  'payments.listEventBookingsAfter': { rows: 1_100, blocks: 500, reason: BOOKINGS_TO_EXPORT },
  'payments.readPlacesOf': { rows: 2_500, blocks: 2_000, reason: BOOKINGS_TO_EXPORT },
  'payments.readMoneyOf': { rows: 3_000, blocks: 2_500, reason: BOOKINGS_TO_EXPORT },
  'payments.sumRevenueByRange': {
    rows: 60_000,
    blocks: 10_000,
    reason: 'the sold places and the ledger of one Event, 3,000 here',
  },
  'payments.sumSalesByDay': {
    rows: 120_000,
    blocks: 15_000,
    reason: 'the Bookings, their places and the ledger of one Event, 3,000 here',
  },
  'seat-map.readStatuses': { rows: 25_000, blocks: 1_500, reason: 'every ticket of one hall' },
  'seat-map.readBoardContent': { rows: 25_000, blocks: 1_500, reason: 'every ticket of one hall' },
  'booking.lockAllTickets': { rows: 80_000, blocks: 40_000, reason: 'locks every ticket of one hall' },
  'catalog.updateSaleState': {
    rows: 1_000,
    blocks: 500,
    reason: 'the index entries of the words of one Event',
  },
  'booking.makeTickets': { rows: 1_000, blocks: 1_000, reason: 'inserts every ticket of one hall' },
  'booking.lockOverdueTickets': { rows: 1_000, blocks: 2_500, reason: 'four tickets of each of 100 holds' },
  'booking.freeOverdueTickets': { rows: 1_000, blocks: 6_000, reason: 'four tickets of each of 100 holds' },
  'booking.expireOverdue': {
    rows: 1_000,
    blocks: 2_500,
    reason: '100 Reservations with their index entries',
  },
  'booking.lockOverdue': { rows: 1_000, blocks: 1_500, reason: '100 Reservations' },
  'booking.findEventsWithHolds': {
    rows: 1_000,
    blocks: 500,
    reason: 'each Event with holds once, and until a vacuum entries of holds that ended together, 1,500 here',
  },
  'booking.lockReservationsToArchive': { rows: 16_000, blocks: 12_000, reason: BATCH },
  'booking.copyReservations': { rows: 10_500, blocks: 60_000, reason: BATCH },
  'booking.deleteReservations': { rows: 10_500, blocks: 40_000, reason: BATCH },
  'booking.lockTicketsToArchive': { rows: 16_000, blocks: 12_000, reason: BATCH },
  'booking.copyTickets': { rows: 10_500, blocks: 60_000, reason: BATCH },
  'booking.deleteTickets': { rows: 10_500, blocks: 40_000, reason: BATCH },
  'waiting-room.insertAdmissions': {
    rows: 1_000,
    blocks: 500,
    reason: 'each admission with seven entries of indexes',
  },
  'waiting-room.lockAdmissionsToArchive': { rows: 16_000, blocks: 12_000, reason: BATCH },
  'waiting-room.copyAdmissions': { rows: 10_500, blocks: 80_000, reason: BATCH },
  'waiting-room.deleteAdmissions': { rows: 10_500, blocks: 40_000, reason: BATCH },
  'locks.findEventLocks': { rows: 10_500, blocks: 12_000, reason: BATCH },
  'locks.deleteEventLocks': { rows: 10_500, blocks: 40_000, reason: BATCH },
  'payments.countUnsettledBookings': {
    rows: 10_000,
    blocks: 10_000,
    reason: 'the Bookings of one Event, once in its life',
  },
  'payments.countUnsettledRefunds': { rows: 10_000, blocks: 10_000, reason: ALL_BOOKINGS },
  'payments.countCancelledBookings': { rows: 10_000, blocks: 10_000, reason: ALL_BOOKINGS },
  'payments.countRefundsDue': { rows: 10_000, blocks: 10_000, reason: ALL_BOOKINGS },
  'payments.findConfirmedBookings': { rows: 10_000, blocks: 10_000, reason: ALL_BOOKINGS },
  'payments.settleCancellation': { rows: 10_000, blocks: 10_000, reason: ALL_BOOKINGS },
  'payments.findStuckBookings': { rows: 12_000, blocks: 13_000, reason: WAITING },
  'payments.findOpenIntents': { rows: 12_000, blocks: 13_000, reason: WAITING },
  'payments.findStuckWebhooks': { rows: 12_000, blocks: 13_000, reason: WAITING },
  'payments.takeUnsettledRefunds': {
    rows: 1_000,
    blocks: 4_000,
    reason: '100 Bookings with their index entries',
  },
  'catalog.listEvents': {
    rows: 6_000,
    blocks: 1_500,
    reason: 'filters what is still to come, 2,500 Events here',
  },
  'catalog.listEventIdsOf': {
    rows: 6_000,
    blocks: 1_500,
    reason: 'filters for each owner the Events of days that are not over, 120 here',
  },
  'catalog.refreshSearchText.venues': { rows: 1_000, blocks: 500, reason: EVENTS_TO_FILL },
  'catalog.refreshSearchText.performers': { rows: 1_000, blocks: 1_500, reason: EVENTS_TO_FILL },
  'catalog.refreshSearchText.read': { rows: 3_000, blocks: 2_500, reason: EVENTS_TO_FILL },
  'catalog.refreshSearchText': {
    rows: 1_000,
    blocks: 6_000,
    reason: `${EVENTS_TO_FILL}, with index entries`,
  },
  'catalog.addWords': { rows: 1_500, blocks: 2_500, reason: `the words of ${EVENTS_TO_FILL}` },
  'catalog.findWithoutDocument': {
    rows: 1_500,
    blocks: 1_000,
    reason: '100 Events by an index, and the Events of days that are not over, 120 here',
  },
  'catalog.markOnSale': { rows: 1_000, blocks: 500, reason: 'the index entries of the words of one Event' },
  'search.findEvents': {
    rows: 25_000,
    blocks: 15_000,
    plannedAnew: true,
    reason:
      'filters and ranks what is still to come, 2,500 Events here, in eight nodes; with a price, the tiers of each',
  },
  'search.countEvents': {
    rows: 20_000,
    blocks: 15_000,
    plannedAnew: true,
    reason:
      'counts what is still to come, 2,500 Events here, in seven nodes; with a price, the tiers of each',
  },
  'search.countWords': {
    rows: 20_000,
    blocks: 1_500,
    plannedAnew: true,
    reason: 'counts for each of four words what is still to come, at most 1,001 Events',
  },
  'search.countFacets': {
    rows: 130_000,
    blocks: 25_000,
    plannedAnew: true,
    reason:
      'counts what is still to come, 2,500 Events here, by eight facets, with the tiers and the stock of each',
  },
  'search.findSuggestions': {
    rows: 3_000,
    blocks: 25_000,
    plannedAnew: true,
    reason:
      'reads at most 300 rows for each of two words, in their spellings, and until a vacuum entries of rows that are gone, 20,000 here',
  },
  'search.refreshSuggestions': {
    rows: 400_000,
    blocks: 300_000,
    plannedAnew: true,
    reason:
      'of the worker, at most every 30 s: every Event to come, 2,500 here, and 40,000 rows that are gone',
  },
  'search.findWordsNear': {
    rows: 3_000,
    blocks: 3_000,
    plannedAnew: true,
    reason: 'looks up some 240 beginnings of a misspelt word',
  },
  'catalog.readNewestSeatingPlans': {
    rows: 8_000,
    blocks: 8_000,
    reason: 'looks at 620 versions here, at most 1,000 of a Venue, and for the newest of each of their plans',
  },
  'retention.deleteOldRows': { rows: 10_000, blocks: 15_000, reason: 'a batch of 2,000 rows' },
  'jobs.enqueue': {
    rows: 1_000,
    blocks: 1_000,
    reason: 'a function of graphile-worker, with its catalog look-ups',
  },
};

/** Statements that are not judged, with the reason. */
export const EXEMPT: Readonly<Record<string, string>> = {
  'catalog.mergePending': 'of the importer, once',
  'catalog.importCatalogue.analyze': 'of the importer, once',
};

/** What an execution did beyond its limit, as sentences; empty if nothing. */
export function violationsOf({ name, text, plan }: ExecutedPlan, mode: PlanMode): string[] {
  if (name in EXEMPT) return [];
  const limit: WorkLimit = LIMITS[name] ?? DEFAULT_LIMIT;
  if (limit.plannedAnew && !text.includes(': plan anew */')) return [`${name} is prepared`];
  if (limit.plannedAnew && mode === 'force_generic_plan') return [];
  const work: Work = workOf(plan);
  return [
    ...work.scanned.filter((table) => GROWING.has(table)).map((table) => `${name} scans ${table}`),
    ...(work.rows > limit.rows
      ? [`${name} visits ${Math.round(work.rows)} rows, more than ${limit.rows}`]
      : []),
    ...(work.blocks > limit.blocks ? [`${name} reads ${work.blocks} blocks, more than ${limit.blocks}`] : []),
  ];
}
