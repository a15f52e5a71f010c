import { CountryCodeResolver } from 'graphql-scalars';
import { z } from 'zod';

import { decodeIdOf } from '../../platform/ids.ts';
import { cleanLine, cleanText } from '../../platform/text/clean.ts';
import { lengthProblem } from '../../platform/text/visible.ts';
import { parseLocalTime, readTimezone } from '../local-time.ts';

/** One line of 1 to `maxLength` characters. */
export const singleLine = (maxLength: number) =>
  z
    .string()
    .transform((line) => cleanLine(line, maxLength))
    .superRefine((line, context) => report(context, lengthProblem(line, maxLength, 1)));

/** Text of any number of lines, at most `maxLength` characters in total. */
export const multiLine = (maxLength: number) =>
  z
    .string()
    .transform((text) => cleanText(text, maxLength))
    .superRefine((text, context) => report(context, lengthProblem(text, maxLength)));

function report(context: z.RefinementCtx, message: string | null): void {
  if (message !== null) context.addIssue({ code: 'custom', message });
}

/** An integer within inclusive bounds. */
export const integerBetween = (min: number, max: number) => {
  const error = `must be ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  return z.int(error).min(min, error).max(max, error);
};

/** An angle of -`max` to `max` degrees. */
export const degrees = (max: number) => {
  const error = `must be -${max} to ${max}`;
  return z.number(error).min(-max, error).max(max, error);
};

/** An ISO 3166-1 alpha-2 code, converted to upper case. */
export const countryCode = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine(isCountryCode, 'must be an ISO 3166-1 alpha-2 code, like `DE`');

/** An IANA time zone name, in its canonical case. */
export const timezone = z.string().transform((name, context) => {
  const zone = readTimezone(name);
  if (zone !== null) return zone;
  context.addIssue({ code: 'custom', message: 'must be an IANA time zone, like `Europe/Berlin`' });
  return z.NEVER;
});

export const instant = z.date();

/** A date and time without offset; the use case knows the time zone. */
export const localTime = z.string().transform((text, context) => {
  const local = parseLocalTime(text);
  if (typeof local !== 'string') return local;
  context.addIssue({ code: 'custom', message: local });
  return z.NEVER;
});

/** A global id of the type, decoded to its row id. Existence is checked by the use case. */
export const reference = (type: 'Venue' | 'Performer' | 'SeatingPlan') =>
  z.string().transform((globalId, context) => {
    const id = decodeIdOf(type, globalId)?.id;
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: unknownReference(type) });
    return z.NEVER;
  });

/** Message for a missing reference; the same for another organiser's, so that existence is not revealed. */
export const unknownReference = (type: 'Venue' | 'Performer' | 'SeatingPlan'): string =>
  type === 'SeatingPlan'
    ? 'is not the id of a SeatingPlan'
    : `is not the id of a ${type} that you may use: it does not exist, or is another organiser’s`;

/** Whether a text is an ISO 3166-1 alpha-2 code, in upper case. */
export function isCountryCode(code: string): boolean {
  try {
    CountryCodeResolver.parseValue(code);
    return true;
  } catch {
    return false;
  }
}
