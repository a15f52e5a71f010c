import type { Crowd } from './crowd.ts';
import type { Person } from './person.ts';
import { QueueSocket } from './queue-socket.ts';

/** A client asks again after a part of the shortest wait that it was promised. */
const MIN_POLL_MS = 4_000;
const RECONNECT_MS = 1_000;
const LAST_STATES: ReadonlySet<string> = new Set(['ADMITTED', 'GONE', 'NOT_JOINED', 'CLOSED']);

/** Wait until the last state, or until a moment. */
export async function follow(crowd: Crowd, person: Person, until: number): Promise<void> {
  const isOver = () => crowd.agenda.isStopped || LAST_STATES.has(person.state) || Date.now() >= until;
  while (!isOver()) {
    if (person.choices.watches === 'poll') await poll(crowd, person, until);
    else await subscribe(crowd, person, until);
  }
}

/** Ask once, after the time that a client waits before it does. */
async function poll({ api, agenda, event, options }: Crowd, person: Person, until: number): Promise<void> {
  const { token, minWaitSeconds, sender, number } = person;
  const spread = 0.8 + (0.4 * (number % 64)) / 64;
  const promisedMs = minWaitSeconds === null ? Infinity : minWaitSeconds * 500;
  const pauseMs = Math.min(options.pollMs, Math.max(MIN_POLL_MS, promisedMs)) * spread;
  const at = Date.now() + pauseMs;
  await agenda.until(Math.min(at, until));
  if (at > until || agenda.isStopped) return;
  const status = await api.ask(sender, 'queueStatus', { event, token });
  if (status !== null) person.note(status);
}

/** Subscribe until the last state, until a moment, or until the connection is lost. */
async function subscribe(crowd: Crowd, person: Person, until: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<'last' | 'lost'>();
  const watcher = { person, openedAt: Date.now(), isStale: false };
  const socket = new QueueSocket(
    {
      ...crowd.addressOfSocket(person),
      authorization: person.sender.authorization,
      event: crowd.event,
      token: person.token,
    },
    (position) => {
      if (watcher.person.stay !== null) person.stay!.subscribedAt ??= Date.now();
      person.note(position);
      crowd.updates++;
      if (LAST_STATES.has(position.state)) resolve('last');
    },
    (why) => {
      if (crowd.watchers.has(watcher)) crowd.tally.count(`subscription: ${why.slice(0, 80)}`);
      resolve('lost');
    },
  );
  crowd.watchers.add(watcher);
  const end = await Promise.race([promise, crowd.agenda.until(until)]);
  crowd.watchers.delete(watcher);
  socket.close();
  if (person.stay !== null && person.state !== 'GONE') person.stay.heardAt = Date.now();
  if (end === 'last') return;
  if (person.stay !== null) person.stay.subscribedAt = null;
  if (end === 'lost') await crowd.agenda.sleep(RECONNECT_MS);
}
