import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { checkOutRevision } from '../../bench/revision.ts';
import { ROOT, textOf } from '../../scripts/check/tree.ts';
import { openDevelopmentIssuer } from '../../src/platform/auth/development-issuer.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { openServerPool } from '../../src/platform/db/pool.ts';
import type { Platform } from '../../src/platform/index.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { startStripeEmulator } from '../../src/stripe-emulator/index.ts';
import { temporaryDirectory } from '../local-stack/directories.ts';
import { ownRedis } from '../seat-map/own-redis.ts';
import { recordTickets } from '../support/auditor.ts';
import { openClient, type Client } from '../support/client.ts';
import { ownPostgres } from '../support/own-postgres.ts';
import { emulatorControl, type EmulatorControl } from '../support/stripe-control.ts';
import { supervise, type Supervised } from '../trials/supervised.ts';

/** `old`: the newest release. `new`: this tree. */
export type Build = 'old' | 'new';

/** Both builds on one database, which this tree has migrated, and on one Redis. */
export interface TwoBuilds extends AsyncDisposable {
  platform: Pick<Platform, 'db' | 'metrics'>;
  stripe: EmulatorControl;
  /** An authenticated client of the API of a build, a fan by default. */
  as(build: Build, sub: string, ...roles: Role[]): Promise<Client>;
  /** Processes that ended without being stopped by the test. */
  unexpectedExits: readonly string[];
}

const { commit: RELEASED } = JSON.parse(textOf('drizzle/released.json')) as { commit: string };

/** Start an API and a worker of each build. */
export async function openTwoBuilds(): Promise<TwoBuilds> {
  await using opening = new AsyncDisposableStack();
  await requireHistory();
  const released = opening.use(await checkOutRevision(RELEASED));
  const directory = opening.use(await temporaryDirectory());
  const postgres = opening.use(await ownPostgres());
  const redis = opening.use(await ownRedis());
  const emulator = opening.use(await startStripeEmulator());
  await migrate(postgres.url);
  const { db } = opening.use(openServerPool(postgres.url, 5, 'test'));
  await recordTickets(db);
  const issuer = await openDevelopmentIssuer(join(directory.path, 'development-issuer.json'));

  const environment = {
    NODE_ENV: 'test',
    LIMIT_REQUESTS_PER_MINUTE: '1000000',
    LIMIT_RESERVATIONS_PER_MINUTE: '1000000',
    DATA_DIRECTORY: directory.path,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    STRIPE_SECRET_KEY: emulator.secretKey,
    STRIPE_WEBHOOK_SECRET: emulator.webhookSecret,
    STRIPE_API_URL: emulator.url,
  };
  const unexpectedExits: string[] = [];
  const launch = async (build: Build, role: 'api' | 'worker') =>
    opening.use(
      await supervise(
        `${build} ${role}`,
        role,
        environment,
        (what) => unexpectedExits.push(what),
        build === 'old' ? released.directory : ROOT,
      ),
    );
  const [oldApi, newApi] = await Promise.all([launch('old', 'api'), launch('new', 'api')]);
  await Promise.all([launch('old', 'worker'), launch('new', 'worker')]);
  const apis: Record<Build, Supervised> = { old: oldApi, new: newApi };
  const stripe = emulatorControl(emulator);
  await stripe.setWebhooks({ url: `${newApi.url}/webhooks/stripe` });

  const owned = opening.move();
  return {
    platform: { db, metrics: openMetrics() },
    ...{ stripe, unexpectedExits },
    as: async (build, sub, ...roles: Role[]) =>
      openClient(apis[build].url, await issuer.sign({ sub, roles: roles.length > 0 ? roles : ['FAN'] })),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A shallow clone fetches the released commit; where that fails, the test fails: it must not pass without the old build. */
async function requireHistory(): Promise<void> {
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: ROOT });
  const isThere = () =>
    git('cat-file', '-e', `${RELEASED}^{commit}`).then(
      () => true,
      () => false,
    );
  if (await isThere()) return;
  await git('fetch', '--depth=1', 'origin', RELEASED).catch(() => {});
  if (await isThere()) return;
  throw new Error(
    `The released commit ${RELEASED} (drizzle/released.json) is not in this clone, and could not be fetched from origin: ` +
      'nothing shows that this tree can run beside it. Run `git fetch --unshallow`, or clone with the full history.',
  );
}
