import { isBroken, type Breaker } from '../../platform/breaker.ts';
import type { PaymentProvider, UnknownResult } from './payment-provider.ts';
import { unknown } from './stripe-responses.ts';

/** Calls of the provider, each with an inconclusive result among its results. */
type Around = <T extends { kind: string }>(
  work: () => Promise<T | UnknownResult>,
) => Promise<T | UnknownResult>;

/** The requests that change something at Stripe. */
const aroundWrites = (provider: PaymentProvider, around: Around): PaymentProvider => ({
  ...provider,
  createIntent: (request) => around(() => provider.createIntent(request)),
  confirmIntent: (request) => around(() => provider.confirmIntent(request)),
  setPaymentMethod: (request) => around(() => provider.setPaymentMethod(request)),
  cancelIntent: (intentId) => around(() => provider.cancelIntent(intentId)),
  refundIntent: (intentId, bookingId) => around(() => provider.refundIntent(intentId, bookingId)),
  refundPart: (refund) => around(() => provider.refundPart(refund)),
});

const aroundReads = (provider: PaymentProvider, around: Around): PaymentProvider => ({
  ...provider,
  retrieveIntent: (intentId) => around(() => provider.retrieveIntent(intentId)),
  retrieveOwner: (intentId) => around(() => provider.retrieveOwner(intentId)),
  retrieveRefunds: (intentId) => around(() => provider.retrieveRefunds(intentId)),
  listRefunds: (intentId) => around(() => provider.listRefunds(intentId)),
  retrieveRefund: (refundId) => around(() => provider.retrieveRefund(refundId)),
  retrieveDispute: (disputeId) => around(() => provider.retrieveDispute(disputeId)),
  pageOfCharges: (span, after) => around(() => provider.pageOfCharges(span, after)),
  pageOfRefunds: (span, after) => around(() => provider.pageOfRefunds(span, after)),
  pageOfDisputes: (span, after) => around(() => provider.pageOfDisputes(span, after)),
});

/** Fail at once while Stripe does not answer: each request would keep its buyer for ten seconds. */
export function behindBreaker(provider: PaymentProvider, breaker: Breaker): PaymentProvider {
  const around: Around = async (work) => {
    try {
      return await breaker.run(async () => {
        const result = await work();
        if (isOutage(result)) throw new Outage(result);
        return result;
      });
    } catch (error) {
      if (error instanceof Outage) return error.result;
      if (isBroken(error)) return unknown('stripe does not answer', { code: 'breaker_open' });
      throw error;
    }
  };
  return aroundReads(aroundWrites(provider, around), around);
}

/** Let each write wait for its turn. */
export function afterTurn(provider: PaymentProvider, turn: () => Promise<boolean>): PaymentProvider {
  return aroundWrites(provider, async (work) =>
    (await turn()) ? work() : unknown('limit of writes to stripe reached', { code: 'write_limit' }),
  );
}

class Outage extends Error {
  readonly result: UnknownResult;
  constructor(result: UnknownResult) {
    super(result.reason);
    this.result = result;
  }
}

/** No response, or an error of Stripe's own. Not one that Stripe repeats for its key: that says nothing of now. */
const isOutage = (result: { kind: string }): result is UnknownResult =>
  result.kind === 'unknown' &&
  OUTAGES.has((result as UnknownResult).code) &&
  !(result as UnknownResult).replayed;

const OUTAGES: ReadonlySet<string> = new Set(['StripeConnectionError', 'StripeAPIError']);
