import type { PaymentProvider } from '../../../src/payments/provider/payment-provider.ts';

/** Every method of the SDK that the code calls, and its endpoint. */
export const ENDPOINTS: Readonly<Record<string, string>> = {
  'paymentIntents.create': 'POST /v1/payment_intents',
  'paymentIntents.confirm': 'POST /v1/payment_intents/:id/confirm',
  'paymentIntents.update': 'POST /v1/payment_intents/:id',
  'paymentIntents.retrieve': 'GET /v1/payment_intents/:id',
  'paymentIntents.cancel': 'POST /v1/payment_intents/:id/cancel',
  'refunds.create': 'POST /v1/refunds',
  'refunds.list': 'GET /v1/refunds',
  'refunds.retrieve': 'GET /v1/refunds/:id',
  'charges.list': 'GET /v1/charges',
  'disputes.list': 'GET /v1/disputes',
  'disputes.retrieve': 'GET /v1/disputes/:id',
};

/** The endpoint of a path. */
export const endpointOf = ({ method, path }: { method: string; path: string }): string =>
  `${method} ${path.split('?', 1)[0]!.replace(/\/(?:pi|re|pyr|du|dp|ch)_[^/]+/, '/:id')}`;

const SPAN = { from: new Date('2020-01-01Z'), to: new Date('2090-01-01Z') };

/** Call everything that a provider has; `dispute` lets the bank dispute a payment, and returns the dispute's id. */
export async function callEverything(
  provider: PaymentProvider,
  dispute: (intentId: string) => Promise<string>,
): Promise<void> {
  let count = 0;
  const create = async () => {
    const created = await provider.createIntent({
      price: { amount: 12_500, currency: 'EUR' },
      metadata: { reservationId: 'reservation', eventId: 'event', shopId: 'shop' },
      idempotencyKey: `create-${++count}`,
    });
    if (created.kind !== 'created') throw new Error(JSON.stringify(created));
    return created.intentId;
  };
  const confirm = (intentId: string, paymentMethod: string) =>
    provider.confirmIntent({
      ...{ intentId, paymentMethod },
      returnUrl: 'https://tickets.example.com/back',
      idempotencyKey: `confirm-${++count}`,
    });

  const refunded = await create();
  await confirm(refunded, 'pm_card_visa');
  await provider.retrieveIntent(refunded);
  await provider.retrieveOwner(refunded);
  const part = await provider.refundPart({
    ...{ intentId: refunded, bookingId: 'booking', requestId: 'a53ae23f-1a3f-7000-8000-000000000001' },
    ...{ number: 1, attempt: 1, price: { amount: 500, currency: 'EUR' } },
  });
  if (part.kind !== 'refunded') throw new Error(JSON.stringify(part));
  const refund = await provider.refundIntent(refunded, 'booking');
  if (refund.kind !== 'refunded') throw new Error(JSON.stringify(refund));
  await provider.retrieveRefunds(refunded);
  await provider.listRefunds(refunded);
  await provider.retrieveRefund(refund.refundId);

  const abandoned = await create();
  await confirm(abandoned, 'pm_card_authenticationRequired');
  await provider.setPaymentMethod({
    intentId: abandoned,
    paymentMethod: 'pm_card_visa',
    idempotencyKey: 'other',
  });
  await provider.cancelIntent(abandoned);

  const disputed = await create();
  await confirm(disputed, 'pm_card_visa');
  const disputeId = await dispute(disputed);
  await provider.retrieveDispute(disputeId);
  await provider.pageOfCharges(SPAN, null);
  await provider.pageOfRefunds(SPAN, null);
  await provider.pageOfRefunds(SPAN, refund.refundId);
  await provider.pageOfDisputes(SPAN, null);
}

/** A request with one parameter that is wrong, missing or unknown. */
export function mistakes(form: string): string[] {
  const params = [...new URLSearchParams(form)];
  const encode = (pairs: string[][]) => new URLSearchParams(pairs).toString();
  return [
    encode([...params, ['surprise', '1']]),
    encode([...params, ['expand[][x]', '1']]),
    ...params.flatMap(([name], place) => {
      const others = params.filter((_, index) => index !== place);
      const [root] = name.split('[');
      return [
        encode(others),
        encode([...others, [name, 'no-such-value']]),
        encode([...others, [name, '']]),
        encode([...others, [`${name}[deep][er]`, '1']]),
        encode([...params.filter(([other]) => !other.startsWith(root!)), [root!, 'no-such-value']]),
        encode([...params, [`${root!}[surprise]`, '1']]),
      ];
    }),
  ];
}
