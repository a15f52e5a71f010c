import type { SeatedSection, SeatingPlanLayout } from '../../src/seating-plan/layout.ts';

/** Seated sections of a plan. */
export const seatedSections = (layout: SeatingPlanLayout): SeatedSection[] =>
  layout.sections.filter((section) => section.kind === 'SEATED');

/** Decimetres: seats are about 5 apart, so the nearest one is in the same cell or in an adjacent one. */
const CELL = 10;
/** A cell is one number, which is a faster map key than a string; no plan has this many columns. */
const MAX_COLUMNS = 1_000_000;

/** Return the smallest distance between two seats of a plan; infinite if there is only one seat. */
export function nearestSeats(layout: SeatingPlanLayout): number {
  const grid = new Map<number, number[]>(); // coordinates of a cell's seats: x, y, x, y, …
  let nearestSquared = Number.POSITIVE_INFINITY;
  for (const row of seatedSections(layout).flatMap((section) => section.rows)) {
    for (const [index, x] of row.x.entries()) {
      const y = row.y[index]!;
      const cell = Math.floor(x / CELL) + MAX_COLUMNS * Math.floor(y / CELL);
      for (let above = -MAX_COLUMNS; above <= MAX_COLUMNS; above += MAX_COLUMNS) {
        for (let beside = -1; beside <= 1; beside++) {
          const others = grid.get(cell + above + beside);
          if (others === undefined) continue;
          for (let other = 0; other < others.length; other += 2) {
            const squared = (others[other]! - x) ** 2 + (others[other + 1]! - y) ** 2;
            if (squared < nearestSquared) nearestSquared = squared;
          }
        }
      }
      const seats = grid.get(cell);
      if (seats) seats.push(x, y);
      else grid.set(cell, [x, y]);
    }
  }
  return Math.sqrt(nearestSquared);
}

/** Number of wheelchair places without a companion seat of their own beside them. */
export function wheelchairsWithoutCompanion(layout: SeatingPlanLayout): number {
  let withoutCompanion = 0;
  for (const { seats, accessible } of seatedSections(layout).flatMap((section) => section.rows)) {
    const companions = new Set<number>();
    for (const seat of accessible) {
      const free = [seat - 1, seat + 1].find(
        (next) => next >= 0 && next < seats.length && !accessible.includes(next) && !companions.has(next),
      );
      if (free === undefined) withoutCompanion++;
      else companions.add(free);
    }
  }
  return withoutCompanion;
}
