import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Redis } from 'ioredis';

import { openServerPool } from '../../src/platform/db/pool.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../src/platform/telemetry/metrics.ts';
import { LineSteps } from '../../src/waiting-room/admission/line-steps.ts';
import { lineChannel, roomKeys } from '../../src/waiting-room/line/keys.ts';
import { Line } from '../../src/waiting-room/line/line.ts';
import { formatNumber, measureRatio, median, type Row } from '../measure.ts';
import type { BenchStack } from '../stack.ts';

const SIZES = [1_000, 100_000, 1_000_000] as const;
const STEPS = 20;
/** Of the shortest line a fifth is left in the end. */
const ADMISSIONS_PER_STEP = 4;
const PART = 10_000;
const FENCE = 1;
const GRACE_MS = 3_600_000;
const VISIT_MS = 600_000;

/**
 * One step of admission in Redis (begin, propose and admit) by the length of the line, what a waiter takes in Redis, and the messages
 * published. The transaction in Postgres between them inserts the admissions, whatever the length.
 */
export async function admissionStepRows(stack: BenchStack): Promise<Row[]> {
  await using lines = await openLines(stack);
  const lengths = new Map<number, FilledLine>();
  for (const size of SIZES) lengths.set(size, await lines.fill(size));
  const side = (size: number) => ({
    name: `${size.toLocaleString('en')} waiting`,
    run: () => lengths.get(size)!.step(),
  });
  const [shortest, middle, longest] = SIZES;
  const notes = async () => {
    const of = [...lengths.values()];
    return [
      `${ADMISSIONS_PER_STEP} admissions a step, median of ${STEPS} steps`,
      `bytes of Redis per waiter: ${of.map(({ bytesEach, size }) => `${formatNumber(bytesEach)} at ${size.toLocaleString('en')}`).join(', ')}`,
      `messages per step: ${of.map(({ messagesPerStep, size }) => `${formatNumber(messagesPerStep())} at ${size.toLocaleString('en')}`).join(', ')}`,
    ];
  };
  const options = { unit: 'ms', rounds: 5 };
  return [
    await measureRatio('line', 'a step of admission at 100,000 waiting ÷ at 1,000', side(middle), side(shortest), async () => [], options),
    await measureRatio('line', 'a step of admission at 1,000,000 waiting ÷ at 1,000', side(longest), side(shortest), notes, options),
  ]; // prettier-ignore
}

interface FilledLine {
  size: number;
  bytesEach: number;
  messagesPerStep: () => number;
  /** Milliseconds of a step. */
  step(): Promise<number>;
}

async function openLines(
  stack: BenchStack,
): Promise<{ fill(size: number): Promise<FilledLine> } & AsyncDisposable> {
  await using opening = new AsyncDisposableStack();
  const log = openLog('warn');
  const metrics = openMetrics();
  const redis = opening.use(openRedis(stack.redisUrl, { prefix: 'bench:', log, metrics, commandMs: 10_000 }));
  const { db } = opening.use(openServerPool(stack.databaseUrl, 1));
  const connection = redis.connection!;
  const line = new Line({ db, redis, metrics });
  const usedBytes = async () => Number(/used_memory:(\d+)/.exec(await connection.info('memory'))![1]);
  const subscriber = new Redis(stack.redisUrl);
  opening.defer(() => subscriber.disconnect());
  const received = new Map<string, number>();
  subscriber.on('smessage', (channel: string) => received.set(channel, (received.get(channel) ?? 0) + 1));
  if (!redis.available()) await once(connection, 'ready');
  const owned = opening.move();
  return {
    async fill(size) {
      const room = { eventId: randomUUID(), generation: 1 };
      const keys = roomKeys(redis.prefix, room);
      owned.defer(async () => void (await connection.unlink(...keys.slice(0, -1))));
      const steps = new LineSteps(line, room);
      const before = await usedBytes();
      const begun = await steps.startRestoring(FENCE, { placesReserved: size, served: 0, abandoned: 0 });
      if (begun === null) throw new Error('the line was not begun');
      for (let place = 1; place <= size; place += PART)
        await line.writePlaces(room, Array.from({ length: Math.min(PART, size - place + 1) }, (_, n) => [entryOf(place + n), place + n] as const));
      await steps.finishRestoring(FENCE, 'open', 0);
      const open = { ...room, phase: 'OPEN' as const };
      for (let place = 1; place <= size; place += PART)
        await line.touch(open, Array.from({ length: Math.min(PART, size - place + 1) }, (_, n) => entryOf(place + n)));
      await connection.hdel(keys[0]!, 'scanFrom', 'scanTo'); // no place is missing
      const bytesEach = ((await usedBytes()) - before) / size;
      const channel = lineChannel(redis.prefix, room);
      await subscriber.ssubscribe(channel);
      let count = 0;
      return {
        size,
        bytesEach,
        messagesPerStep: () => (received.get(channel) ?? 0) / count,
        async step() {
          const times: number[] = [];
          for (let n = 0; n < STEPS; n++) times.push(await oneStep(steps));
          count += STEPS;
          return median(times);
        },
      };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }; // prettier-ignore
}

/** 32 characters, as ids of entries have. */
const entryOf = (place: number): string => place.toString(16).padStart(32, 'e');

async function oneStep(steps: LineSteps): Promise<number> {
  const began = performance.now();
  const beat = await steps.beat(FENCE, GRACE_MS);
  const proposal = await steps.propose(FENCE, GRACE_MS, ADMISSIONS_PER_STEP);
  if (beat?.stage !== 'open' || proposal?.places.length !== ADMISSIONS_PER_STEP)
    throw new Error('the step failed');
  const visitEndsAt = new Date(Date.now() + VISIT_MS);
  const visits = proposal.places.map(([entry, place]) => ({ entry, place, visitEndsAt }));
  await steps.admit(FENCE, visits, { head: proposal.head, measuredRate: 60, isSoldOut: false });
  return performance.now() - began;
}
