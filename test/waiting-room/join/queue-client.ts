import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

import type { Client } from '../../support/client.ts';

const ENTRY = 'entry { id state place token pass visitEndsAt }';

/** Solve a challenge as ALTCHA's clients do. */
export async function solve(challenge: string): Promise<string> {
  const parsed = JSON.parse(challenge) as Challenge;
  const solution = await solveChallenge({ challenge: parsed, deriveKey });
  return Buffer.from(JSON.stringify({ challenge: parsed, solution })).toString('base64');
}

/** A challenge of the Event for this client; null: joining takes none. */
export const challengeOf = async (client: Client, event: string) =>
  (
    await client.ask<{ queueChallenge: { challenge: string; attempts: number; expiresAt: string } | null }>(
      'query ($event: ID!) { queueChallenge(event: $event) { challenge attempts expiresAt } }',
      { event },
    )
  ).queueChallenge;

/** Get a challenge, and solve it. */
export const solutionFor = async (client: Client, event: string): Promise<string> =>
  solve((await challengeOf(client, event))!.challenge);

/** Join, with what is given. */
export const join = (client: Client, event: string, input: { solution?: string; token?: string } = {}) =>
  client.mutate(
    'joinQueue',
    { event, ...input },
    `... on QueueJoined { ${ENTRY} waitingRoom { generation } }`,
  );

/** Leave. */
export const leave = (client: Client, event: string) => client.mutate('leaveQueue', { event });
