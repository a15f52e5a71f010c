/** All values of `onsale_alarms_total{alarm}`. */
export const ALARMS = [
  'payment-disputed',
  'payment-without-booking',
  'place-sold-twice',
  'refund-failed',
  'refund-incomplete',
  'refund-refused',
  'refunded-elsewhere',
  'stripe-unusable',
  'unreadable-value',
] as const;
export type Alarm = (typeof ALARMS)[number];

/** All values of `onsale_waiting_room_visits_ended_total{by}`. */
export const VISIT_ENDS = ['EXPIRED', 'LEFT', 'BOUGHT', 'CLOSED'] as const;

/** All values of `onsale_queue_estimates_total{result}`. */
export const QUEUE_ESTIMATES = ['contained', 'too_long', 'too_short'] as const;

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
  'payments.leaveIntents',
  'payments.lookAgain',
  'payments.openCheckout',
  'payments.raiseAlarm',
  'payments.receiveWebhook',
  'payments.recordForeignRefund',
  'payments.recordIntentRefund',
  'payments.replaceIntent',
  'payments.resumeCheckouts',
  'payments.resumeClosings',
  'payments.resumeWebhooks',
  'payments.returnRefunded',
  'payments.sweepRefunds',
  'retention.continue',
  'retention.deleteOldRows',
  'waitingRoom.admit',
  'waitingRoom.changeRoom',
  'waitingRoom.closeDrained',
  'waitingRoom.closeList',
  'waitingRoom.closeOver',
  'waitingRoom.endVisitByPurchase',
  'waitingRoom.endVisits',
  'waitingRoom.finishDrawing',
  'waitingRoom.noteBegin',
  'waitingRoom.raiseFence',
  'waitingRoom.releaseLease',
  'waitingRoom.renewLease',
  'waitingRoom.reservePlaces',
  'waitingRoom.settle',
  'waitingRoom.takeLease',
] as const;
