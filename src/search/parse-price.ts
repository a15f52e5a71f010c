import { CurrencyResolver } from 'graphql-scalars';

import type { PriceRangeInput } from '../generated/graphql.ts';
import { badInput } from '../platform/errors.ts';
import type { PriceRange } from './search-engine.ts';

/** Validate a price range. Throws BAD_USER_INPUT with the path of the first invalid field. */
export function parsePrice(price: PriceRangeInput | null | undefined): PriceRange | null {
  if (price == null) return null;
  const { min = null, max = null } = price;
  const currency = readCurrency(price.currency);
  if (min !== null && min < 0) throw badInput('input.price.min', 'must not be negative');
  if (max !== null && max < 0) throw badInput('input.price.max', 'must not be negative');
  if (min !== null && max !== null && min > max) {
    throw badInput('input.price.max', 'must not be less than `min`');
  }
  return { currency, min, max };
}

function readCurrency(code: string | null | undefined): string | null {
  if (code == null) return null;
  const currency = code.length > 3 ? code : code.toUpperCase();
  if (!isCurrency(currency)) throw badInput('input.price.currency', 'must be an ISO 4217 code, like `EUR`');
  return currency;
}

function isCurrency(code: string): boolean {
  try {
    CurrencyResolver.parseValue(code);
    return true;
  } catch {
    return false;
  }
}
