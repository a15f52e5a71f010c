/** Longer than the name of any Event. */
export const MAX_TERM_LENGTH = 200;
export const MAX_RADIUS_KM = 1_000;
/** Counting further costs as much as finding. */
export const MAX_TOTAL_COUNT = 10_000;
