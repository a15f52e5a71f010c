/**
 * The Stripe emulator: a separate process with the part of Stripe's HTTP API that a checkout uses.
 *
 * Reading order: start → main → server → handle-request → endpoint → routes-payment-intents → intents → attempt-payment →
 * create-refund → webhooks. `cards` lists the test cards, `control` the API for tests.
 */
export { startStripeEmulator } from './start.ts';
export type { StripeEmulator, StripeEmulatorOptions } from './start.ts';
export { isTestPaymentMethod, TEST_PAYMENT_METHODS } from './cards.ts';
export type { TestPaymentMethod } from './cards.ts';
export type { FaultRequest, PaymentsReport, WebhooksReport } from './control.ts';
export type { Fault, StalledRequest } from './faults.ts';
export type { Delivery, WebhookBehaviour } from './webhooks.ts';
