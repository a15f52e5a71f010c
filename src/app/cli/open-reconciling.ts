import { openReconciliation, type Reconciling } from '../../payments/index.ts';
import { ConfigurationError, hasDatabaseUrl, readSettings } from '../../platform/config/settings.ts';
import { isMigrated } from '../../platform/db/migrations/migrated.ts';
import { openPool } from '../../platform/db/pool.ts';
import { openLog, readableLines } from '../../platform/telemetry/log.ts';
import { openMetrics } from '../../platform/telemetry/metrics.ts';

/** Statements of a comparison run one after the other. */
const POOL_SIZE = 2;

/** The database is older than this program. */
class NotMigrated extends Error {
  readonly remedy = 'Run `npm run migrate` first.';
}

/** Open database and Stripe, as the settings name them; throws all problems, those of the command line included. */
export async function openReconciling(
  ofCommandLine: readonly string[],
): Promise<Reconciling & AsyncDisposable> {
  const problems = [
    ...ofCommandLine,
    ...(hasDatabaseUrl()
      ? []
      : ['DATABASE_URL: not set; the embedded database is that of a running `npm start`']),
  ];
  const { database, stripe, logLevel } = readSettings(undefined, problems);
  if (stripe.kind === 'embedded')
    problems.push('STRIPE_SECRET_KEY: not set; the embedded emulator is that of a running `npm start`');
  if (problems.length > 0 || database.kind === 'embedded' || stripe.kind === 'embedded')
    throw new ConfigurationError(problems);
  await using opening = new AsyncDisposableStack();
  const pool = opening.use(openPool(database.url, POOL_SIZE, 'onsale-reconcile'));
  if (!(await isMigrated(pool.db))) throw new NotMigrated('The database is not at the newest schema.');
  const platform = { db: pool.db, log: openLog(logLevel, readableLines()), metrics: openMetrics() };
  const parts = openReconciliation(platform, stripe);
  const owned = opening.move();
  return { ...parts, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
