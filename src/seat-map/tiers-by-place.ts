import type { SeatingPlanRow } from '../catalog/index.ts';

/** Plans are immutable: an entry is valid for as long as its plan is in memory. */
const cache = new WeakMap<SeatingPlanRow, Uint8Array>();

/** The price tier of every place of the plan, one byte per place. */
export function tiersByPlace(plan: SeatingPlanRow): Uint8Array {
  let tiers = cache.get(plan);
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
  cache.set(plan, tiers);
  return tiers;
}
