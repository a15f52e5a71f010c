/** Longer than the name of any Event. */
export const MAX_TERM_LENGTH = 200;
/** Each is up to 40 conditions in the score of every match; the first ten of a longer term find as well. */
export const MAX_TERM_WORDS = 10;
/** Weight of a word that one current Event has; see `weightsOf`. */
export const MAX_WEIGHT = 11;
/** Of a term that are filters: place, price and dates. */
export const MAX_PARTS = 3;
export const MAX_RADIUS_KM = 1_000;
/** Counting further costs as much as finding. */
export const MAX_TOTAL_COUNT = 10_000;
/** Of more hits, the earliest are ranked by relevance: as many as are counted, so that a list has as many as it says. */
export const MAX_RANKED = 10_000;
/** Values of one filter that lists them. */
export const MAX_FILTER_VALUES = 50;
/** Values of one facet. */
export const MAX_FACET_VALUES = 20;
export const MAX_SUGGESTIONS = 10;
