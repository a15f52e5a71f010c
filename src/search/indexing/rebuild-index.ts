import { pause } from '../../platform/pause.ts';
import { indexCatalogue } from './index-catalogue.ts';
import type { IndexingParts } from './indexing-parts.ts';
import { requestBuild } from './wanted-build.ts';

const POLL_INTERVAL_MS = 500;
const REPORT_INTERVAL_MS = 5_000;

/** What a rebuild is run with. */
export interface RebuildRequest {
  /** Receives one line for each step. */
  report: (line: string) => void;
  /** Ends the waiting; a rebuild that a worker does goes on. */
  signal: AbortSignal;
}

/**
 * Have the index rebuilt, and wait until it is. The process that follows the catalogue does it; without one, this process follows
 * it meanwhile. Returns the number of Events in the new index.
 */
export async function rebuildIndex(
  parts: IndexingParts,
  { report, signal }: RebuildRequest,
): Promise<number> {
  const { platform, indices } = parts;
  const { live } = await indices.read();
  const wanted = await requestBuild(platform, indices.live, live?.build ?? 0);
  report(`rebuild ${wanted} of ${indices.live} requested`);
  await using opened = new AsyncDisposableStack();
  opened.use(indexCatalogue(parts));
  let reportedAt = -Infinity;
  for (;;) {
    const state = await indices.read();
    if (state.live !== null && state.live.build >= wanted) return indices.countVisible(state.live.name);
    if (performance.now() - reportedAt > REPORT_INTERVAL_MS) {
      reportedAt = performance.now();
      report(
        state.next === null
          ? 'waiting for the process that follows the catalogue'
          : `${await indices.countVisible(state.next.name)} events in ${state.next.name}`,
      );
    }
    await pause(POLL_INTERVAL_MS, signal);
  }
}
