import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { stableFreePort } from '../../src/local-stack/index.ts';
import { leaveOut } from './left-out.ts';
import { start } from './process.ts';

const VERSION = 'v0.203.0';
/** Stripe's description that this version has. */
export const DESCRIBED_VERSION = '2026-08-26.dahlia';
const DIRECTORY = join(process.cwd(), 'node_modules/.cache/stripe-mock', VERSION);
const PROGRAM = join(DIRECTORY, 'stripe-mock');
/** Go compiles it once, in a minute on a slow machine. */
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/**
 * Define tests against stripe-mock, Stripe's server that checks requests by its published description of the API. Where Go cannot
 * install it they are left out, and a skipped test says why; in CI that is a failure.
 */
export async function withStripeMock(define: () => void): Promise<void> {
  const missing = await install();
  if (missing === null) return define();
  leaveOut('stripe-mock', missing);
}

/** Why it is not there; null: it is. */
async function install(): Promise<string | null> {
  if (existsSync(PROGRAM)) return null;
  try {
    await promisify(execFile)('go', ['install', `github.com/stripe/stripe-mock@${VERSION}`], {
      env: { ...process.env, GOBIN: DIRECTORY },
      timeout: INSTALL_TIMEOUT_MS,
    });
    return null;
  } catch (error) {
    return `stripe-mock ${VERSION} cannot be installed with Go: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Start stripe-mock on a port of its own. */
export async function startStripeMock(): Promise<AsyncDisposable & { url: string }> {
  const port = await stableFreePort();
  const running = start(PROGRAM, ['-http-addr', `127.0.0.1:${port}`], {});
  await running.says(/Listening for HTTP/);
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void (await running.stop('SIGTERM')),
  };
}
