import { setTimeout as pause } from 'node:timers/promises';

import type { TransportName } from '../../src/client/index.ts';
import { mapInDatabase } from '../seat-map/random-sales.ts';
import { randomNumbers } from '../support/race.ts';
import type { SeededEvent } from '../support/seed.ts';
import type { Deployment } from './deployment.ts';
import { SharedHistory } from './observer.ts';
import type { Tamper } from './tampering-proxy.ts';
import { Watcher } from './watcher.ts';

export const TRANSPORTS: readonly TransportName[] = ['websocket', 'sse'];
/** Clients per transport: those that stay connected, and those that disconnect at random. */
const STABLE_PER_TRANSPORT = 2;
const UNSTABLE_PER_TRANSPORT = 3;
const ACTIONS = ['disconnect', 'stay away', 'stall', 'leave'] as const;
/** Copies of `places` in a slow consumer's query: it is dropped within seconds, after megabytes in kernel buffers. */
const COPIES = 900;
const POLL_MS = 20;
const METRICS_POLL_MS = 250;

/** All clients that subscribe to one Event. */
export interface Participants extends AsyncDisposable {
  /** Those that stay connected from beginning to end. */
  stable: readonly Watcher[];
  all: readonly Watcher[];
  /** Actions of unstable clients, and those performed so far: `transport: action`. */
  actions: readonly string[];
  performed: ReadonlySet<string>;
  /** Let unstable clients disconnect, stall, leave and resume, by the seed. */
  startActions(): void;
  /** Let all clients reconnect, and stay. */
  stopActions(): Promise<void>;
  /** Violations of the protocol that the clients observed. */
  violations(): string[];
  /** Clients whose map is stale or differs from the database. */
  differences(): Promise<string[]>;
}

/** Connect all clients. `tampering` alters the updates of one stable client. */
export async function openParticipants(
  deployment: Deployment,
  { id, event }: SeededEvent,
  seed: number,
  tampering?: { of: TransportName; tamper: Tamper },
): Promise<Participants> {
  await using opening = new AsyncDisposableStack();
  const history = new SharedHistory();
  const below = randomNumbers(seed);
  async function openWatcher(
    transport: TransportName,
    kind: string,
    more: { copies?: number; tamper?: Tamper } = {},
  ) {
    const watcher = await Watcher.open({
      ...{ name: `${kind} over ${transport}`, transport, event, history, ...more },
      chooseApi: () => deployment.apis[below(deployment.apis.length)]!.url,
      random: () => below(100) / 1_000, // a tenth of the usual backoff
    });
    opening.use(watcher).join();
    return watcher;
  }

  const stable: Watcher[] = [];
  const unstable: Watcher[] = [];
  const slowConsumers: { transport: TransportName; watcher: Watcher }[] = [];
  for (const transport of TRANSPORTS) {
    for (let number = 1; number <= STABLE_PER_TRANSPORT; number++) {
      const tamper = number === STABLE_PER_TRANSPORT && tampering?.of === transport ? tampering.tamper : null;
      stable.push(await openWatcher(transport, `stable client ${number}`, tamper ? { tamper } : {}));
    }
    for (let number = 1; number <= UNSTABLE_PER_TRANSPORT; number++)
      unstable.push(await openWatcher(transport, `unstable client ${number}`));
    slowConsumers.push({
      transport,
      watcher: await openWatcher(transport, 'slow consumer', { copies: COPIES }),
    });
  }
  const all = [...stable, ...unstable, ...slowConsumers.map(({ watcher }) => watcher)];

  const performed = new Set<string>();
  let stopping = false;
  const running: Promise<void>[] = [];
  /** Poll until the condition holds, or the actions are stopped. */
  async function until(holds: () => boolean | Promise<boolean>, everyMs = POLL_MS): Promise<void> {
    while (!stopping && !(await holds())) await pause(everyMs);
  }
  const receivedMore = ({ observer: { count } }: Watcher, updates: number) => {
    const enough = count.updates + updates;
    return until(() => count.updates >= enough);
  };

  async function runUnstable(watcher: Watcher): Promise<void> {
    const { relay } = watcher;
    const meanwhile = () => receivedMore(stable[below(stable.length)]!, 1 + below(6));
    while (!stopping) {
      await receivedMore(watcher, 1 + below(8));
      const action = ACTIONS[below(ACTIONS.length)]!;
      switch (action) {
        case 'disconnect':
          relay.cut();
          break;
        case 'stay away':
          relay.refuse(true);
          relay.cut();
          await meanwhile();
          relay.refuse(false);
          break;
        case 'stall':
          relay.stall(true);
          await meanwhile();
          relay.stall(false);
          break;
        case 'leave':
          await watcher.leave();
          await meanwhile();
          watcher.join();
      }
      performed.add(`${watcher.transport}: ${action}`);
    }
  }

  async function runSlowConsumer({ transport, watcher }: (typeof slowConsumers)[number]): Promise<void> {
    const { relay, observer } = watcher;
    while (!stopping) {
      const before = await deployment.slowConsumersDropped(transport);
      const { connections } = observer.count;
      relay.stall(true);
      const isDropped = async () => (await deployment.slowConsumersDropped(transport)) > before;
      await until(
        async () => observer.count.connections > connections || (await isDropped()),
        METRICS_POLL_MS,
      );
      relay.stall(false);
      await receivedMore(watcher, 5);
    }
  }

  const owned = opening.move();
  return {
    ...{ stable, all, performed },
    actions: ACTIONS,
    startActions() {
      stopping = false;
      for (const watcher of unstable) running.push(runUnstable(watcher));
      for (const slowConsumer of slowConsumers) running.push(runSlowConsumer(slowConsumer));
    },
    async stopActions() {
      stopping = true;
      await Promise.all(running.splice(0));
    },
    violations: () => all.flatMap(({ violations }) => violations),
    async differences() {
      const expected = await mapInDatabase(deployment.platform.db, id);
      return all.flatMap((watcher) => difference(watcher, expected));
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await Promise.all(running.splice(0));
      await owned.disposeAsync();
    },
  };
}

function difference({ name, map, stale, observer }: Watcher, expected: string): string[] {
  if (map === null) return [`${name} has no map`];
  if (observer.map !== map) return [`${name} has another map than its updates make`];
  const wrong = [...expected].flatMap((status, place) =>
    map[place] === status ? [] : [`${place}: ${map[place]} for ${status}`],
  );
  if (wrong.length > 0) return [`${name} is wrong about ${wrong.join(', ')}`];
  return stale ? [`${name} has a stale map`] : [];
}
