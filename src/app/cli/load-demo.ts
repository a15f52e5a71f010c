import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';

import { importCatalogue, isCatalogueLoaded } from '../../demo-catalogue/index.ts';
import { openPool } from '../../platform/db/pool.ts';
import { openMetrics } from '../../platform/telemetry/metrics.ts';
import type { ShutdownSignal } from './shutdown-signal.ts';

const DIRECTORY = fileURLToPath(new URL('../../../data', import.meta.url));

const COMMAND = fileURLToPath(new URL('../../bin/import-catalogue.ts', import.meta.url));

/**
 * Load the demo catalogue, unless it is loaded, in a child process: the some 100 MB it needs for a moment would stay with
 * the server. A shutdown signal ends it, and its transaction is rolled back.
 */
export async function ensureDemoCatalogue(databaseUrl: string, stopped: ShutdownSignal): Promise<void> {
  await using pool = openPool(databaseUrl, 1, 'onsale-import');
  if (await isCatalogueLoaded(pool.db)) return;
  const child = spawn(process.execPath, [COMMAND], { env: { DATABASE_URL: databaseUrl }, stdio: 'inherit' });
  void stopped.signal.then(() => child.kill());
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (code !== 0 && !stopped.isReceived())
    throw new Error(`loading the demo catalogue failed (${signal ?? code}); it was rolled back`);
}

/**
 * Load the demo catalogue, with a progress bar on a terminal. Returns a summary; `null`: it was loaded before.
 */
export async function loadDemoCatalogue(
  databaseUrl: string,
  out: NodeJS.WriteStream,
): Promise<string | null> {
  await using pool = openPool(databaseUrl, 2, 'onsale-import');
  if (await isCatalogueLoaded(pool.db)) return null;
  const bar = new SingleBar({
    format: '  Loading the demo catalogue {bar} {percentage}% {what}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stream: out,
  });
  if (out.isTTY) bar.start(1, 0, { what: '' });
  else out.write('Loading the demo catalogue\n');
  try {
    const result = await importCatalogue(
      { db: pool.db, metrics: openMetrics() },
      {
        directory: DIRECTORY,
        today: Temporal.Now.plainDateISO('UTC'),
        onProgress: (done, what) => bar.update(done, { what }),
      },
    );
    return result.outcome === 'LOADED' ? describe(result) : null;
  } finally {
    if (out.isTTY) bar.stop();
  }
}

function describe({
  rows,
  seconds,
  rowsPerSecond,
}: Extract<Awaited<ReturnType<typeof importCatalogue>>, { outcome: 'LOADED' }>): string {
  const counts = [
    [rows.venues, 'venues'],
    [rows.performers, 'performers'],
    [rows.events, 'events'],
    [rows.tickets, 'tickets'],
  ].map(([count, what]) => `${count!.toLocaleString('en')} ${what}`);
  return `Loaded ${counts.join(', ')} in ${seconds.toFixed(1)} s (${rowsPerSecond.toLocaleString('en')} rows/s)`;
}
