import { expireReservations, refreshUncounted, type StockKeeper } from '../../booking/index.ts';
import { fillDocuments, reportUnreadableEvents } from '../../catalog/index.ts';
import {
  backfillLedger,
  recoverCheckouts,
  REFUND_SWEEP_INTERVAL_MS,
  reportAlarms,
  reportOverdue,
  resumeCancelling,
  resumeRefunds,
  sweepRefunds,
  type Checkouts,
} from '../../payments/index.ts';
import type { Platform } from '../../platform/index.ts';
import { SuggestionRefresher } from '../../search/index.ts';
import { closeOverRooms } from '../../waiting-room/index.ts';
import { runEvery } from './run-every.ts';

/** Seat maps show an expired hold as free at most a second late. */
const EXPIRE_INTERVAL_MS = 1_000;
/** With `STUCK_AFTER_SECONDS`, the longest that a checkout is unattended after its worker was killed: 75 s. */
const RECOVER_INTERVAL_MS = 15_000;

/** With its debounce, a search knows within five seconds that an Event is sold out. */
const STOCK_INTERVAL_MS = 1_000;

/** Without the change feed the stock is counted by age alone. */
const UNCOUNTED_INTERVAL_MS = 15 * 1_000;

/** When the suggestions are due is decided by how long they take. */
const SUGGESTIONS_INTERVAL_MS = 5 * 1_000;

/** A room whose Event is over is of no use; its end is not urgent. */
const CLOSE_INTERVAL_MS = 60 * 1_000;

/** An alarm is in the gauge for an hour. */
const ALARMS_INTERVAL_MS = 60 * 1_000;

/** Bookings of an earlier version get their rows in the ledger within days. */
const BACKFILL_INTERVAL_MS = 60 * 1_000;

/** Until then Events of an earlier version are searched by what it wrote. */
const FILL_INTERVAL_MS = 60 * 1_000;

/** Rows that other programs wrote; an alarm within the hour is soon enough. */
const REPORT_INTERVAL_MS = 60 * 60 * 1_000;

/** Start the tasks that every worker runs at an interval, until disposed; disposing waits for runs in progress. */
export function startPeriodicTasks(
  platform: Platform,
  checkouts: Checkouts,
  stock: StockKeeper,
): AsyncDisposable {
  const suggestions = new SuggestionRefresher();
  const tasks = [
    runEvery('booking.expireReservations', EXPIRE_INTERVAL_MS, platform.log, () =>
      expireReservations(platform),
    ),
    runEvery('booking.refreshStock', STOCK_INTERVAL_MS, platform.log, () => stock.refreshDue(platform)),
    runEvery('booking.refreshUncounted', UNCOUNTED_INTERVAL_MS, platform.log, () =>
      refreshUncounted(platform),
    ),
    runEvery('payments.recoverCheckouts', RECOVER_INTERVAL_MS, platform.log, () =>
      recoverCheckouts(checkouts),
    ),
    runEvery('payments.resumeCancelling', RECOVER_INTERVAL_MS, platform.log, () =>
      resumeCancelling(checkouts),
    ),
    runEvery('payments.resumeRefunds', RECOVER_INTERVAL_MS, platform.log, () => resumeRefunds(checkouts)),
    runEvery('payments.sweepRefunds', REFUND_SWEEP_INTERVAL_MS, platform.log, () => sweepRefunds(checkouts)),
    runEvery('payments.reportOverdue', ALARMS_INTERVAL_MS, platform.log, () => reportOverdue(checkouts)),
    runEvery('payments.reportAlarms', ALARMS_INTERVAL_MS, platform.log, () => reportAlarms(platform)),
    runEvery('payments.backfillLedger', BACKFILL_INTERVAL_MS, platform.log, () => backfillLedger(checkouts)),
    runEvery('search.refreshSuggestions', SUGGESTIONS_INTERVAL_MS, platform.log, () =>
      suggestions.refreshDue(platform),
    ),
    runEvery('waiting-room.closeOverRooms', CLOSE_INTERVAL_MS, platform.log, () => closeOverRooms(platform)),
    runEvery('catalog.fillDocuments', FILL_INTERVAL_MS, platform.log, () => fillDocuments(platform)),
    runEvery('catalog.reportUnreadableEvents', REPORT_INTERVAL_MS, platform.log, () =>
      reportUnreadableEvents(platform.db),
    ),
  ];
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(tasks.map((task) => task[Symbol.asyncDispose]()));
    },
  };
}
