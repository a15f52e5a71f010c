/**
 * Test cards.
 *
 * `pm_card_…` are those of Stripe's test mode (docs.stripe.com/testing), with the same behaviour. `pm_emulator_…` exist in
 * the emulator only: they cause faults that Stripe's test mode does not offer.
 */

/**
 * Response modes:
 *
 * stall          the response is held until released by the control API, or until the client disconnects
 * server-error   the effect is committed, but the response is a 500, which the idempotency key replays
 * webhook-first  the response waits for the first delivery attempt of its webhooks
 */
export type ResponseMode = 'stall' | 'server-error' | 'webhook-first';

export interface Decline {
  code: string;
  decline_code?: string;
  message: string;
  param?: string;
}

/** Attributes and behaviour of a test card. */
export interface TestCard {
  brand: string;
  last4: string;
  country: string;
  funding: 'credit' | 'debit' | 'prepaid';
  /** The charge is declined; with `authentication`, after the buyer has authenticated. */
  decline?: Decline;
  /** 3-D Secure is required. */
  authentication?: true;
  /** The payment stays `processing` until it is settled by the control API. */
  processing?: true;
  /** The refund starts as `pending`, or succeeds and fails later; the control API settles it. */
  refund?: 'pending' | 'fails-later';
  responseMode?: ResponseMode;
}

const DECLINED = 'Your card was declined.';
const DECLINES = {
  generic: { code: 'card_declined', decline_code: 'generic_decline', message: DECLINED },
  insufficientFunds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  lost: { code: 'card_declined', decline_code: 'lost_card', message: DECLINED },
  stolen: { code: 'card_declined', decline_code: 'stolen_card', message: DECLINED },
  fraudulent: { code: 'card_declined', decline_code: 'fraudulent', message: DECLINED },
  velocity: {
    code: 'card_declined',
    decline_code: 'card_velocity_exceeded',
    message:
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  },
  expired: { code: 'expired_card', message: 'Your card has expired.', param: 'exp_month' },
  cvc: { code: 'incorrect_cvc', message: "Your card's security code is incorrect.", param: 'cvc' },
  processing: {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
} as const satisfies Record<string, Decline>;

/** Decline of a card that requires authentication while the buyer is absent. */
export const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

const visa = (last4: string, behaviour: Partial<TestCard> = {}): TestCard => ({
  brand: 'visa',
  last4,
  country: 'US',
  funding: 'credit',
  ...behaviour,
});
const declined = (last4: string, decline: Decline): TestCard => visa(last4, { decline });

const SUCCEEDING = {
  pm_card_visa: visa('4242'),
  pm_card_visa_debit: visa('5556', { funding: 'debit' }),
  pm_card_mastercard: visa('4444', { brand: 'mastercard' }),
  pm_card_mastercard_debit: visa('8210', { brand: 'mastercard', funding: 'debit' }),
  pm_card_mastercard_prepaid: visa('5100', { brand: 'mastercard', funding: 'prepaid' }),
  pm_card_amex: visa('8431', { brand: 'amex' }),
  pm_card_discover: visa('9424', { brand: 'discover' }),
  pm_card_diners: visa('0004', { brand: 'diners' }),
  pm_card_jcb: visa('0505', { brand: 'jcb' }),
  pm_card_unionpay: visa('0005', { brand: 'unionpay' }),
  pm_card_us: visa('4242'),
  pm_card_ca: visa('0000', { country: 'CA' }),
  pm_card_gb: visa('0000', { country: 'GB' }),
  pm_card_ie: visa('0000', { country: 'IE' }),
  pm_card_de: visa('0000', { country: 'DE' }),
  pm_card_fr: visa('0000', { country: 'FR' }),
  pm_card_riskLevelElevated: visa('9235'),
} as const satisfies Record<string, TestCard>;

const DECLINING = {
  pm_card_chargeDeclined: declined('0002', DECLINES.generic),
  pm_card_visa_chargeDeclined: declined('0002', DECLINES.generic),
  pm_card_chargeCustomerFail: declined('0341', DECLINES.generic),
  pm_card_chargeDeclinedInsufficientFunds: declined('9995', DECLINES.insufficientFunds),
  pm_card_visa_chargeDeclinedInsufficientFunds: declined('9995', DECLINES.insufficientFunds),
  pm_card_visa_chargeDeclinedLostCard: declined('9987', DECLINES.lost),
  pm_card_visa_chargeDeclinedStolenCard: declined('9979', DECLINES.stolen),
  pm_card_chargeDeclinedExpiredCard: declined('0069', DECLINES.expired),
  pm_card_chargeDeclinedIncorrectCvc: declined('0127', DECLINES.cvc),
  pm_card_chargeDeclinedProcessingError: declined('0119', DECLINES.processing),
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: declined('6975', DECLINES.velocity),
  pm_card_chargeDeclinedFraudulent: declined('0019', DECLINES.fraudulent),
  pm_card_radarBlock: declined('0019', DECLINES.fraudulent),
} as const satisfies Record<string, TestCard>;

const AUTHENTICATING = {
  pm_card_threeDSecure2Required: visa('3220', { authentication: true }),
  pm_card_threeDSecureRequired: visa('3063', { authentication: true }),
  pm_card_authenticationRequired: visa('3184', { authentication: true }),
  pm_card_authenticationRequiredOnSetup: visa('3155', { authentication: true }),
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: visa('3178', {
    authentication: true,
    decline: DECLINES.insufficientFunds,
  }),
  pm_card_threeDSecureRequiredChargeDeclined: visa('1629', {
    authentication: true,
    decline: DECLINES.generic,
  }),
} as const satisfies Record<string, TestCard>;

const REFUNDING = {
  pm_card_pendingRefund: visa('7726', { refund: 'pending' }),
  pm_card_refundFail: visa('5126', { refund: 'fails-later' }),
} as const satisfies Record<string, TestCard>;

/** Cards of the emulator; Stripe responds with `resource_missing` to each. */
const EMULATOR_ONLY = {
  /** The charge succeeds; the response is stalled. */
  pm_emulator_stall: visa('9001', { responseMode: 'stall' }),
  /** The charge is declined; the response is stalled. */
  pm_emulator_stallThenDecline: visa('9002', { responseMode: 'stall', decline: DECLINES.generic }),
  /** The charge succeeds; the response is a 500, replayed for its idempotency key. */
  pm_emulator_serverError: visa('9003', { responseMode: 'server-error' }),
  /** The intent stays `processing` until it is settled by the control API. */
  pm_emulator_processing: visa('9004', { processing: true }),
  /** The charge succeeds; its webhooks are delivered before the response. */
  pm_emulator_webhookFirst: visa('9005', { responseMode: 'webhook-first' }),
} as const satisfies Record<string, TestCard>;

const CARDS = { ...SUCCEEDING, ...DECLINING, ...AUTHENTICATING, ...REFUNDING, ...EMULATOR_ONLY };

/** Id of a test payment method. */
export type TestPaymentMethod = keyof typeof CARDS;

/** Ids of all test payment methods. */
export const TEST_PAYMENT_METHODS = Object.keys(CARDS) as readonly TestPaymentMethod[];

/** Whether an id is that of a test payment method. */
export const isTestPaymentMethod = (id: string): id is TestPaymentMethod => Object.hasOwn(CARDS, id);

/** Find a test card. */
export const testCard = (name: TestPaymentMethod): TestCard => CARDS[name];
