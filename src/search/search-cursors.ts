import { createHash } from 'node:crypto';
import { z } from 'zod';

import { Cursors, type Page } from '../platform/connections.ts';
import { badInput } from '../platform/errors.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../platform/instants.ts';
import type { EventQuery, SearchPosition } from './search-engine.ts';
import { MAX_PARTS, MAX_TERM_WORDS, MAX_WEIGHT } from './search-limits.ts';

const instant = z.int().min(MIN_INSTANT.getTime()).max(MAX_INSTANT.getTime());

const cursors = new Cursors(
  z.tuple([
    z.string(), // hash of the query
    z.enum(['EXACT_ONLY', 'EXACT', 'CORRECTED', 'PARTIAL']),
    z.number(),
    instant,
    z.uuid(),
    z.array(z.int().min(0).max(MAX_WEIGHT)).max(MAX_TERM_WORDS).nullish(),
    z.tuple([instant, z.array(z.int().min(0)).max(MAX_PARTS)]).optional(), // the reading
  ]),
);

/** How the first page read the term, for the later ones: `tonight` stays the same day, a name stays a name. */
export interface Reading {
  /** The instant that says what day is today. */
  asOf: Date;
  /** Indexes of the parts of the term that are filters. */
  taken: readonly number[];
}

/** A list is read on within a year; clocks of servers differ by seconds. */
const MAX_AGE_MS = 366 * 24 * 60 * 60 * 1_000;
const MAX_AHEAD_MS = 24 * 60 * 60 * 1_000;

/** How the first page read the term, by the page arguments; `null`: this is the first page, or the term reads in one way alone. */
export function readingIn(args: PageArguments): Reading | null {
  const [asOf, taken] = cursors.readPage(args).after?.[6] ?? [];
  if (asOf === undefined) return null;
  const age = Date.now() - asOf;
  if (age > MAX_AGE_MS || age < -MAX_AHEAD_MS) throw badInput('after', 'is not a cursor of this list');
  return { asOf: new Date(asOf), taken: taken ?? [] };
}

interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Cursors of one search; a cursor of another search is refused with BAD_USER_INPUT. */
export interface SearchCursors {
  readPage(args: PageArguments): Page<SearchPosition>;
  write(position: SearchPosition): string;
}

/** Cursors bound to a query by its hash. */
export function cursorsOf(query: EventQuery, reading: Reading | null): SearchCursors {
  const search = hash(query);
  return {
    readPage(args) {
      const { limit, after } = cursors.readPage(args);
      if (after === null) return { limit, after };
      const [of, stage, key, startsAt, id, weights] = after;
      if (of !== search) throw badInput('after', 'is a cursor of another search');
      const weighed = stage === 'PARTIAL' ? (query.term?.clauses.length ?? 0) : undefined;
      if (weights?.length !== weighed) throw badInput('after', 'is not a cursor of this list');
      return { limit, after: { stage, key, startsAt, id, weights: weights ?? null } };
    },
    write({ stage, key, startsAt, id, weights }) {
      const position = [search, stage, key, startsAt, id] as const;
      if (reading !== null)
        return cursors.write([
          ...position,
          weights && [...weights],
          [reading.asOf.getTime(), [...reading.taken]],
        ]);
      return cursors.write(weights === null ? [...position] : [...position, [...weights]]);
    },
  };
}

/** 64 bits: protects against mix-ups, not against forgery. Every field of the query goes in. */
const hash = (query: EventQuery): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 11);
