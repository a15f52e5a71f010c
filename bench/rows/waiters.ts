import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import type { ConnectionGroup } from '../clients/receiver.ts';
import { openLiveMaps, seatMapSubscribers } from '../live-maps.ts';
import { measureRatio, type Row } from '../measure.ts';
import type { BenchStack } from '../stack.ts';
import { joinAll, openFans, openRoom } from '../waiting-room/room.ts';
import { measureGrowth, startMeasuredServer, SUBSCRIBERS, WARM_UP_SUBSCRIBERS } from './memory.ts';

const PLACES = 2_000;
const QUEUE_POSITION = `subscription ($event: ID!) { queuePosition(event: $event) {
  state token place peopleAhead minWaitSeconds maxWaitSeconds pass } }`;

/** Memory of a process per viewer who waits by WebSocket, over that per idle subscriber of a seat map. */
export async function waitersRow(stack: BenchStack): Promise<Row> {
  const { event } = await openRoom(stack);
  const fans = await openFans(stack, 'waiter', WARM_UP_SUBSCRIBERS + SUBSCRIBERS);
  await joinAll(stack.url, event, fans);
  await using maps = await openLiveMaps(stack, 1, PLACES);
  const side = (name: string, groupOf: (url: string, count: number, from: number) => ConnectionGroup) => ({
    name,
    run: async () => {
      await using server = await startMeasuredServer(stack, await copyIssuer(stack));
      const measure = () => server.child.call('measure');
      return (await measureGrowth(measure, (count, from) => groupOf(server.url, count, from))).residentBytes;
    },
  });
  return await measureRatio(
    'waiters',
    'resident memory per waiting subscriber ÷ subscriber of a seat map',
    side('waiting', (url, count, from) => waiting(url, event, fans.slice(from, from + count))),
    side('seat map', (url, count) => seatMapSubscribers(url, maps.events[0]!, count)),
    async () => [
      `${SUBSCRIBERS.toLocaleString('en')} subscribers each, of as many viewers, before the opening`,
    ],
    { unit: 'bytes' },
  );
}

/** The name of files with the issuer of the stack's tokens, for a process of its own. */
async function copyIssuer(stack: BenchStack): Promise<string> {
  const fileOf = (name: string) =>
    join(stack.environment(name)['DATA_DIRECTORY']!, 'development-issuer.json');
  const name = `waiters-${randomUUID()}`;
  await cp(fileOf('server'), fileOf(name), { recursive: true });
  return name;
}

/** Connections that follow the entries of viewers. */
function waiting(url: string, event: string, tokens: readonly string[]): ConnectionGroup {
  const { hostname, port } = new URL(url);
  const payload = { query: QUEUE_POSITION, variables: { event } };
  return {
    ...{ host: hostname, port: Number(port), path: '/graphql', protocol: 'graphql-transport-ws' },
    requests: [
      '{"type":"connection_init","payload":{"authorization":"Bearer $token"}}',
      JSON.stringify({ id: '1', type: 'subscribe', payload }),
    ],
    count: tokens.length,
    initialMessages: 2, // connection_ack and where the entry stands
    tokens,
  };
}
