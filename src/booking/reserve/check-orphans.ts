import type { Tx } from '../../platform/db/pool.ts';
import { hasCleanRoom, isNearlySoldOut, strandedBy } from '../seats/orphan-rule.ts';
import { accessibleIn, chartOf, rowOf, type ChartRow } from '../seats/seat-chart.ts';
import { countFreeTickets, lockRows, readFreePlaces } from '../store/tickets.ts';
import type { Order } from './validate-order.ts';

/** The places of an order that are in one row. */
interface ChosenInRow {
  row: ChartRow;
  places: number[];
}

/**
 * Keep others from taking seats in the same rows until the transaction ends: of two choices with one seat between them,
 * each would be fine without the other. To be called before the tickets are locked, also by who is not judged.
 */
export async function lockRowsOf(tx: Tx, order: Order): Promise<void> {
  const rows = chosenByRow(order);
  if (rows.length > 0) {
    await lockRows(
      tx,
      order.sale.eventId,
      rows.map(({ row }) => row.firstPlace),
    );
  }
}

/**
 * List the places that an order leaves alone although it need not, while its own are free yet.
 *
 * It need not if its row has room for as many side by side without that; whoever wants a wheelchair place cannot move; and
 * once little of a section is left, nobody is told to.
 */
export async function findOrphans(tx: Tx, order: Order): Promise<number[]> {
  const { eventId } = order.sale;
  const chart = chartOf(order.layout);
  const rows = chosenByRow(order).filter(({ places }) => places.every((place) => accessibleIn(chart, place, 1) === 0)); // prettier-ignore
  if (rows.length === 0) return [];
  const free = await readFreePlaces(
    tx,
    eventId,
    rows.flatMap(({ row }) => placesOf(row)),
  );
  const orphans: number[] = [];
  for (const { row, places } of rows) {
    const seats = placesOf(row).map((place) => (free.has(place) ? 1 : 0));
    const inRow = (place: number) => place - row.firstPlace;
    const stranded = strandedBy(seats, places.map(inRow));
    if (stranded.length === 0 || !hasCleanRoom(seats, places.length)) continue;
    const section = chart.sections[row.section]!;
    const range = { from: section.firstPlace, to: section.firstPlace + section.places };
    if (isNearlySoldOut(await countFreeTickets(tx, eventId, range), section.places)) continue;
    orphans.push(...stranded.map((seat) => row.firstPlace + seat));
  }
  return orphans;
}

function chosenByRow({ layout, selection }: Order): ChosenInRow[] {
  if (selection.kind !== 'PLACES') return [];
  const chart = chartOf(layout);
  const rows = new Map<number, ChosenInRow>();
  for (const place of selection.places) {
    const row = rowOf(chart, place);
    if (row === null) continue;
    const chosen = rows.get(row.firstPlace);
    if (chosen === undefined) rows.set(row.firstPlace, { row, places: [place] });
    else chosen.places.push(place);
  }
  return [...rows.values()];
}

const placesOf = ({ firstPlace, seats }: ChartRow): number[] =>
  Array.from({ length: seats }, (_, index) => firstPlace + index);
