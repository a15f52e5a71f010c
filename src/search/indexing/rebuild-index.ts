import { pause } from '../../platform/pause.ts';
import type { EventIndex, EventIndices } from './event-indices.ts';
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
 * it meanwhile. A rebuild that was refused is begun anew at once; one under way is waited for. Returns the number of Events in the new index.
 */
export async function rebuildIndex(
  parts: IndexingParts,
  { report, signal }: RebuildRequest,
): Promise<number> {
  const { platform, indices } = parts;
  const { live, next } = await indices.read();
  const newest = next?.setAside === undefined ? live : next;
  const wanted = await requestBuild(platform, indices.live, newest?.build ?? 0);
  report(`rebuild ${wanted} of ${indices.live} requested`);
  await using opened = new AsyncDisposableStack();
  opened.use(indexCatalogue(parts));
  let reportedAt = -Infinity;
  for (;;) {
    const state = await indices.read();
    if (state.live !== null && state.live.build >= wanted) return indices.countVisible(state.live.name);
    if (performance.now() - reportedAt > REPORT_INTERVAL_MS) {
      reportedAt = performance.now();
      report(await progressOf(indices, state.next));
    }
    await pause(POLL_INTERVAL_MS, signal);
  }
}

/** What the rebuild waits for, in a line. */
async function progressOf(indices: EventIndices, next: EventIndex | null): Promise<string> {
  if (next === null) return 'waiting for the process that follows the catalogue';
  const events = `${await indices.countVisible(next.name)} events in ${next.name}`;
  if (next.setAside === undefined) return events;
  return `${events}, refused: ${next.setAside} documents were set aside (see npm run check-search); it is tried again within an hour`;
}
