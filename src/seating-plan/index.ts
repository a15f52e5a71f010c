/**
 * Geometry of seating plans: layout, validation, generators, readers of foreign formats. Pure: no I/O.
 *
 * Reading order: layout → number-places → validate-layout → generate-layout → venue-geometry → lay-out-* →
 * draw-venue → read-*.
 */
export { chooseCapacity } from './choose-capacity.ts';
export { seededRandom } from './seeded-random.ts';
export { fingerprint } from './fingerprint.ts';
export { generateLayout } from './generate-layout.ts';
export {
  MAX_PLACES,
  type GeneralAdmissionArea,
  type Row,
  type SeatedSection,
  type SeatingPlanLayout,
  type Section,
} from './layout.ts';
export { MAX_LABEL_LENGTH } from './layout-problem.ts';
export { LookAlikes } from './look-alikes.ts';
export { numberPlaces, type SectionDraft } from './number-places.ts';
export { labelOfPlace, type PlaceLabel } from './place-label.ts';
export { titleOfPlace, titleOfSection } from './place-title.ts';
export { readBlockPlan } from './read-block-plan.ts';
export { readPretixPlan } from './read-pretix-plan.ts';
export { validateLayout } from './validate-layout.ts';
