import { archiveEvents } from '../app/cli/archive-events.ts';
import { readArchiveOptions } from '../app/cli/read-archive-options.ts';
import { readDatabaseUrl } from '../app/cli/read-database-url.ts';
import { shutdownSignal } from '../app/cli/shutdown-signal.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';
import { hasDatabaseUrl } from '../platform/config/settings.ts';
import { isMigrated } from '../platform/db/migrations/migrated.ts';
import { openPool } from '../platform/db/pool.ts';
import { openMetrics } from '../platform/telemetry/metrics.ts';

/**
 * `npm run archive -- --ended-before 2026-01-01`: move tickets, Reservations and admissions of Events that ended before that
 * date to the archive. Ctrl-C ends it after the batch; another run continues.
 */
process.exitCode = await exitWithMessage(async () => {
  const now = hasDatabaseUrl() ? null : new Date();
  const { problems, ...options } = readArchiveOptions(process.argv.slice(2), now);
  const url = readDatabaseUrl('the embedded database needs no archive', problems);
  const stopped = shutdownSignal();
  await using pool = openPool(url, 1, 'onsale-archive');
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
  const { archived, archivedByOthers, skipped, isPartial } = result;
  const counts = [
    `${archived} events ${options.dryRun ? 'would be archived' : 'archived'}`,
    ...(archivedByOthers > 0 ? [`${archivedByOthers} archived by another run`] : []),
    `${skipped} skipped`,
  ];
  process.stdout.write(`${counts.join(', ')}${isPartial ? '; run it again to continue' : ''}\n`);
  return 0;
});
