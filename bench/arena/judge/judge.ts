import type { Evidence, Rule, Violation } from '../evidence.ts';
import { aboveCapacity, beyondRate, outOfOrder } from './admissions.ts';
import { wrongEstimates } from './estimates.ts';
import { toldLate } from './freshness.ts';
import { movedInLine } from './moves.ts';
import { usedAfterTheVisit } from './passes.ts';
import { seatsTwice } from './seats.ts';
import { lostSlots } from './slots.ts';
import { beyondStock } from './stock.ts';

/** Complaints of subscribers begin with it. */
export const STALE = 'stale: ';

/** Judge a sale by its evidence. Pure: the same evidence gives the same violations. */
export function judge(evidence: Evidence): Violation[] {
  const { room, admissions, seats, sold, ticketChanges, stays, receipts, passUses, moves, complaints } =
    evidence;
  const found: Record<Rule, readonly string[]> = {
    soldOut: sold === seats ? [] : [`${sold} of ${seats} seats are sold`],
    rate: beyondRate(admissions, room),
    order: outOfOrder(evidence),
    places: [
      ...complaints.filter((complaint) => !complaint.startsWith(STALE)),
      ...movedInLine(moves, admissions),
      ...usedAfterTheVisit(passUses, admissions),
    ],
    capacity: aboveCapacity(admissions, room.capacity),
    slots: lostSlots(evidence, room),
    stock: beyondStock(admissions, ticketChanges, evidence),
    seats: seatsTwice(receipts, ticketChanges, sold),
    freshness: [
      ...toldLate(stays, admissions),
      ...complaints
        .filter((complaint) => complaint.startsWith(STALE))
        .map((complaint) => complaint.slice(STALE.length)),
    ],
    estimates: wrongEstimates(stays, admissions),
  };
  return Object.entries(found).flatMap(([rule, all]) => all.map((what) => ({ rule: rule as Rule, what })));
}
