import type { z } from 'zod';

import { badInput } from './errors.ts';

/** Larger pages cost more than they save. */
const MAX_PAGE_SIZE = 100;
/** As documented in the schema. */
const DEFAULT_PAGE_SIZE = 20;

/** The requested part of a list. */
export interface Page<Position> {
  limit: number;
  /** The position to continue after; null: from the start. */
  after: Position | null;
}

/** A page of a list, as the connection types of the schema. */
export interface Connection<Row> {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** Encodes and decodes the opaque cursors of one kind of list; `shape` is the schema of a position. */
export class Cursors<Shape extends z.ZodType> {
  readonly #shape: Shape;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  /** Encode a position as a cursor. */
  write(position: z.infer<Shape>): string {
    return Buffer.from(JSON.stringify(position)).toString('base64url');
  }

  /** Read the page arguments; throws BAD_USER_INPUT for an invalid size, or a cursor of another list. */
  readPage(args: {
    first?: number | null | undefined;
    after?: string | null | undefined;
  }): Page<z.infer<Shape>> {
    const limit = args.first ?? DEFAULT_PAGE_SIZE;
    if (limit < 1 || limit > MAX_PAGE_SIZE) throw badInput('first', `must be 1 to ${MAX_PAGE_SIZE}`);
    return { limit, after: args.after == null ? null : this.#read(args.after) };
  }

  #read(cursor: string): z.infer<Shape> {
    const position = this.#shape.safeParse(parse(cursor));
    if (!position.success) throw badInput('after', 'is not a cursor of this list');
    return position.data;
  }
}

/** Build a connection from rows; the query reads one row more than the limit, which shows whether there is a next page. */
export function connectionOf<Row>(
  rows: readonly Row[],
  page: Page<unknown>,
  cursorOf: (row: Row) => string,
): Connection<Row> {
  const nodes = rows.slice(0, page.limit);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > page.limit,
      hasPreviousPage: page.after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** `undefined` for anything but base64url of JSON; no shape accepts that. */
function parse(cursor: string): unknown {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
