/** All values of `onsale_alarms_total{alarm}`. */
export const ALARMS = [
  'cancellation-stuck',
  'intent-overdue',
  'ledger-difference',
  'payment-disputed',
  'payment-overdue',
  'payment-without-booking',
  'place-sold-twice',
  'refund-failed',
  'refund-incomplete',
  'refund-overdue',
  'refund-refused',
  'refunded-elsewhere',
  'stripe-unusable',
  'unreadable-value',
  'webhook-overdue',
] as const;
export type Alarm = (typeof ALARMS)[number];

/** All values of `onsale_waiting_room_visits_ended_total{by}`. */
export const VISIT_ENDS = ['EXPIRED', 'LEFT', 'BOUGHT', 'CLOSED'] as const;

/** All values of `onsale_queue_estimates_total{result}`. */
export const QUEUE_ESTIMATES = ['contained', 'too_long', 'too_short'] as const;

/** All values of `onsale_search_documents_total{result}`. */
export const SEARCH_WRITES = ['indexed', 'outdated', 'set-aside'] as const;

/** All values of `onsale_search_rebuilds_total{reason}`. */
export const REBUILD_REASONS = [
  'log went back',
  'mapping changed',
  'no index',
  'replication slot recreated',
  'requested',
] as const;
export type RebuildReason = (typeof REBUILD_REASONS)[number];

/** Names of the transactions of servers, which a test compares with the calls of `inTransaction`. */
export const TRANSACTIONS = [
  'booking.blockTickets',
  'booking.changeSale',
  'booking.expireReservations',
  'booking.extendReservation',
  'booking.holdTogether',
  'booking.publishEvent',
  'booking.refreshStock',
  'booking.releaseReservation',
  'booking.unblockTickets',
  'catalog.createEvent',
  'catalog.createPerformer',
  'catalog.createSeatingPlan',
  'catalog.createVenue',
  'catalog.fillDocuments',
  'catalog.importCatalogue',
  'catalog.updateEvent',
  'catalog.updatePerformer',
  'catalog.updateSeatingPlan',
  'catalog.updateVenue',
  'payments.backfillLedger',
  'payments.cancelBooking',
  'payments.closeIntent',
  'payments.closeLater',
  'payments.confirmOrRefund',
  'payments.continueCancelling',
  'payments.endAttempt',
  'payments.endAttemptAndRefund',
  'payments.leaveIntents',
  'payments.lookAgain',
  'payments.openCheckout',
  'payments.raiseAlarm',
  'payments.receiveWebhook',
  'payments.recordDispute',
  'payments.recordForeignRefund',
  'payments.recordIntentRefund',
  'payments.recordMissing',
  'payments.recordRefund',
  'payments.recordStrayPayment',
  'payments.recordStrayRefund',
  'payments.replaceIntent',
  'payments.resumeCancelling',
  'payments.resumeCheckouts',
  'payments.resumeClosings',
  'payments.resumeWebhooks',
  'payments.settleCancellation',
  'payments.storeBuyerAction',
  'payments.sweepRefunds',
  'payments.updateRefundStatus',
  'retention.continue',
  'retention.deleteOldRows',
  'search.forgetDeadLetters',
  'search.forgetDeadLettersBefore',
  'search.recordDeadLetters',
  'search.refreshSuggestions',
  'search.requestBuild',
  'waitingRoom.addAbandonedPlaces',
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
