import { setTimeout as pause } from 'node:timers/promises';

import type { Decoder } from '../clients/decoder.ts';
import { deltaOf, openLiveMaps, openReceiver, seatMapSubscribers, type LiveMaps } from '../live-maps.ts';
import { measureRatio, percentile, type Row } from '../measure.ts';
import { startRpcChild } from '../rpc.ts';
import type { BenchStack } from '../stack.ts';

const SUBSCRIBERS = 1_000;
const PLACES = 2_000;
const PUBLICATION = 'onsale_realtime';
/** The server's window of coalescing; see docs/realtime-protocol.md. */
const COALESCE_MS = 50;
/** Open loop: commits do not wait for each other, and no two are in one window. */
const COMMIT_INTERVAL_MS = 100;
const JITTER_MS = 20;
const COMMITS = 170;

/**
 * P13: latency from a commit to the last of 1,000 subscribers, without the window of coalescing, over the latency to a
 * client that only decodes the log of Postgres; both at the 99th percentile.
 */
export async function freshnessRow(stack: BenchStack): Promise<Row> {
  await using maps = await openLiveMaps(stack, 1, PLACES);
  const lastSubscriber: number[] = [];
  const decoded: number[] = [];
  return await measureRatio(
    'P13',
    `commit to the last of 1,000 subscribers, p99, less ${COALESCE_MS} ms of coalescing ÷ logical decoding alone, p99`,
    {
      name: 'Onsale',
      run: async () => {
        await using receiver = openReceiver();
        await receiver.call('open', [seatMapSubscribers(stack.url, maps.events[0]!, SUBSCRIBERS)]);
        await receiver.call('reset');
        const commits = await commitAtIntervals(maps);
        const { groups } = await receiver.call('waitUntilQuiet', 1);
        const { messages, completeAt } = groups[0]!;
        const arrivals = messages.flatMap((message, n) =>
          deltaOf(message).places.map((place) => ({ place, at: completeAt[n]! })),
        );
        const times = latencies(commits, arrivals);
        lastSubscriber.push(...times);
        return percentile(times, 0.99) - COALESCE_MS;
      },
    },
    {
      name: 'decoding alone',
      run: async () => {
        await using decoder = startRpcChild<Decoder>('bench/clients/decoder.ts');
        await decoder.call('start', stack.databaseUrl, PUBLICATION, 'place');
        const commits = await commitAtIntervals(maps);
        const arrivals = await decoder.call('takeArrivals');
        const times = latencies(
          commits,
          arrivals.map(({ value, at }) => ({ place: Number(value), at })),
        );
        await decoder.call('stop');
        decoded.push(...times);
        return percentile(times, 0.99);
      },
    },
    async () => [
      `to the last subscriber, coalescing included: p50 ${percentile(lastSubscriber, 0.5).toFixed(1)} ms, p99 ${percentile(lastSubscriber, 0.99).toFixed(1)} ms, maximum ${Math.max(...lastSubscriber).toFixed(1)} ms`,
      `decoding alone: p50 ${percentile(decoded, 0.5).toFixed(2)} ms, p99 ${percentile(decoded, 0.99).toFixed(2)} ms; ${1_000 / COMMIT_INTERVAL_MS} commits a second, ${decoded.length} on each side`,
    ],
    { unit: 'ms' },
  );
}

/** Toggle one place per interval. Returns when the commit of each place was sent. */
async function commitAtIntervals(maps: LiveMaps): Promise<Map<number, number>> {
  const commits = new Map<number, number>();
  const startedAt = performance.now();
  const pending: Promise<unknown>[] = [];
  for (let place = 0; place < COMMITS; place++) {
    const due = startedAt + place * COMMIT_INTERVAL_MS + Math.random() * JITTER_MS;
    await pause(Math.max(0, due - performance.now()));
    pending.push(maps.toggleTimed([place]).then((at) => commits.set(place, at)));
  }
  await Promise.all(pending);
  await pause(COMMIT_INTERVAL_MS); // until the last commit has arrived
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
