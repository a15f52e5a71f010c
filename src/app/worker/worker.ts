import { readIsOnSale, readStock, StockKeeper } from '../../booking/index.ts';
import { dailyJobs, jobHandlers, type Checkouts } from '../../payments/index.ts';
import type { Platform } from '../../platform/index.ts';
import {
  EventIndices,
  indexCatalogue,
  openElasticsearchClient,
  watchSearchSlot,
  type ElasticsearchLocation,
} from '../../search/index.ts';
import { lastTicketChange, replicateTickets } from '../../seat-map/index.ts';
import { Admission, type AdmissionSwitches, type Line, type StockSource } from '../../waiting-room/index.ts';
import { endVisitHandler } from './end-visits.ts';
import { startJobRunner } from './job-runner.ts';
import { startPeriodicTasks } from './periodic-tasks.ts';
import { deleteOldRows, deleteOldRowsHandler } from './retention.ts';

/** Dependencies of the worker. */
export interface WorkerParts {
  databaseUrl: string;
  /** Null: Postgres searches. */
  searchIndex: ElasticsearchLocation | null;
  platform: Platform;
  checkouts: Checkouts;
  line: Line;
  /** Absent: all safeguards of admission are on. */
  admissionSwitches?: AdmissionSwitches | undefined;
}

/**
 * Start the worker: the jobs of every capability, the sweeps, and the replication of tickets into seat boards and of the catalogue
 * into the search index. Any number of workers may run; disposing of one lets its running jobs finish.
 */
export async function startWorker({
  databaseUrl,
  searchIndex,
  platform,
  checkouts,
  line,
  admissionSwitches: switches,
}: WorkerParts): Promise<AsyncDisposable> {
  const { log } = platform;
  await using opening = new AsyncDisposableStack();
  opening.use(
    startJobRunner({
      databaseUrl,
      log,
      handlers: [...jobHandlers(checkouts), deleteOldRowsHandler(platform), endVisitHandler(platform, line)],
      hourly: [deleteOldRows],
      daily: dailyJobs,
    }),
  );
  const keeper = new StockKeeper();
  opening.use(startPeriodicTasks(platform, checkouts, keeper));
  if (platform.redis.connection !== null) {
    opening.use(replicateTickets(databaseUrl, platform, (eventIds) => keeper.noteChanges(eventIds)));
    const stock = stockSource(platform);
    opening.use(new Admission({ platform, line, stock, ...(switches && { switches }) }).start());
  }
  if (searchIndex !== null) {
    const client = opening.use(await openElasticsearchClient(searchIndex.url));
    const indices = new EventIndices(client, searchIndex.indexPrefix);
    opening.use(indexCatalogue({ databaseUrl, platform, indices }));
  }
  opening.use(watchSearchSlot(platform, { isFollowed: searchIndex !== null }));
  return opening.move();
}

/** A hall has at most 100,000 places, so no more viewers hold tickets. */
const MAX_HOLDERS = 100_000;

const stockSource = ({ db, redis }: Pick<Platform, 'db' | 'redis'>): StockSource => ({
  read: (eventId, demand) => readStock(db, eventId, { demand, maxHolders: MAX_HOLDERS }),
  lastChange: (eventId) => lastTicketChange(redis, eventId),
  isOnSale: (eventId) => readIsOnSale(db, eventId),
});
