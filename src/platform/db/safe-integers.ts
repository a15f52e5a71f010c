import pg from 'pg';

type Types = NonNullable<pg.QueryConfig['types']>;

const INT8: number = pg.types.builtins.INT8;

/**
 * Type parsers that read `bigint` as a number; node-postgres reads a string. Not set globally, because graphile-worker, which
 * shares the module, expects the string.
 */
export const withSafeIntegers = (types: Types = pg.types): Types => ({
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === INT8 && format !== 'binary' ? parseSafeInteger : types.getTypeParser(oid, format),
});

/** A number that JavaScript would round is an error, never another number. */
function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not a safe integer`);
  return value;
}
