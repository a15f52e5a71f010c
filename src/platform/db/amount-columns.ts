import { sql, type Column, type SQL } from 'drizzle-orm';

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
