/**
 * Bookings and the checkout: every charge ends as a confirmed Booking or as a refund, whichever process crashes.
 *
 * Reading order: schema/payments.graphql → resolvers → checkout/confirm-booking → open-checkout → advance-checkout →
 * checkout-steps → take-payment → settle-payment → store → tables. Stripe is behind provider/payment-provider. Work without a
 * request: webhooks/receive-webhook → handle-webhook, checkout/recover-checkouts, cancellation/cancel-bookings, refunds/poll-refunds, and the jobs in job-handlers.
 */
export { openCheckouts, type Checkouts, type CrashPoint } from './checkout/checkout-deps.ts';
export { dailyJobs, jobHandlers } from './job-handlers.ts';
export { reportAlarms } from './report-alarms.ts';
export { reportOverdue } from './report-overdue.ts';
export { nodes, resolvers } from './resolvers.ts';
export { resumeCancelling } from './cancellation/cancel-bookings.ts';
export { recoverCheckouts } from './checkout/recover-checkouts.ts';
export { resumeRefunds } from './refunds/make-refund.ts';
export { REFUND_SWEEP_INTERVAL_MS, sweepRefunds } from './refunds/poll-refunds.ts';
export { backfillLedger } from './reconcile/backfill-ledger.ts';
export type { Reconciling } from './reconcile/comparison.ts';
export { describeDifference } from './reconcile/differences.ts';
export { openReconciliation } from './reconcile/open-reconciliation.ts';
export { reconcile } from './reconcile/reconcile.ts';
export { addExportRoutes } from './export/export-route.ts';
export type { EventSales } from './sales/event-sales.ts';
export { SalesReader } from './sales/sales-reader.ts';
export { addWebhookRoute } from './webhooks/route.ts';
export { countUnsettledBookings, findBooking, type BookingRow } from './store/bookings.ts';
export { countUnsettledRequests } from './store/refund-requests.ts';
export type { StripeAccess } from './provider/stripe.ts';
export type { CancellationProgress } from './store/event-cancellations.ts';
export type { RefundRow } from './ledger/refunds.ts';
export type { DisputeRow } from './ledger/disputes.ts';
