import type { Tx } from '../../platform/db/pool.ts';
import {
  forbiddenOrphans,
  isExempt,
  positionsOfLine,
  selectionByLine,
  type SelectedInLine,
} from '../seats/forbidden-orphans.ts';
import { isNearlySoldOut } from '../seats/orphan-rule.ts';
import { chartOf } from '../seats/seat-chart.ts';
import { countFreeTickets, lockRows, readFreePlaces } from '../store/tickets.ts';
import type { Order } from './validate-order.ts';

/**
 * Lock the rows of an order, from aisle to aisle, until the transaction ends: of two concurrent selections with one seat
 * between them, each obeys the rule without the other. Call it before the tickets are locked, also for orders that are exempt
 * from the rule.
 */
export async function lockSelectedRows(tx: Tx, order: Order): Promise<void> {
  const rows = selectionOf(order);
  if (rows.length > 0) {
    await lockRows(
      tx,
      order.sale.eventId,
      rows.map(({ row }) => row.lineStart),
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
  const placeAt = (position: number) => chart.order.placeAt(position);
  const rows = selectionOf(order).filter((selected) => !isExempt(chart, selected));
  if (rows.length === 0) return [];
  const free = await readFreePlaces(tx, eventId, rows.flatMap(positionsOfLine).map(placeAt));
  const orphans: number[] = [];
  for (const selected of rows) {
    const orphansInRow = forbiddenOrphans(chart, (position) => free.has(placeAt(position)), selected);
    if (orphansInRow.length === 0) continue;
    const section = chart.sections[selected.row.section]!;
    const range = { from: section.firstPlace, to: section.firstPlace + section.places };
    if (isNearlySoldOut(await countFreeTickets(tx, eventId, range), section.places)) continue;
    orphans.push(...orphansInRow.map(placeAt));
  }
  return orphans.toSorted((a, b) => a - b);
}

function selectionOf({ layout, selection }: Order): SelectedInLine[] {
  if (selection.kind !== 'PLACES') return [];
  const chart = chartOf(layout);
  const positions = selection.places.map((place) => chart.order.positionOf(place));
  return selectionByLine(chart, positions);
}
