import { CountryCodeResolver } from 'graphql-scalars';
import { z } from 'zod';

import { decodeIdOf } from '../../platform/ids.ts';
import { cleanLine, cleanText } from '../../platform/text/clean.ts';
import { readTimezone } from '../local-time.ts';

/** One line of 1 to `longest` characters. */
export const singleLine = (longest: number) =>
  z
    .string()
    .transform(cleanLine)
    .refine(
      (text) => text.length >= 1 && text.length <= longest,
      `must have 1 to ${longest.toLocaleString('en')} characters`,
    );

/** Any number of lines, `longest` characters together. */
export const multiLine = (longest: number) =>
  z
    .string()
    .transform(cleanText)
    .refine(
      (whole) => whole.length <= longest,
      `must have at most ${longest.toLocaleString('en')} characters`,
    );

/** A whole number within bounds. */
export const integerBetween = (least: number, most: number) => {
  const error = `must be ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`;
  return z.int(error).min(least, error).max(most, error);
};

/** Degrees within bounds. */
export const degrees = (most: number) => {
  const error = `must be -${most} to ${most}`;
  return z.number(error).min(-most, error).max(most, error);
};

/** An ISO 3166-1 alpha-2 code; small letters are made capital. */
export const countryCode = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine(isCountryCode, 'must be an ISO 3166-1 alpha-2 code, like `DE`');

/** The name of an IANA time zone. */
export const timezone = z.string().transform((name, context) => {
  const zone = readTimezone(name);
  if (zone !== null) return zone;
  context.addIssue({ code: 'custom', message: 'must be an IANA time zone, like `Europe/Berlin`' });
  return z.NEVER;
});

/** An instant. */
export const instant = z.date();

/** The key of what a global id names; whether it is there is for the store to say. */
export const reference = (type: 'Venue' | 'Performer' | 'SeatingPlan') =>
  z.string().transform((globalId, context) => {
    const id = decodeIdOf(type, globalId)?.id;
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: unknownReference(type) });
    return z.NEVER;
  });

/** Say that a reference leads nowhere, or to another organiser: to the viewer, both are the same. */
export const unknownReference = (type: 'Venue' | 'Performer' | 'SeatingPlan'): string =>
  type === 'SeatingPlan'
    ? 'there is no such SeatingPlan'
    : `there is no such ${type}, or it is another organiser’s`;

function isCountryCode(code: string): boolean {
  try {
    CountryCodeResolver.parseValue(code);
    return true;
  } catch {
    return false;
  }
}
