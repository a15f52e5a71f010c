import { badInput } from '../platform/errors.ts';

/** Position of a map: a sequence number within an epoch. */
export interface Position {
  epoch: string;
  sequence: number;
}

/** Encode a position as an opaque cursor. */
export function writeCursor({ epoch, sequence }: Position): string {
  return Buffer.from(`${epoch} ${sequence}`).toString('base64url');
}

/** Decode a cursor; throws BAD_USER_INPUT for the argument if it is not a seat map cursor. */
export function readCursor(cursor: string, argument: string): Position {
  const text = /^[\w-]{1,200}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString('utf8') : '';
  const [, epoch, sequence] = /^([\w-]{1,100}) (\d{1,15})$/.exec(text) ?? [];
  if (epoch === undefined) throw badInput(argument, 'is not a cursor of a seat map');
  return { epoch, sequence: Number(sequence) };
}
