import { createHash } from 'node:crypto';
import { z } from 'zod';

import { Cursors, type Page } from '../platform/connections.ts';
import { badInput } from '../platform/errors.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../platform/instants.ts';
import type { EventQuery, SearchPosition } from './search-engine.ts';
import { MAX_TERM_WORDS, MAX_WEIGHT } from './search-limits.ts';

const cursors = new Cursors(
  z.tuple([
    z.string(), // hash of the query
    z.enum(['EXACT_ONLY', 'EXACT', 'CORRECTED', 'PARTIAL']),
    z.number(),
    z.int().min(MIN_INSTANT.getTime()).max(MAX_INSTANT.getTime()),
    z.uuid(),
    z.array(z.int().min(0).max(MAX_WEIGHT)).max(MAX_TERM_WORDS).optional(),
  ]),
);

/** Cursors of one search; a cursor of another search is refused with BAD_USER_INPUT. */
export interface SearchCursors {
  readPage(args: {
    first?: number | null | undefined;
    after?: string | null | undefined;
  }): Page<SearchPosition>;
  write(position: SearchPosition): string;
}

/** Cursors bound to a query by its hash. */
export function cursorsOf(query: EventQuery): SearchCursors {
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
    write: ({ stage, key, startsAt, id, weights }) =>
      weights === null
        ? cursors.write([search, stage, key, startsAt, id])
        : cursors.write([search, stage, key, startsAt, id, [...weights]]),
  };
}

/** 64 bits: protects against mix-ups, not against forgery. Every field of the query goes in. */
const hash = (query: EventQuery): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 11);
