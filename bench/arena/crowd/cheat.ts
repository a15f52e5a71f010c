import type { Answer } from './api.ts';
import type { Cheat } from './choices.ts';
import type { Crowd } from './crowd.ts';
import type { Person } from './person.ts';

/** When a cheat can be tried. */
export type Moment = 'arrived' | 'joined' | 'admitted' | 'left';

const MOMENTS: Record<Cheat, Moment> = {
  'reserve without a pass': 'arrived',
  'read the map without a pass': 'arrived',
  'forge a pass': 'arrived',
  'alter the own pass': 'admitted',
  'use the pass of another viewer': 'joined',
  'use the pass after the visit': 'left',
  'use the pass of another Event': 'joined',
  'forge a token': 'joined',
  'alter the own token': 'joined',
  'use the token of another viewer': 'joined',
  'join without a solution': 'arrived',
  'use the solution of another viewer': 'arrived',
  'use an altered solution': 'arrived',
};
const SUCCESSES: ReadonlySet<string> = new Set(['TicketsReserved', 'QueueJoined']);
/** A purchase ends a visit by a job, which takes a second or two as a rule. */
const ENDED_MS = 20_000;
const OTHER_ROOM_ATTEMPTS = 20;

/** Try the person's cheat, if its moment has come, and complain if it comes through. */
export async function cheat(crowd: Crowd, person: Person, moment: Moment): Promise<void> {
  const { cheat: kind } = person.choices;
  if (kind === null || MOMENTS[kind] !== moment) return;
  const answer = await attempt(crowd, person, kind);
  if (answer === null || crowd.agenda.isStopped) return;
  const { data, code } = answer;
  const isSuccess =
    code === null && (kind.startsWith('read') ? data !== null : SUCCESSES.has(data?.__typename));
  // the judge knows when the visit ended; a success before that is counted by its answer alone
  if (kind === 'use the pass after the visit' && isSuccess) return;
  if (isSuccess) crowd.complain(`${person.viewer} managed to ${kind}`);
  else crowd.tally.count(`refused to ${kind}`);
}

/** Null: there was nothing to cheat with. */
async function attempt(crowd: Crowd, person: Person, kind: Cheat): Promise<Answer | null> {
  const { api, event } = crowd;
  const { sender, pass, token } = person;
  const reserve = (by: string | undefined) =>
    api.askOnce(
      sender,
      'reserveBestAvailable',
      { input: { event, quantity: 1, idempotencyKey: `${person.viewer}-cheat` } },
      by,
    );
  const joinWith = (input: object) => api.askOnce(sender, 'joinQueue', { input: { event, ...input } });
  const later = Math.floor(Date.now() / 1_000) + 3_600;
  switch (kind) {
    case 'reserve without a pass':
      return reserve(undefined);
    case 'read the map without a pass':
      return api.askOnce(sender, 'seatMap', { event });
    case 'forge a pass':
      return reserve(`p1.1.1.${later}.AAAAAAAAAAAAAAAAAAAAAA`);
    case 'alter the own pass':
      return reserve(pass!.replace(/^(p1\.\d+\.\d+)\.\d+/, `$1.${later}`));
    case 'use the pass of another viewer':
      return crowd.pass === null ? null : reserve(crowd.pass);
    case 'use the pass after the visit':
      await crowd.agenda.sleep(ENDED_MS);
      return useOnceMore(crowd, person, () => reserve(pass!));
    case 'use the pass of another Event': {
      const foreign = await passOfOtherEvent(crowd, person);
      return foreign === null ? null : reserve(foreign);
    }
    case 'forge a token':
      return joinWith({ token: 'q1.1.1.AAAAAAAAAAAAAAAAAAAAAA' });
    case 'alter the own token':
      return joinWith({ token: token!.replace(/^(q1\.\d+)\.\d+/, '$1.1') });
    case 'use the token of another viewer':
      return crowd.token === null ? null : joinWith({ token: crowd.token });
    case 'join without a solution':
      return joinWith({});
    case 'use the solution of another viewer':
      return crowd.solution === null ? null : joinWith({ solution: crowd.solution });
    case 'use an altered solution': {
      if (crowd.solution === null) return null;
      const text = Buffer.from(crowd.solution, 'base64').toString();
      const altered = text.replace(/"attempts":\d+/, '"attempts":99');
      return joinWith({ solution: Buffer.from(altered).toString('base64') });
    }
  }
}

async function useOnceMore(
  { passUses }: Crowd,
  { watch }: Person,
  reserve: () => Promise<Answer>,
): Promise<Answer> {
  const at = Date.now();
  const answer = await reserve();
  if (answer.data?.__typename === 'TicketsReserved') passUses.push({ entry: watch.entry!, at });
  return answer;
}

/** Join the room of another Event, which lets in all who come. */
async function passOfOtherEvent({ api, agenda, options }: Crowd, { sender }: Person): Promise<string | null> {
  const event = options.otherEvent;
  await api.ask(sender, 'joinQueue', { input: { event } });
  for (let attempt = 0; attempt < OTHER_ROOM_ATTEMPTS && !agenda.isStopped; attempt++) {
    await agenda.sleep(1_000);
    const status = await api.ask(sender, 'queueStatus', { event });
    if (status?.pass) return status.pass;
  }
  return null;
}
