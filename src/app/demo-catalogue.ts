import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';

import { putOnSale } from '../booking/index.ts';
import { importCatalogue, isCatalogueLoaded } from '../catalog/index.ts';
import { openPool } from '../platform/db/pool.ts';
import { openMetrics } from '../platform/telemetry/metrics.ts';

const DIRECTORY = fileURLToPath(new URL('../../data', import.meta.url));

/**
 * Load the demo catalogue into a database that does not have it: a progress bar on a terminal, lines elsewhere.
 * Answers what to say of it; `null`: it was there.
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
        putOnSale,
        progress: (done, what) => bar.update(done, { what }),
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
