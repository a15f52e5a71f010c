/** All values of `onsale_alarms_total{alarm}`. */
export const ALARMS = [
  'payment-disputed',
  'payment-without-booking',
  'place-sold-twice',
  'refund-failed',
  'refund-refused',
  'refunded-elsewhere',
  'stripe-unusable',
  'unreadable-value',
] as const;
export type Alarm = (typeof ALARMS)[number];

/** Names of the transactions of servers, which a test compares with the calls of `inTransaction`. */
export const TRANSACTIONS = [
  'booking.blockTickets',
  'booking.expireReservations',
  'booking.extendReservation',
  'booking.holdTogether',
  'booking.publishEvent',
  'booking.releaseReservation',
  'booking.unblockTickets',
  'catalog.createEvent',
  'catalog.createPerformer',
  'catalog.createSeatingPlan',
  'catalog.createVenue',
  'catalog.importCatalogue',
  'catalog.updateEvent',
  'catalog.updatePerformer',
  'catalog.updateSeatingPlan',
  'catalog.updateVenue',
  'payments.cancelBooking',
  'payments.closeIntent',
  'payments.closeLater',
  'payments.confirmOrRefund',
  'payments.endAttempt',
  'payments.lookAgain',
  'payments.openCheckout',
  'payments.receiveWebhook',
  'payments.replaceIntent',
  'payments.resumeCheckouts',
  'retention.continue',
  'retention.deleteOldRows',
] as const;
