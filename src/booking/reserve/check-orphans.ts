import type { Tx } from '../../platform/db/pool.ts';
import { findOrphanSeats, hasRoomWithoutOrphan, isNearlySoldOut } from '../seats/orphan-rule.ts';
import { accessibleIn, chartOf, rowOf, type ChartRow } from '../seats/seat-chart.ts';
import { countFreeTickets, lockRows, readFreePlaces } from '../store/tickets.ts';
import type { Order } from './validate-order.ts';

interface SelectedInRow {
  row: ChartRow;
  places: number[];
}

/**
 * Lock the rows of an order until the transaction ends: of two concurrent selections with one seat between them, each obeys
 * the rule without the other. Call it before the tickets are locked, also for orders that are exempt from the rule.
 */
export async function lockSelectedRows(tx: Tx, order: Order): Promise<void> {
  const rows = selectionByRow(order);
  if (rows.length > 0) {
    await lockRows(
      tx,
      order.sale.eventId,
      rows.map(({ row }) => row.firstPlace),
    );
  }
}

/**
 * List the single seats that an order would leave against the orphan rule, while its own tickets are still free.
 *
 * Exempt are rows where as many seats side by side would always leave one, rows with a selected wheelchair place, and
 * sections that are nearly sold out.
 */
export async function findOrphans(tx: Tx, order: Order): Promise<number[]> {
  const { eventId } = order.sale;
  const chart = chartOf(order.layout);
  const rows = selectionByRow(order).filter(({ places }) => places.every((place) => accessibleIn(chart, place, 1) === 0)); // prettier-ignore
  if (rows.length === 0) return [];
  const free = await readFreePlaces(
    tx,
    eventId,
    rows.flatMap(({ row }) => placesOf(row)),
  );
  const orphans: number[] = [];
  for (const { row, places } of rows) {
    const seats = placesOf(row).map((place) => (free.has(place) ? 1 : 0));
    const indexInRow = (place: number) => place - row.firstPlace;
    const orphanSeats = findOrphanSeats(seats, places.map(indexInRow));
    if (orphanSeats.length === 0 || !hasRoomWithoutOrphan(seats, places.length)) continue;
    const section = chart.sections[row.section]!;
    const range = { from: section.firstPlace, to: section.firstPlace + section.places };
    if (isNearlySoldOut(await countFreeTickets(tx, eventId, range), section.places)) continue;
    orphans.push(...orphanSeats.map((seat) => row.firstPlace + seat));
  }
  return orphans;
}

function selectionByRow({ layout, selection }: Order): SelectedInRow[] {
  if (selection.kind !== 'PLACES') return [];
  const chart = chartOf(layout);
  const rows = new Map<number, SelectedInRow>();
  for (const place of selection.places) {
    const row = rowOf(chart, place);
    if (row === null) continue;
    const selected = rows.get(row.firstPlace);
    if (selected === undefined) rows.set(row.firstPlace, { row, places: [place] });
    else selected.places.push(place);
  }
  return [...rows.values()];
}

const placesOf = ({ firstPlace, seats }: ChartRow): number[] =>
  Array.from({ length: seats }, (_, index) => firstPlace + index);
