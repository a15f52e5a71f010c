/**
 * The stand-in for Stripe: a process of its own that speaks what a ticket checkout uses of Stripe's HTTP API.
 *
 * Reading order: start → main → server → answer → endpoint → routes-payment-intents → intents → attempt-payment →
 * create-refund → webhooks; `cards` lists what one can pay with, `control` what tests may ask for.
 */
export { startStripeEmulator } from './start.ts';
export type { StripeEmulator, StripeEmulatorOptions } from './start.ts';
export { isTestPaymentMethod, TEST_PAYMENT_METHODS } from './cards.ts';
export type { TestPaymentMethod } from './cards.ts';
export type { FaultRequest, PaymentsReport, WebhooksReport } from './control.ts';
export type { Fault, StalledRequest } from './faults.ts';
export type { Delivery, WebhookBehaviour } from './webhooks.ts';
