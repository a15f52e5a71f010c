import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { checkOutRevision } from '../../bench/revision.ts';
import { ROOT, textOf } from '../../scripts/check/tree.ts';
import type { Role } from '../../src/platform/auth/viewer.ts';
import type { Platform } from '../../src/platform/index.ts';
import type { Client } from '../support/client.ts';
import { emulatorControl, type EmulatorControl } from '../support/stripe-control.ts';
import { openDeployedParts } from '../trials/deployed-parts.ts';
import type { Supervised } from '../trials/supervised.ts';

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
  const parts = opening.use(await openDeployedParts());
  const launch = (build: Build, role: 'api' | 'worker') =>
    parts.launch(`${build} ${role}`, role, build === 'old' ? released.directory : ROOT);
  const [oldApi, newApi] = await Promise.all([launch('old', 'api'), launch('new', 'api')]);
  await Promise.all([launch('old', 'worker'), launch('new', 'worker')]);
  const apis: Record<Build, Supervised> = { old: oldApi, new: newApi };
  const stripe = emulatorControl(parts.emulator);
  await stripe.setWebhooks({ url: `${newApi.url}/webhooks/stripe` });

  const owned = opening.move();
  return {
    ...{ platform: parts.platform, stripe, unexpectedExits: parts.unexpectedExits },
    as: (build, sub, ...roles: Role[]) =>
      parts.clientOf(apis[build], sub, roles.length > 0 ? roles : ['FAN']),
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
