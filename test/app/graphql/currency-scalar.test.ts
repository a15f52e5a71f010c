import { parseValue } from 'graphql';
import { describe, expect, test } from 'vitest';

import { CurrencyScalar } from '../../../src/app/graphql/currency-scalar.ts';

describe('a currency is a string', () => {
  test.each(['"EUR"', 'EUR', '"eur"'])('in the literal %s', (literal) => {
    expect(CurrencyScalar.parseLiteral(parseValue(literal))).toBe(literal.replaceAll('"', ''));
  });

  test.each(['5', '["EUR"]', '{ code: "EUR" }', 'true'])('and not in the literal %s', (literal) => {
    expect(() => CurrencyScalar.parseLiteral(parseValue(literal))).toThrow('must be a string');
  });

  test.each([5, ['EUR'], { toString: 1, valueOf: 1 }, true])('and not in the variable %j', (value) => {
    expect(() => CurrencyScalar.parseValue(value)).toThrow('must be a string');
  });
});
