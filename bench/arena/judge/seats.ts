import type { Receipt, TicketChange } from '../evidence.ts';

/** Seats that two people were sold, and those that changed hands without coming back or before their time. */
export function seatsTwice(
  receipts: readonly Receipt[],
  ticketChanges: readonly TicketChange[],
  sold: number,
): string[] {
  const found: string[] = [];
  const owners = new Map<number, string>();
  for (const { entry, places } of receipts) {
    for (const place of places) {
      const other = owners.get(place);
      if (other !== undefined) found.push(`seat ${place} was sold to ${other} and to ${entry}`);
      owners.set(place, entry);
    }
  }
  // a purchase whose answer was lost has no receipt
  if (owners.size > sold) found.push(`${owners.size} seats have receipts, ${sold} are sold`);
  for (const { at, place, from, to, fromReservation, toReservation, fromHeldUntil } of ticketChanges) {
    const isTaken = to !== 'AVAILABLE' && fromReservation !== null && fromReservation !== toReservation;
    if (isTaken && (from === 'SOLD' || (fromHeldUntil ?? Infinity) > at))
      found.push(`seat ${place} went from ${from} of ${fromReservation} to ${toReservation}`);
  }
  return found;
}
