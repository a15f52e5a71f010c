/** Stripe's codes, in words for the buyer. Stripe's own are meant for developers, and go to the log. */
const MESSAGES = new Map<string, string>([
  ['amount_not_payable', 'The amount cannot be paid by card.'],
  ['amount_too_large', 'The amount is too large for a card payment.'],
  ['amount_too_small', 'The amount is too small for a card payment.'],
  ['authentication_required', 'Your bank requires you to authenticate this payment.'],
  ['card_not_supported', 'Your card does not support this kind of purchase.'],
  ['card_velocity_exceeded', 'Your card was tried too often, or has reached its limit.'],
  ['currency_not_supported', 'Your card does not support this currency.'],
  ['expired_card', 'Your card has expired.'],
  ['incorrect_address', 'Your address does not match the card.'],
  ['incorrect_cvc', "Your card's security code is incorrect."],
  ['incorrect_number', "Your card's number is incorrect."],
  ['incorrect_zip', 'Your postal code does not match the card.'],
  ['insufficient_funds', 'Your card has insufficient funds.'],
  ['invalid_cvc', "Your card's security code is incorrect."],
  ['invalid_expiry_month', "Your card's expiry date is incorrect."],
  ['invalid_expiry_year', "Your card's expiry date is incorrect."],
  ['invalid_number', "Your card's number is incorrect."],
  ['payment_expired', 'The payment was not completed in time.'],
  ['payment_intent_authentication_failure', 'Your bank could not verify that it is you who pays.'],
  ['payment_intent_payment_attempt_expired', 'The payment was not completed in time.'],
  ['payment_method_invalid', 'The payment method was not accepted.'],
  ['payment_superseded', 'Another attempt to pay took the place of this one.'],
  ['payment_unavailable', 'The payment provider could not be reached.'],
  ['processing_error', 'Your card could not be processed.'],
  ['withdrawal_count_limit_exceeded', 'Your card has reached its limit.'],
]);

/** What a buyer reads of a decline by the issuer; each code without words of its own is a decline. */
export const declineMessage = (code: string): string => MESSAGES.get(code) ?? 'Your card was declined.';

/** What a buyer reads of a request that Stripe refused. */
export const refusalMessage = (code: string): string => MESSAGES.get(code) ?? 'The payment was refused.';
