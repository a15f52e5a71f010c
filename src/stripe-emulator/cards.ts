/**
 * The cards one can pay with.
 *
 * `pm_card_…` are the names Stripe's own test mode knows (docs.stripe.com/testing), so that the same
 * requests mean the same there. `pm_emulator_…` exist here alone: they make the kinds of trouble that
 * Stripe's test mode cannot be asked for.
 */

/**
 * How an answer travels, where it does not simply go out:
 *
 * stall          it is kept until released through the control endpoint, or until the client hangs up
 * server-error   the work is done, yet the answer is a 500, and the idempotency key replays that 500
 * webhook-first  the answer waits until the webhook's first attempt has been answered
 */
export type AnswerManner = 'stall' | 'server-error' | 'webhook-first';

/** Why an issuer says no. */
export interface Decline {
  code: string;
  decline_code?: string;
  message: string;
  param?: string;
}

/** What a test card is and does. */
export interface TestCard {
  brand: string;
  last4: string;
  country: string;
  funding: 'credit' | 'debit' | 'prepaid';
  /** The charge is refused; with `authentication`, after the buyer has authenticated. */
  decline?: Decline;
  /** The buyer has to pass 3-D Secure first. */
  authentication?: true;
  /** The payment stays `processing` until it is settled through the control endpoint. */
  slow?: true;
  /** The refund begins `pending`, or succeeds and fails later; the control endpoint settles it. */
  refund?: 'pending' | 'fails-later';
  manner?: AnswerManner;
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

/** What an issuer says when the buyer is not there to authenticate. */
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

/** The emulator's own cards; real Stripe answers `resource_missing` to each of them. */
const EMULATOR_ONLY = {
  /** The charge succeeds at once; the answer to the confirming request is kept. */
  pm_emulator_stall: visa('9001', { manner: 'stall' }),
  /** The charge is declined at once; the answer to the confirming request is kept. */
  pm_emulator_stallThenDecline: visa('9002', { manner: 'stall', decline: DECLINES.generic }),
  /** The charge succeeds; the answer is a 500, replayed for its idempotency key. */
  pm_emulator_serverError: visa('9003', { manner: 'server-error' }),
  /** The intent stays `processing` until it is settled through the control endpoint. */
  pm_emulator_processing: visa('9004', { slow: true }),
  /** The charge succeeds; its webhooks are delivered before the answer goes out. */
  pm_emulator_webhookFirst: visa('9005', { manner: 'webhook-first' }),
} as const satisfies Record<string, TestCard>;

const CARDS = { ...SUCCEEDING, ...DECLINING, ...AUTHENTICATING, ...REFUNDING, ...EMULATOR_ONLY };

/** The name of a test payment method. */
export type TestPaymentMethod = keyof typeof CARDS;

/** Every test payment method there is. */
export const TEST_PAYMENT_METHODS = Object.keys(CARDS) as readonly TestPaymentMethod[];

/** Tell whether a payment method's id names one of the test cards. */
export const isTestPaymentMethod = (id: string): id is TestPaymentMethod => Object.hasOwn(CARDS, id);

/** What the test card of that name is and does. */
export const testCard = (name: TestPaymentMethod): TestCard => CARDS[name];
