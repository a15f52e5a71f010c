import { archiveEvents } from '../app/cli/archive-events.ts';
import { exitWithMessage } from '../app/cli/explain-errors.ts';
import { readArchiveOptions } from '../app/cli/read-archive-options.ts';
import { shutdownSignal } from '../app/cli/shutdown-signal.ts';
import { readSettings } from '../platform/config/settings.ts';
import { isMigrated } from '../platform/db/migrations/migrated.ts';
import { openPool } from '../platform/db/pool.ts';
import { openMetrics } from '../platform/telemetry/metrics.ts';

/**
 * `npm run archive -- --ended-before 2026-01-01`: move tickets and Reservations of Events that ended before that date to the
 * archive. Ctrl-C ends it after the batch; another run continues.
 */
process.exitCode = await exitWithMessage(async () => {
  const options = readArchiveOptions(process.argv.slice(2));
  const { database } = readSettings();
  if (database.kind === 'embedded') {
    process.stderr.write('DATABASE_URL is not set; the embedded database needs no archive.\n');
    return 1;
  }
  const stopped = shutdownSignal();
  await using pool = openPool(database.url, 1, 'onsale-archive');
  if (!(await isMigrated(pool.db))) {
    process.stderr.write('The database is not at the newest schema; run `npm run migrate` first.\n');
    return 1;
  }
  const result = await archiveEvents(
    { db: pool.db, metrics: openMetrics() },
    {
      ...options,
      report: (line) => process.stdout.write(`${line}\n`),
      isStopped: () => stopped.isReceived(),
    },
  );
  const { archived, skipped, isPartial } = result;
  const verb = options.dryRun ? 'would be archived' : 'archived';
  process.stdout.write(
    `${archived} events ${verb}, ${skipped} skipped${isPartial ? '; run it again to continue' : ''}\n`,
  );
  return 0;
});
