import type { FieldProblem } from '../../generated/graphql.ts';
import type { SeatingPlanLayout } from '../../seating-plan/index.ts';

/** An organiser blocks rows, not venues; each place is a row lock until the transaction ends. */
const MAX_PLACES = 1_000;

/** Validate a list of places: 1 to MAX_PLACES, all in the plan, none twice. */
export function checkPlaces(
  places: readonly number[],
  layout: Pick<SeatingPlanLayout, 'places'>,
): FieldProblem[] {
  if (places.length === 0 || places.length > MAX_PLACES) {
    return [{ path: ['places'], message: `must be 1 to ${MAX_PLACES} places` }];
  }
  const seen = new Set<number>();
  return places.flatMap((place, index): FieldProblem[] => {
    const path = ['places', String(index)];
    if (place < 0 || place >= layout.places) return [{ path, message: 'is not a place of this Event' }];
    if (seen.has(place)) return [{ path, message: 'is listed twice' }];
    seen.add(place);
    return [];
  });
}
