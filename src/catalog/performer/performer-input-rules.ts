import { countryCode, singleLine } from '../input/field-rules.ts';

/** Input rules of a Performer. */
export const PERFORMER_RULES = {
  required: { name: singleLine(200), kind: singleLine(50) },
  optional: { genre: singleLine(100), role: singleLine(100), countryCode },
};
