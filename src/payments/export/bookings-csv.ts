import { stringify } from 'csv-stringify/sync';

import { findSeatingPlan, type EventRow } from '../../catalog/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import { encodeEventScopedId } from '../../platform/ids.ts';
import { decimalText, minorUnitDigits } from '../../platform/money.ts';
import { labelOfPlace, titleOfPlace, type SeatingPlanLayout } from '../../seating-plan/index.ts';
import { STATUS_OF } from '../checkout-steps.ts';
import { readMoneyOf, type MoneyOfPayment } from '../ledger/sums.ts';
import { FIRST_KEY } from '../ledger/tables.ts';
import type { BookingRow } from '../store/bookings.ts';
import { listEventBookingsAfter, readPlacesOf, type BookedPlace } from '../store/event-bookings.ts';

/** Of a batch: some 100 kB of rows, which is what an export keeps in memory. */
const BOOKINGS_PER_BATCH = 500;

const COLUMNS = [
  ...['booking', 'status', 'buyer', 'created', 'confirmed', 'currency', 'total', 'charged', 'refunded'],
  ...['disputed', 'tickets', 'places', 'returned_places'],
];

/** Bookings that took money or tickets; attempts that were declined did neither. */
const EXPORTED: ReadonlySet<string> = new Set(['CONFIRMED', 'CANCELLED', 'REFUNDED']);

/** The Bookings of an Event as CSV, oldest first, a batch at a time: what comes while it is written may be in it. */
export async function* bookingsCsv(
  db: Db,
  event: Pick<EventRow, 'id' | 'seatingPlanId'>,
  batchSize = BOOKINGS_PER_BATCH,
): AsyncGenerator<string, void, undefined> {
  const plan = event.seatingPlanId === null ? null : await findSeatingPlan(db, event.seatingPlanId);
  yield lines([COLUMNS], true);
  for (let after = FIRST_KEY; ;) {
    const batch = await listEventBookingsAfter(db, event.id, after, batchSize);
    const exported = batch.filter(({ step }) => EXPORTED.has(STATUS_OF[step]));
    if (exported.length > 0) {
      const ids = exported.map(({ id }) => id);
      const places = Map.groupBy(await readPlacesOf(db, event.id, ids), ({ bookingId }) => bookingId);
      const intents = exported.flatMap(({ intentId }) => intentId ?? []);
      const money = new Map((await readMoneyOf(db, event.id, intents)).map((row) => [row.bookingId, row]));
      yield lines(
        exported.map((row) => record(row, places.get(row.id) ?? [], money.get(row.id), plan?.layout)),
      );
    }
    if (batch.length < batchSize) return;
    after = batch.at(-1)!.id;
  }
}

/** A text that a spreadsheet would take as a formula gets an apostrophe in front. */
const lines = (records: readonly (readonly (string | number)[])[], isFirst = false): string =>
  stringify(records as (string | number)[][], {
    bom: isFirst, // Excel takes a file without one for the code page of its country
    escape_formulas: true,
    record_delimiter: 'windows',
  });

function record(
  { eventId, id, step, viewerId, createdAt, confirmedAt, currency, amount }: BookingRow,
  places: readonly BookedPlace[],
  money: MoneyOfPayment | undefined,
  layout: SeatingPlanLayout | undefined,
): (string | number)[] {
  const decimal = (minor: number) => decimalText(minor, minorUnitDigits(currency));
  const titles = (isReturned: boolean) =>
    places.filter((place) => place.isReturned === isReturned).map(({ place }) => titleOf(layout, place));
  const kept = titles(false);
  return [
    ...[encodeEventScopedId('Booking', eventId, id), STATUS_OF[step], viewerId],
    ...[createdAt.toISOString(), confirmedAt?.toISOString() ?? '', currency, decimal(amount)],
    ...[decimal(money?.charged ?? 0), decimal(money?.refunded ?? 0), decimal(money?.disputed ?? 0)],
    ...[kept.length, kept.join('; '), titles(true).join('; ')],
  ];
}

function titleOf(layout: SeatingPlanLayout | undefined, place: number): string {
  const label = layout && labelOfPlace(layout, place);
  return label ? titleOfPlace(label.section, label.row, label.seat) : String(place);
}
