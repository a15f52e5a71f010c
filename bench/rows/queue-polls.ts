import { closedLoop } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { openBaseline, type BenchStack } from '../stack.ts';
import { joinAll, openFans, openRoom, send, waitingPolls } from '../waiting-room/room.ts';

const SECONDS = 8;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 48;
const WAITING = 500;
/** They join before it. */
const OPENS_IN_SECONDS = 8;

/** P15: polls of `queueStatus` by viewers in line, over bare Fastify that sends as many bytes. */
export async function queuePollsRow(stack: BenchStack): Promise<Row> {
  const { event } = await openRoom(stack, { opensInSeconds: OPENS_IN_SECONDS });
  const fans = await openFans(stack, 'waiting', WAITING);
  await joinAll(stack.url, event, fans);
  const polls = await waitingPolls(stack.url, event, fans);
  const [fan, body] = polls[0]!;
  const bytes = (await send(stack.url, fan, body)).trimEnd();
  await using bare = await openBaseline('bench/servers/bare.ts', { body: bytes });

  let failures = 0;
  const side = (name: string, url: string) => {
    const pollFor = async (seconds: number) => {
      let next = 0;
      const poll = () => polls[next % polls.length]!;
      const result = await closedLoop({
        url: `${url}/graphql`,
        connections: CONNECTIONS,
        seconds,
        headers: () => ({ authorization: `Bearer ${poll()[0]}` }),
        body: () => polls[next++ % polls.length]![1],
        isSuccess: (response) => response.includes('"WAITING"'),
      });
      failures += result.failures;
      return result.perSecond;
    };
    const run = async () => {
      await pollFor(WARM_UP_SECONDS);
      return pollFor(SECONDS);
    };
    return { name, run };
  };
  return await measureRatio(
    'P15',
    'polls of `queueStatus`/s ÷ bare Fastify, as many bytes',
    side(`Onsale, ${CONNECTIONS} connections`, stack.url),
    side('bare Fastify', bare.url),
    async () => [
      `${polls.length} viewers in line, ${Buffer.byteLength(bytes)} bytes per response; ${failures} failures`,
    ],
  );
}
