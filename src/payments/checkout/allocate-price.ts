import { sumOf } from '../../platform/money.ts';

/**
 * Allocate the amount paid to the tickets of a Booking; the sum is exact.
 *
 * Normally each ticket costs the price of its tier. If prices changed between reservation and payment, the amount paid is
 * divided evenly, and the remainder goes to the first tickets, one minor unit each.
 */
export function allocatePrice(paid: number, prices: readonly number[]): number[] {
  if (sumOf(prices) === paid) return [...prices];
  const share = Math.floor(paid / prices.length);
  const remainder = paid - share * prices.length;
  return prices.map((_price, index) => share + (index < remainder ? 1 : 0));
}
