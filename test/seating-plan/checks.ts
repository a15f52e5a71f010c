import type { SeatedSection, SeatingPlanLayout } from '../../src/seating-plan/layout.ts';

/** The sections of a plan that have seats. */
export const seatedSections = (layout: SeatingPlanLayout): SeatedSection[] =>
  layout.sections.filter((section) => section.kind === 'SEATED');

/** The distance of the two seats of a plan that are nearest to each other; infinite if there is only one. */
export function nearestSeats(layout: SeatingPlanLayout): number {
  const cell = 10;
  const grid = new Map<string, { x: number; y: number }[]>();
  let nearest = Number.POSITIVE_INFINITY;
  for (const row of seatedSections(layout).flatMap((section) => section.rows)) {
    row.x.forEach((x, index) => {
      const y = row.y[index]!;
      const [column, line] = [Math.floor(x / cell), Math.floor(y / cell)];
      for (const near of [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${column + dx},${line + dy}`))) {
        for (const other of grid.get(near) ?? []) {
          nearest = Math.min(nearest, Math.hypot(other.x - x, other.y - y));
        }
      }
      const key = `${column},${line}`;
      grid.set(key, [...(grid.get(key) ?? []), { x, y }]);
    });
  }
  return nearest;
}

/** Wheelchair places that cannot be given a companion's seat of their own beside them. */
export function lonelyWheelchairs(layout: SeatingPlanLayout): number {
  let lonely = 0;
  for (const { seats, accessible } of seatedSections(layout).flatMap((section) => section.rows)) {
    const companions = new Set<number>();
    for (const seat of accessible) {
      const free = [seat - 1, seat + 1].find(
        (next) => next >= 0 && next < seats.length && !accessible.includes(next) && !companions.has(next),
      );
      if (free === undefined) lonely++;
      else companions.add(free);
    }
  }
  return lonely;
}
