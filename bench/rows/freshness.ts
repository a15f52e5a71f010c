import { setTimeout as pause } from 'node:timers/promises';

import type { Decoder } from '../clients/decoder.ts';
import { deltaOf, openLiveMaps, openReceiver, seatMapSubscribers, type LiveMaps } from '../live-maps.ts';
import { measureRatio, percentile, type Row } from '../measure.ts';
import { startRpcChild } from '../rpc.ts';
import type { BenchStack } from '../stack.ts';

const SUBSCRIBERS = 1_000;
const PLACES = 2_000;
const PUBLICATION = 'onsale_realtime';
/** How long the server gathers changes: see docs/realtime-protocol.md. */
const COALESCE_MS = 50;
/** A commit at each of these, whatever became of the last; none falls into the window of another. */
const COMMIT_INTERVAL_MS = 100;
const JITTER_MS = 20;
const COMMITS = 170;

/**
 * P13: from a commit until the last of 1,000 subscribers has read of it, without the time that changes are gathered,
 * over how long the commit takes to whoever reads the log of Postgres and nothing else; both at the 99th percentile.
 */
export async function freshnessRow(stack: BenchStack): Promise<Row> {
  await using stage = await openLiveMaps(stack, 1, PLACES);
  const everywhere: number[] = [];
  const decoded: number[] = [];
  return await measureRatio(
    'P13',
    `commit to the last of 1,000 subscribers, p99, less ${COALESCE_MS} ms of gathering ÷ logical decoding alone, p99`,
    {
      name: 'Onsale',
      run: async () => {
        await using sink = openReceiver();
        await sink.call('open', [seatMapSubscribers(stack.url, stage.events[0]!, SUBSCRIBERS)]);
        await sink.call('reset');
        const commits = await commitAtIntervals(stage);
        const { groups: each } = await sink.call('waitUntilQuiet', 1);
        const { messages, completeAt: everywhereAt } = each[0]!;
        const arrivals = messages.flatMap((message, n) =>
          deltaOf(message).places.map((place) => ({ place, at: everywhereAt[n]! })),
        );
        const times = latencies(commits, arrivals);
        everywhere.push(...times);
        return percentile(times, 0.99) - COALESCE_MS;
      },
    },
    {
      name: 'decoding alone',
      run: async () => {
        await using decoder = startRpcChild<Decoder>('bench/clients/decoder.ts');
        await decoder.call('start', stack.databaseUrl, PUBLICATION);
        const commits = await commitAtIntervals(stage);
        const times = latencies(commits, await decoder.call('takeArrivals'));
        await decoder.call('stop');
        decoded.push(...times);
        return percentile(times, 0.99);
      },
    },
    async () => [
      `to the last subscriber, gathering included: p50 ${percentile(everywhere, 0.5).toFixed(1)} ms, p99 ${percentile(everywhere, 0.99).toFixed(1)} ms, longest ${Math.max(...everywhere).toFixed(1)} ms`,
      `decoding alone: p50 ${percentile(decoded, 0.5).toFixed(2)} ms, p99 ${percentile(decoded, 0.99).toFixed(2)} ms; ${1_000 / COMMIT_INTERVAL_MS} commits a second, ${decoded.length} on each side`,
    ],
    { unit: 'ms' },
  );
}

/** Change one place after the other, each at its time; answers when each commit was sent. */
async function commitAtIntervals(stage: LiveMaps): Promise<Map<number, number>> {
  const commits = new Map<number, number>();
  const began = performance.now();
  const underWay: Promise<unknown>[] = [];
  for (let place = 0; place < COMMITS; place++) {
    const due = began + place * COMMIT_INTERVAL_MS + Math.random() * JITTER_MS;
    await pause(Math.max(0, due - performance.now()));
    underWay.push(stage.toggleTimed([place]).then((at) => commits.set(place, at)));
  }
  await Promise.all(underWay);
  await pause(COMMIT_INTERVAL_MS); // the last one arrives
  return commits;
}

function latencies(
  commits: ReadonlyMap<number, number>,
  arrivals: readonly { place: number; at: number }[],
): number[] {
  const times = arrivals.map(({ place, at }) => at - commits.get(place)!);
  if (times.length !== commits.size) throw new Error(`${times.length} of ${commits.size} commits arrived`);
  return times;
}
