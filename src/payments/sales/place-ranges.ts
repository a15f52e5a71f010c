import type { SeatingPlanLayout, Section } from '../../seating-plan/index.ts';

/** Consecutive places of one section and one price tier. */
export interface PlaceRange {
  firstPlace: number;
  section: Section;
  tier: number;
}

/** The places of a plan as few ranges, in their order. */
export function rangesOf({ sections }: SeatingPlanLayout): PlaceRange[] {
  const ranges: PlaceRange[] = [];
  const add = (range: PlaceRange) => {
    const last = ranges.at(-1);
    if (last?.section !== range.section || last.tier !== range.tier) ranges.push(range);
  };
  for (const section of sections) {
    if (section.kind === 'GENERAL_ADMISSION')
      add({ firstPlace: section.firstPlace, section, tier: section.category });
    else for (const { firstPlace, category } of section.rows) add({ firstPlace, section, tier: category });
  }
  return ranges;
}
