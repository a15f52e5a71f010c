import type { FieldProblem, SeatingPlanSourceInput } from '../../generated/graphql.ts';
import {
  fingerprint,
  generateLayout,
  MAX_PLACES,
  validateLayout,
  type SeatingPlanLayout,
} from '../../seating-plan/index.ts';
import { integerBetween } from '../input/field-rules.ts';
import type { VenueRow } from '../store/reads.ts';
import { pathInInput, readInputLayout } from './input-layout.ts';

/** A valid layout, or its problems by path in the input. */
export type LayoutOrProblems =
  { layout: SeatingPlanLayout; problems: [] } | { layout: null; problems: FieldProblem[] };

const CAPACITY = integerBetween(1, MAX_PLACES);

/**
 * Read or generate the layout of a Venue: drawn by the organiser, or generated from kind and capacity. A drawing that repeats
 * the stored version is valid: it may be older than a rule. The name is not validated, as it is no part of the source.
 */
export function readLayoutSource(
  name: string,
  venue: Pick<VenueRow, 'id' | 'kind' | 'capacity'>,
  { layout: drawn, generate }: SeatingPlanSourceInput,
  storedFingerprint: string | null = null,
): LayoutOrProblems {
  if (drawn != null) {
    const layout = readInputLayout(name, drawn);
    if (storedFingerprint !== null && fingerprint(layout) === storedFingerprint)
      return { layout, problems: [] };
    const problems = validateLayout(layout)
      .filter(({ path }) => path[0] !== 'name')
      .map(({ path, message }) => ({
        path: ['source', 'layout', ...pathInInput(path, drawn)],
        message,
      }));
    return problems.length > 0 ? { layout: null, problems } : { layout, problems: [] };
  }
  const path = ['source', 'generate', 'capacity'];
  const requested = generate?.capacity ?? venue.capacity;
  if (requested === null) {
    return { layout: null, problems: [{ path, message: 'is required: the Venue has no capacity' }] };
  }
  const capacity = CAPACITY.safeParse(requested);
  if (!capacity.success) {
    return { layout: null, problems: capacity.error.issues.map(({ message }) => ({ path, message })) };
  }
  const layout = generateLayout({ kind: venue.kind, capacity: capacity.data, seed: venue.id, name });
  return { layout, problems: [] };
}
