import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

import { cpuSeconds } from '../clocks.ts';
import { measureRatio, type Row } from '../measure.ts';
import type { BenchStack } from '../stack.ts';
import { joinAll, joinBody, openFans, openRoom } from '../waiting-room/room.ts';

/** /proc counts hundredths of a second: a round of the server's side is a few dozen of them. */
const JOINS = 400;
/** Up to 8 entries of an address, the work is the lowest. */
const ENTRIES_PER_ADDRESS = 8;
const WARM_UP_JOINS = 4_000;
const CONCURRENCY = 10;
const CHALLENGE = `query ($event: ID!) { queueChallenge(event: $event) { challenge } }`;

/** P23: processor time that solving the easiest challenge takes, over that of the server for the challenge and the join. */
export async function botsRow(stack: BenchStack): Promise<Row> {
  let rounds = 0;
  let offered = { event: '', fans: [''], challenges: [''], solutions: [''], serverSeconds: 0 };

  const solve = async () => {
    const { event } = await openRoom(stack, { requiresChallenge: true });
    const fans = await openFans(stack, `bot-${rounds++}`, JOINS);
    const before = await cpuSeconds(stack.pid);
    const challenges = await eachFan(fans, async (fan, agent) => {
      const response = await post(stack.url, {
        fan,
        agent,
        body: JSON.stringify({ query: CHALLENGE, variables: { event } }),
      });
      return JSON.parse(response).data.queueChallenge.challenge as string;
    });
    const serverSeconds = (await cpuSeconds(stack.pid)) - before;
    const used = process.cpuUsage();
    const solutions: string[] = [];
    for (const challenge of challenges) solutions.push(await solved(challenge));
    const { user, system } = process.cpuUsage(used);
    offered = { event, fans, challenges, solutions, serverSeconds };
    return (user + system) / 1_000 / JOINS;
  };
  const join = async () => {
    const { event, fans, solutions, serverSeconds } = offered;
    const before = await cpuSeconds(stack.pid);
    await eachFan(fans, async (fan, agent, index) => {
      const response = await post(stack.url, { fan, agent, body: joinBody(event, solutions[index]) });
      if (!response.includes('"QueueJoined"')) throw new Error(`not joined: ${response}`);
    });
    return (((await cpuSeconds(stack.pid)) - before + serverSeconds) * 1_000) / JOINS;
  };
  const warmUp = await openRoom(stack);
  await joinAll(stack.url, warmUp.event, await openFans(stack, 'warm-up', WARM_UP_JOINS));
  return await measureRatio(
    'P23',
    'processor time of a bot ÷ that of the server, per accepted join with the easiest challenge',
    { name: 'bot, altcha-lib', run: solve },
    { name: 'server, challenge and join', run: join },
    async () => [`${JOINS} joins a round, ${ENTRIES_PER_ADDRESS} of each address`],
    { unit: 'ms' },
  );
}

async function solved(text: string): Promise<string> {
  const challenge = JSON.parse(text) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

/** Call for each viewer, with a kept connection from the loopback address that is its own; addresses side by side. */
async function eachFan<Result>(
  fans: readonly string[],
  work: (fan: string, agent: Agent, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const starts = Array.from({ length: fans.length / ENTRIES_PER_ADDRESS }, (_, n) => n).values();
  const workOnAddresses = async () => {
    for (const n of starts) {
      const agent = new Agent({ keepAlive: true, localAddress: `127.0.1.${1 + n}` });
      for (let index = n * ENTRIES_PER_ADDRESS; index < (n + 1) * ENTRIES_PER_ADDRESS; index++)
        results[index] = await work(fans[index]!, agent, index);
      agent.destroy();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, workOnAddresses));
  return results;
}

async function post(
  url: string,
  { fan, agent, body }: { fan: string; agent: Agent; body: string },
): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${fan}` };
  const sent = request(`${url}/graphql`, { method: 'POST', agent, headers });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  sent.on('response', (response) => void text(response).then(resolve, reject)).on('error', reject);
  sent.end(body);
  return promise;
}
