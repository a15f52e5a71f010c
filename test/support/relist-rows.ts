import type { Row, SeatingPlanLayout } from '../../src/seating-plan/index.ts';
import { numberPlaces, type RowDraft } from '../../src/seating-plan/number-places.ts';

/** A plan of the same seats, listed in another order. */
export interface RelistedPlan {
  layout: SeatingPlanLayout;
  /** The place of each place of the original. */
  placeOf: readonly number[];
}

/** How the segments of one row are listed: by index, `reversed` from the last seat to the first. */
export type RelistRow = (segments: readonly Row[]) => { index: number; reversed: boolean }[];

/** List the segments of each row of a plan in another order. */
export function relistRows(layout: SeatingPlanLayout, relistRow: RelistRow): RelistedPlan {
  const listed: number[] = []; // places of the original in their new order
  const sections = layout.sections.map((section) => {
    if (section.kind === 'GENERAL_ADMISSION') {
      for (let place = 0; place < section.places; place++) listed.push(section.firstPlace + place);
      return section;
    }
    const rows = [...Map.groupBy(section.rows, ({ label }) => label).values()].flatMap((segments) =>
      relistRow(segments).map(({ index, reversed }) => {
        const segment = segments[index]!;
        const seats = [...segment.seats.keys()];
        if (reversed) seats.reverse();
        listed.push(...seats.map((seat) => segment.firstPlace + seat));
        return withSeats(segment, seats);
      }),
    );
    return { ...section, rows };
  });
  const placeOf: number[] = [];
  listed.forEach((original, place) => (placeOf[original] = place));
  return { layout: numberPlaces({ ...layout, sections }), placeOf };
}

function withSeats({ label, category, seats, x, y, accessible }: Row, order: readonly number[]): RowDraft {
  const inOrder = <T>(values: readonly T[]) => order.map((seat) => values[seat]!);
  return {
    ...{ label, category, seats: inOrder(seats), x: inOrder(x), y: inOrder(y) },
    accessible: order.flatMap((seat, index) => (accessible.includes(seat) ? [index] : [])),
  };
}

/** As organisers list what they price together: the segments of each category, the first category first. */
export const byCategory: RelistRow = (segments) =>
  [...segments.keys()]
    .toSorted((a, b) => segments[a]!.category - segments[b]!.category)
    .map((index) => ({ index, reversed: false }));
