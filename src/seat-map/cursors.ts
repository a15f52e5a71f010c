import { badInput } from '../platform/errors.ts';

/** Where a map stands: a number, and the run of numbers that it counts in. */
export interface Position {
  epoch: string;
  sequence: number;
}

/** Write a position for clients to give back. */
export function writeCursor({ epoch, sequence }: Position): string {
  return Buffer.from(`${epoch} ${sequence}`).toString('base64url');
}

/** Read a position, or throw BAD_USER_INPUT that names the argument: it is no cursor of a seat map. */
export function readCursor(cursor: string, argument: string): Position {
  const text = /^[\w-]{1,200}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString('utf8') : '';
  const [, epoch, sequence] = /^([\w-]{1,100}) (\d{1,15})$/.exec(text) ?? [];
  if (epoch === undefined) throw badInput(argument, 'is not a cursor of a seat map');
  return { epoch, sequence: Number(sequence) };
}
