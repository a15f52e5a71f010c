import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';

import { roomKeys } from '../../src/waiting-room/line/keys.ts';
import { closedLoop } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { redisBenchmark } from '../redis-benchmark.ts';
import type { BenchStack } from '../stack.ts';
import { joinBody, openFans, openRoom } from '../waiting-room/room.ts';

const CLIENTS = 48;
const JOINS = 20_000;
/** A run of two seconds. */
const SCRIPT_RUNS = 60_000;
const WARM_UP_JOINS = 4_000;

/** P14: viewers who join through the API, each for the first time, over redis-benchmark of the script that joining runs. */
export async function joinsRow(stack: BenchStack): Promise<Row> {
  await using redis = await openJoinScript(stack.redisUrl);
  let rounds = 0;
  let failures = 0;
  const joinFor = async (joins: number) => {
    const { event } = await openRoom(stack);
    const fans = await openFans(stack, `joiner-${rounds++}`, joins + CLIENTS);
    let next = 0;
    const result = await closedLoop({
      url: `${stack.url}/graphql`,
      connections: CLIENTS,
      requests: joins,
      headers: () => ({ authorization: `Bearer ${fans[next++ % fans.length]}` }),
      body: () => joinBody(event),
      isSuccess: (response) => response.includes('"QueueJoined"'),
    });
    failures += result.failures;
    return result.perSecond;
  };
  await joinFor(WARM_UP_JOINS);
  return await measureRatio(
    'P14',
    'joins/s through the API, without a challenge ÷ redis-benchmark of the same script',
    { name: `Onsale, ${CLIENTS} connections`, run: () => joinFor(JOINS) },
    {
      name: `redis-benchmark, ${CLIENTS} clients`,
      run: () => redisBenchmark(stack.redisUrl, redis.command, { clients: CLIENTS, requests: SCRIPT_RUNS }),
    },
    async () => [
      `${JOINS.toLocaleString('en')} viewers a round, whose Bearer tokens are new; ${failures} failures`,
    ],
  );
}

const script = (folder: string, name: string) =>
  readFileSync(new URL(`../../src/waiting-room/${folder}/scripts/${name}.lua`, import.meta.url), 'utf8');

/** A room before its opening, and the command that lets a new entry into it. */
async function openJoinScript(redisUrl: string): Promise<{ command: string[] } & AsyncDisposable> {
  await using opening = new AsyncDisposableStack();
  const redis = new Redis(redisUrl, { lazyConnect: true });
  opening.defer(() => redis.disconnect());
  await redis.connect();
  const keys = roomKeys('bench:', { eventId: randomUUID(), generation: 1 });
  opening.defer(async () => void (await redis.unlink(...keys)));
  const shared = script('line', 'room');
  const [reserved, settleMs, now, ttlMs] = [0, 0, '', 3_600_000];
  const begin = `${shared}\n${script('line', 'begin')}`;
  await redis.eval(begin, keys.length, ...keys, reserved, settleMs, now, ttlMs);
  const sha = (await redis.script('LOAD', `${shared}\n${script('line', 'join')}`)) as string;
  const command = ['evalsha', sha, String(keys.length), ...keys, 'entry-__rand_int__', ''];
  const owned = opening.move();
  return { command, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
