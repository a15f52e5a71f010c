import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';

import { decodeIdOf } from '../../src/platform/ids.ts';
import { roomKeys } from '../../src/waiting-room/line/keys.ts';
import { closedLoop } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { redisBenchmark } from '../redis-benchmark.ts';
import { REDIS_PREFIX, type BenchStack } from '../stack.ts';
import { joinAll, joinBody, openFans, openRoom } from '../waiting-room/room.ts';

const CLIENTS = 48;
const JOINS = 20_000;
/** A run of two seconds. */
const SCRIPT_RUNS = 60_000;
const WARM_UP_JOINS = 4_000;

/** P14: viewers who join through the API, each for the first time, over redis-benchmark of the script that joining runs. */
export async function joinsRow(stack: BenchStack): Promise<Row> {
  const command = await joinCommand(stack);
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
      run: () => redisBenchmark(stack.redisUrl, command, { clients: CLIENTS, requests: SCRIPT_RUNS }),
    },
    async () => [
      `${JOINS.toLocaleString('en')} viewers a round, whose Bearer tokens are new; ${failures} failures`,
    ],
  );
}

const script = (name: string) =>
  readFileSync(new URL(`../../src/waiting-room/line/scripts/${name}.lua`, import.meta.url), 'utf8');

/** The command that lets a new entry into a room before its opening, which the server has begun. */
async function joinCommand(stack: BenchStack): Promise<string[]> {
  const { event } = await openRoom(stack);
  await joinAll(stack.url, event, await openFans(stack, 'first', 1));
  const keys = roomKeys(REDIS_PREFIX, { eventId: decodeIdOf('Event', event)!.id, generation: 1 });
  const redis = new Redis(stack.redisUrl, { lazyConnect: true });
  try {
    await redis.connect();
    const sha = (await redis.script('LOAD', `${script('room')}\n${script('join')}`)) as string;
    return ['evalsha', sha, String(keys.length), ...keys, 'entry-__rand_int__', ''];
  } finally {
    redis.disconnect();
  }
}
