/**
 * A server for tests that kill servers: a process of its own, which ends itself as by `kill -9` at a point of a checkout.
 *
 *   node test/support/checkout-server.ts '{ "databaseUrl": …, "stripe": …, "issuerFile": …, "killAt": "charged" }'
 *
 * Prints `listening http://127.0.0.1:PORT` when it can be used.
 */
import { startOnsale, type Dependencies } from '../../src/app/start.ts';
import type { CrashPoint } from '../../src/payments/index.ts';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  openDevelopmentIssuer,
} from '../../src/platform/auth/development-issuer.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';

/** Options of the server, from its command line. */
export interface CheckoutServerOptions {
  databaseUrl: string;
  stripe: Dependencies['stripe'];
  issuerFile: string;
  /** Null: runs until it is stopped. */
  killAt: CrashPoint | null;
}

const options = JSON.parse(process.argv[2] ?? '{}') as CheckoutServerOptions;
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
    atCrashPoint: async (point) => {
      if (point === options.killAt) process.kill(process.pid, 'SIGKILL');
    },
  },
  new Set(['api', 'worker']),
);
process.once('disconnect', () => process.exit(0)); // the parent is gone
process.stdout.write(`listening ${onsale.url}\n`);
