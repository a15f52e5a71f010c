import type { SeatingPlanRow } from '../catalog/index.ts';

/** Plans are immutable, so what was worked out for one stays true as long as it is in memory. */
const known = new WeakMap<SeatingPlanRow, Uint8Array>();

/** List the price tier of every place of the plan, by place: one byte each. */
export function tiersByPlace(plan: SeatingPlanRow): Uint8Array {
  let tiers = known.get(plan);
  if (tiers !== undefined) return tiers;
  tiers = new Uint8Array(plan.places);
  for (const section of plan.layout.sections) {
    if (section.kind === 'GENERAL_ADMISSION') {
      tiers.fill(section.category, section.firstPlace, section.firstPlace + section.places);
    } else {
      for (const row of section.rows) {
        tiers.fill(row.category, row.firstPlace, row.firstPlace + row.seats.length);
      }
    }
  }
  known.set(plan, tiers);
  return tiers;
}
