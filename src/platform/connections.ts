import type { z } from 'zod';

import { badInput } from './errors.ts';

/** Larger pages cost more than they save: a client that wants everything reads page after page. */
const LARGEST_PAGE = 100;
/** What the schema says where a client does not. */
const USUAL_PAGE = 20;

/** Which part of a list is asked for. */
export interface Page<Position> {
  limit: number;
  /** The position after which to read on; null: from the start. */
  after: Position | null;
}

/** A page of a list, as the schema's connections have it. */
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

/** Writes and reads the opaque cursors of one kind of list; `shape` is what a position in it looks like. */
export class Cursors<Shape extends z.ZodType> {
  readonly #shape: Shape;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  /** Write a position for clients to give back. */
  write(position: z.infer<Shape>): string {
    return Buffer.from(JSON.stringify(position)).toString('base64url');
  }

  /** Read which page is asked for, or throw BAD_USER_INPUT: not a size, or not a cursor of such a list. */
  readPage(args: {
    first?: number | null | undefined;
    after?: string | null | undefined;
  }): Page<z.infer<Shape>> {
    const limit = args.first ?? USUAL_PAGE;
    if (limit < 1 || limit > LARGEST_PAGE) throw badInput('first', `must be 1 to ${LARGEST_PAGE}`);
    return { limit, after: args.after == null ? null : this.#read(args.after) };
  }

  #read(cursor: string): z.infer<Shape> {
    const position = this.#shape.safeParse(parse(cursor));
    if (!position.success) throw badInput('after', 'is not a cursor of this list');
    return position.data;
  }
}

/** Cut a page out of its rows; whoever read them read one more than the limit, if there were as many. */
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

/** `undefined` for what is not base64url of JSON, which no shape takes. */
function parse(cursor: string): unknown {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
