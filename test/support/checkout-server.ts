/**
 * A server for tests that kill servers: a process of its own, which loads the program and waits for a message that says what it
 * serves. It answers with its URL, and ends itself as by `kill -9` at a point of a checkout.
 */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';

import { startOnsale, type Dependencies, type ProcessRole } from '../../src/app/start.ts';
import type { CrashPoint } from '../../src/payments/index.ts';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
} from '../../src/platform/auth/development-issuer.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';

/** The message that starts the server. */
export interface CheckoutServerOptions {
  databaseUrl: string;
  stripe: Dependencies['stripe'];
  issuerFile: string;
  roles: ProcessRole[];
  /** Null: runs until it is stopped. */
  killAt: CrashPoint | null;
  /** Ids of the Bookings and Reservations at which `killAt` applies; null: at each. */
  killOnly: string[] | null;
}

flushCompileCache(); // a process that is killed does not write it
process.once('disconnect', () => process.exit(0)); // the parent is gone
const [options] = (await once(process, 'message')) as [CheckoutServerOptions];
const { getKey } = await openDevelopmentIssuer(options.issuerFile);
const onsale = await startOnsale(
  readSettings({ NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'silent' }),
  {
    databaseUrl: options.databaseUrl,
    redisUrl: null,
    stripe: options.stripe,
    issuer: {
      issuer: DEVELOPMENT_ISSUER,
      audience: DEVELOPMENT_AUDIENCE,
      keys: { getKey },
      rolesClaim: 'roles',
    },
    log: openLog('silent'),
    atCrashPoint: async (point, subject) => {
      if (point === options.killAt && (options.killOnly?.includes(subject) ?? true))
        process.kill(process.pid, 'SIGKILL');
    },
  },
  new Set(options.roles),
);
process.send!({ url: onsale.url });
