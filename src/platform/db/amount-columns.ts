import { sql, type Column, type SQL, type SQLWrapper } from 'drizzle-orm';

import { UNUSUAL_DECIMALS } from '../money.ts';

/** The largest value of a 32-bit column. */
export const MAX_INT4 = 2_147_483_647;

/** The value of the 32-bit column beside an amount, which version 0.1 reads; null if the amount does not fit. */
export const int4OrNull = (amount: number): number | null => (amount <= MAX_INT4 ? amount : null);

/** Both columns of an amount, for an insert (decision 0026). */
export const amountColumns = (amount: number): { amount: number; amount32: number | null } => ({
  amount,
  amount32: int4OrNull(amount),
});

/** SQL expression: an amount, from the 32-bit column where version 0.1 wrote the row (decision 0026). */
export const readAmount = (amount: Column, amount32: Column): SQL<number> =>
  sql<number>`coalesce(${amount}, ${amount32})`.mapWith(Number);

const UNUSUAL_UNITS = [...Map.groupBy(UNUSUAL_DECIMALS, ([, digits]) => digits)].map(
  ([digits, currencies]) =>
    `when currency in (${currencies.map(([code]) => `'${code}'`).join(', ')}) then ${10 ** digits}`,
);

/** SQL expression: minor units in a major one of a currency: 100 for EUR, 1 for JPY. */
export const unitsOf = (currency: SQLWrapper): SQL =>
  sql`(select case ${sql.raw(UNUSUAL_UNITS.join(' '))} else 100 end from (select ${currency} as currency) of_event)`;
