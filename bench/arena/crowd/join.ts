import type { Crowd } from './crowd.ts';
import type { Person, Position } from './person.ts';
import { solve } from './solve.ts';

/** A challenge can be outgrown by others of the address, or run out while the server is slow. */
const MAX_CHALLENGES = 5;

/** Join, or join again; `false`: it is of no use to try further. */
export async function join(
  crowd: Crowd,
  person: Person,
  options: { withToken?: boolean } = {},
): Promise<boolean> {
  const { api, event } = crowd;
  const token = options.withToken ? person.token : null;
  for (let round = 0; round < MAX_CHALLENGES; round++) {
    const solution = person.stay === null || round > 0 ? await getSolution(crowd, person) : null;
    const answer = await api.ask(person.sender, 'joinQueue', { input: { event, solution, token } });
    if (answer?.__typename === 'QueueJoined') {
      crowd.solution ??= solution;
      person.note(positionOf(answer.entry));
      return true;
    }
    if (answer?.__typename !== 'ChallengeRefused' && answer?.__typename !== 'ChallengeRequired') return false;
  }
  return false;
}

/** Get a challenge, and solve it; null: the arena is over. */
async function getSolution({ api, event }: Crowd, { sender }: Person): Promise<string | null> {
  const answer = await api.ask(sender, 'queueChallenge', { event });
  return answer === null ? null : solve(answer.challenge);
}

/** A `QueueEntry` as a position. */
const positionOf = (entry: any): Position => ({
  state: entry.state,
  entry: entry.id,
  token: entry.token,
  place: entry.place,
  peopleAhead: null,
  minWaitSeconds: null,
  maxWaitSeconds: null,
  pass: entry.pass,
  visitEndsAt: entry.visitEndsAt,
});
