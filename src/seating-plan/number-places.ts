import type { GeneralAdmissionArea, Row, SeatedSection, SeatingPlanLayout } from './layout.ts';

/** A Row before its places are numbered. */
export type RowDraft = Omit<Row, 'firstPlace'>;

/** A section before its places are numbered. */
export type SectionDraft =
  | (Omit<SeatedSection, 'firstPlace' | 'places' | 'rows'> & { rows: RowDraft[] })
  | Omit<GeneralAdmissionArea, 'firstPlace'>;

/** A layout before its places are numbered, from an organiser's input, a generator or a converter. */
export type LayoutDraft = Omit<SeatingPlanLayout, 'places' | 'sections'> & { sections: SectionDraft[] };

/** Number the places of a draft in order, without a gap. */
export function numberPlaces(draft: LayoutDraft): SeatingPlanLayout {
  let next = 0;
  const sections = draft.sections.map((section) => {
    const firstPlace = next;
    const { kind, key, name, level } = section;
    if (kind === 'GENERAL_ADMISSION') {
      next += section.places;
      const { places, category, outline } = section;
      return { kind, key, name, level, firstPlace, places, category, outline };
    }
    const rows = section.rows.map((row): Row => {
      const rowStart = next;
      next += row.seats.length;
      const { label, category, seats, x, y, accessible } = row;
      return { label, category, firstPlace: rowStart, seats, x, y, accessible };
    });
    return { kind, key, name, level, firstPlace, places: next - firstPlace, rows };
  });
  const { name, width, height, stage, categories } = draft;
  return { name, width, height, stage, categories, sections, places: next };
}
