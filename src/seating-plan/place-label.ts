import type { GeneralAdmissionArea, Row, SeatingPlanLayout, Section } from './layout.ts';

/** Properties of one place. In a general-admission area row and seat are null, and x and y are its centre. */
export interface PlaceLabel {
  section: Section;
  row: string | null;
  seat: string | null;
  category: number;
  accessible: boolean;
  x: number;
  y: number;
}

/** Describe a place; null if the plan does not have it. */
export function labelOfPlace(layout: SeatingPlanLayout, place: number): PlaceLabel | null {
  if (!Number.isInteger(place) || place < 0 || place >= layout.places) return null;
  const section = findByFirstPlace(layout.sections, place);
  if (section === undefined) return null;
  if (section.kind === 'GENERAL_ADMISSION') {
    return {
      section,
      row: null,
      seat: null,
      category: section.category,
      accessible: false,
      ...centreOf(section),
    };
  }
  const row = rowOfPlace(section.rows, place);
  const index = row === undefined ? -1 : place - row.firstPlace;
  const [seat, x, y] = [row?.seats[index], row?.x[index], row?.y[index]];
  if (row === undefined || seat === undefined || x === undefined || y === undefined) return null;
  return {
    section,
    row: row.label,
    seat,
    category: row.category,
    accessible: row.accessible.includes(index),
    x,
    y,
  };
}

/** The Row that holds a place, among the Rows of its section. */
const rowOfPlace = (rows: readonly Row[], place: number): Row | undefined => findByFirstPlace(rows, place);

/** The section that holds a place. */
export const sectionOfPlace = (layout: SeatingPlanLayout, place: number): Section | undefined =>
  place >= 0 && place < layout.places ? findByFirstPlace(layout.sections, place) : undefined;

/** Binary search for the part that contains a place; some 17 steps for the rows of the largest stadium. */
function findByFirstPlace<T extends { firstPlace: number }>(
  parts: readonly T[],
  place: number,
): T | undefined {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((parts[middle] as T).firstPlace <= place) low = middle + 1;
    else high = middle;
  }
  return parts[low - 1];
}

function centreOf({ outline }: GeneralAdmissionArea): { x: number; y: number } {
  const corners = outline.length / 2;
  let [x, y] = [0, 0];
  outline.forEach((value, index) => {
    if (index % 2 === 0) x += value;
    else y += value;
  });
  return { x: Math.round((x / corners) * 10) / 10, y: Math.round((y / corners) * 10) / 10 };
}
