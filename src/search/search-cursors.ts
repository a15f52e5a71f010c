import { createHash } from 'node:crypto';
import { z } from 'zod';

import { Cursors, type Page } from '../platform/connections.ts';
import { badInput } from '../platform/errors.ts';
import { MAX_INSTANT, MIN_INSTANT } from '../platform/instants.ts';
import type { EventQuery, SearchPosition } from './search-engine.ts';

const cursors = new Cursors(
  z.tuple([
    z.string(), // hash of the query
    z.enum(['EXACT', 'SIMILAR']),
    z.number(),
    z.int().min(MIN_INSTANT.getTime()).max(MAX_INSTANT.getTime()),
    z.uuid(),
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
      const [of, stage, key, startsAt, id] = after;
      if (of !== search) throw badInput('after', 'is a cursor of another search');
      return { limit, after: { stage, key, startsAt, id } };
    },
    write: ({ stage, key, startsAt, id }) => cursors.write([search, stage, key, startsAt, id]),
  };
}

/** 64 bits: protects against mix-ups, not against forgery. Every field of the query goes in. */
const hash = (query: EventQuery): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 11);
