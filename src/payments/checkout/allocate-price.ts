/**
 * Say what each ticket of a Booking cost, so that they add up to what was paid.
 *
 * Normally that is the price of its tier. Where prices were changed between the reservation and the payment, the buyer
 * paid what was agreed to, and that is shared out evenly; the first tickets bear what cannot be divided.
 */
export function allocatePrice(paid: number, prices: readonly number[]): number[] {
  const total = prices.reduce((sum, price) => sum + price, 0);
  if (total === paid) return [...prices];
  const share = Math.floor(paid / prices.length);
  const rest = paid - share * prices.length;
  return prices.map((_price, index) => share + (index < rest ? 1 : 0));
}
