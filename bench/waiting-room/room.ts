import { setTimeout as pause } from 'node:timers/promises';

import { openEventOnSale, type EventOnSale } from '../event-on-sale.ts';
import type { BenchStack } from '../stack.ts';

const OPEN = `mutation ($input: OpenWaitingRoomInput!) { openWaitingRoom(input: $input) { __typename } }`;
const JOIN = `mutation ($input: JoinQueueInput!) { joinQueue(input: $input) {
  __typename ... on QueueJoined { entry { id state token } } } }`;
const STATUS = `query ($event: ID!, $token: String) { queueStatus(event: $event, token: $token) {
  state token place peopleAhead minWaitSeconds maxWaitSeconds } }`;

/** Attempts a minute to see a room open; it does within two seconds. */
const MAX_POLLS = 300;

/** Put an Event on sale behind a waiting room that admits one viewer. `opensInSeconds`: by default not while it is measured. */
export async function openRoom(
  stack: BenchStack,
  { opensInSeconds = 3_600, requiresChallenge = false } = {},
): Promise<EventOnSale> {
  const sale = await openEventOnSale(stack, 100);
  const input = {
    event: sale.event,
    opensAt: new Date(Date.now() + opensInSeconds * 1_000).toISOString(),
    ...{ capacity: 1, admissionsPerMinute: 1, visitSeconds: 7_200, graceSeconds: 3_600, requiresChallenge },
  };
  const { openWaitingRoom } = await stack.query(OPEN, { input });
  if (openWaitingRoom.__typename !== 'WaitingRoomOpened') throw new Error(openWaitingRoom.__typename);
  return sale;
}

/** Bearer tokens of viewers that no other measurement has. */
export function openFans(stack: BenchStack, name: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => stack.token(`bench-${name}-${n}`, 'FAN')));
}

/** Body of a request to join. */
export const joinBody = (event: string, solution?: string): string =>
  JSON.stringify({ query: JOIN, variables: { input: { event, solution } } });

/** Body of a poll with the entry's token. */
const statusBody = (event: string, token: string): string =>
  JSON.stringify({ query: STATUS, variables: { event, token } });

/** Send one request as a viewer; returns the text of the response. */
export async function send(url: string, fan: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${fan}` };
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
}

/** Join with each viewer, `concurrency` at a time. */
export async function joinAll(
  url: string,
  event: string,
  fans: readonly string[],
  concurrency = 32,
): Promise<void> {
  const left = fans.values();
  const joinNext = async () => {
    for (const fan of left) {
      const text = await send(url, fan, joinBody(event));
      if (!text.includes('"QueueJoined"')) throw new Error(`not joined: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, joinNext));
}

/** Polls of those viewers that wait, once the room is open: Bearer token and body. */
export async function waitingPolls(
  url: string,
  event: string,
  fans: readonly string[],
): Promise<[string, string][]> {
  const first = fans[0]!;
  for (let polls = 0; (await send(url, first, statusBody(event, ''))).includes('BEFORE_OPENING'); polls++) {
    if (polls > MAX_POLLS) throw new Error('the room did not open');
    await pause(200);
  }
  const polls: [string, string][] = [];
  for (const fan of fans) {
    const { data } = JSON.parse(await send(url, fan, statusBody(event, '')));
    const { state, token } = data.queueStatus;
    if (state === 'WAITING') polls.push([fan, statusBody(event, token)]);
  }
  return polls;
}
