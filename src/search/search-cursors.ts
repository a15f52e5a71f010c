import { createHash } from 'node:crypto';
import { z } from 'zod';

import { Cursors, type Page } from '../platform/connections.ts';
import { badInput } from '../platform/errors.ts';
import type { EventQuery, SearchPosition } from './engine.ts';

const cursors = new Cursors(
  z.tuple([
    z.string(), // what was searched for, hashed
    z.enum(['EXACT', 'SIMILAR']),
    z.number(),
    z.int().min(Date.parse('0001-01-01')).max(Date.parse('9999-12-31')), // what RFC 3339 can say, and Postgres can read
    z.uuid(),
  ]),
);

/** Reads and writes the cursors of one search; those of another are refused, for their positions mean nothing here. */
export interface SearchCursors {
  readPage(args: {
    first?: number | null | undefined;
    after?: string | null | undefined;
  }): Page<SearchPosition>;
  write(position: SearchPosition): string;
}

/** Make the cursors of one search. */
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

/** A mistake is to be told, not an attack to be withstood: 64 bits do. What matters is that every field goes in. */
const hash = (query: EventQuery): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 11);
