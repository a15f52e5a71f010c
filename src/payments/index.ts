/**
 * Paying for Reservations: every charge ends as a confirmed Booking or as a refund, whatever crashes.
 *
 * Reading order: schema/payments.graphql → resolvers → confirm-booking → open-checkout → advance-checkout →
 * checkout-steps → take-payment → settle-payment → store → tables. Stripe is behind stripe; what goes on without the
 * buyer is in receive-webhook, handle-webhook and resume-checkouts.
 */
export { openCheckouts, type Checkouts, type CrashPoint } from './checkout/checkout-deps.ts';
export { jobs } from './jobs.ts';
export { nodes, resolvers } from './resolvers.ts';
export { resumeCheckouts } from './checkout/recover-checkouts.ts';
export { addWebhookRoute } from './webhooks/route.ts';
export type { BookingRow } from './store/bookings.ts';
export { forgetOldWebhooks } from './store/webhook-inbox.ts';
export type { StripeAccess } from './provider/stripe.ts';
