import type { RefundAmountInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { chargeLimits } from '../../platform/charge-limits.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import type { Checkouts } from '../checkout/checkout-deps.ts';
import { refundExceedsPayment } from '../outcomes.ts';
import { decideRefund } from './decide-refund.ts';

/** Refund an amount of a Booking at the viewer's own Event; the buyer keeps the tickets. */
export async function refundAmount(checkouts: Checkouts, viewer: Viewer, input: RefundAmountInput) {
  return countOutcome(checkouts.platform, 'refundAmount', await refund(checkouts, viewer, input));
}

const problem = (field: string, message: string) => invalidInput([{ path: ['amount', field], message }]);

async function refund(checkouts: Checkouts, viewer: Viewer, input: RefundAmountInput) {
  const { amount, currency } = input.amount;
  if (amount <= 0) return problem('amount', 'must be more than 0');
  type Refusal = ReturnType<typeof refundExceedsPayment | typeof invalidInput>;
  return decideRefund<Refusal>(
    checkouts,
    viewer,
    'refundAmount',
    input,
    async (_tx, { booking, left }, abort) => {
      if (currency !== booking.currency)
        return abort(problem('currency', `must be ${booking.currency}, in which the Booking was paid`));
      const step = chargeLimits(currency)?.step ?? 1;
      if (amount % step !== 0) return abort(problem('amount', `must be a multiple of ${step}`));
      if (amount > left) return abort(refundExceedsPayment({ amount: left, currency }));
      return { state: 'due', places: null, amount, details: {} };
    },
  );
}
