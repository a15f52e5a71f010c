import { countryCode, line } from '../input/field-rules.ts';

/** What an organiser says of a Performer. */
export const PERFORMER_RULES = {
  needed: { name: line(200), kind: line(50) },
  optional: { genre: line(100), role: line(100), countryCode },
};
