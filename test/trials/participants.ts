import { setTimeout as pause } from 'node:timers/promises';

import type { TransportName } from '../../src/client/index.ts';
import { mapInDatabase } from '../seat-map/random-sales.ts';
import { randomNumbers } from '../support/race.ts';
import type { SeededEvent } from '../support/seed.ts';
import type { Deployment } from './deployment.ts';
import { SharedHistory } from './observer.ts';
import type { Tamper } from './tampering-proxy.ts';
import { Watcher } from './watcher.ts';

/** Both ways to follow. */
export const TRANSPORTS: readonly TransportName[] = ['websocket', 'sse'];
/** Per transport: who stays, and who comes and goes. */
const STABLE_PER_TRANSPORT = 2;
const UNSTABLE_PER_TRANSPORT = 3;
const ACTIONS = ['break off', 'be away', 'stall', 'go'] as const;
/** Enough copies that a reader who stalls is cut off within seconds: the kernel holds some megabytes for him first. */
const COPIES = 900;
/** How often to look whether it is time for the next thing. */
const POLL_MS = 20;
/** How often to ask the servers whether they have cut somebody off. */
const METRICS_POLL_MS = 250;

/** Everybody who watches one Event. */
export interface Participants extends AsyncDisposable {
  /** Those who stay from beginning to end. */
  stable: readonly Watcher[];
  all: readonly Watcher[];
  /** What the restless do, and what of that was done: `transport: act`. */
  actions: readonly string[];
  performed: ReadonlySet<string>;
  /** From now on they come, go, break off, stall and resume, as the seed says. */
  startActions(): void;
  /** Let everybody come back, and stay. */
  stopActions(): Promise<void>;
  /** What the servers did against the rules, as far as they were heard. */
  violations(): string[];
  /** Whose map is not what the database says now, or said to lag behind. */
  differences(): Promise<string[]>;
}

/** Let everybody in. A `meddler` in the line of a resident may change what the server says. */
export async function openParticipants(
  stage: Deployment,
  { id, event }: SeededEvent,
  seed: number,
  meddler?: { of: TransportName; meddle: Tamper },
): Promise<Participants> {
  await using opening = new AsyncDisposableStack();
  const chronicle = new SharedHistory();
  const below = randomNumbers(seed);
  async function enter(
    transport: TransportName,
    kind: string,
    more: { copies?: number; meddle?: Tamper } = {},
  ) {
    const watcher = await Watcher.open({
      ...{ name: `${kind} over ${transport}`, transport, event, history: chronicle, ...more },
      chooseApi: () => stage.apis[below(stage.apis.length)]!.url,
      random: () => below(100) / 1_000, // they wait as everybody does, but not as long
    });
    opening.use(watcher).join();
    return watcher;
  }

  const residents: Watcher[] = [];
  const restless: Watcher[] = [];
  const gluttons: { transport: TransportName; watcher: Watcher }[] = [];
  for (const transport of TRANSPORTS) {
    for (let number = 1; number <= STABLE_PER_TRANSPORT; number++) {
      const meddle = number === STABLE_PER_TRANSPORT && meddler?.of === transport ? meddler.meddle : null;
      residents.push(await enter(transport, `resident ${number}`, meddle ? { meddle } : {}));
    }
    for (let number = 1; number <= UNSTABLE_PER_TRANSPORT; number++)
      restless.push(await enter(transport, `restless ${number}`));
    gluttons.push({ transport, watcher: await enter(transport, 'glutton', { copies: COPIES }) });
  }
  const all = [...residents, ...restless, ...gluttons.map(({ watcher }) => watcher)];

  const done = new Set<string>();
  let settling = false;
  const moving: Promise<void>[] = [];
  /** Wait for something, or until everybody is to settle. */
  async function until(look: () => boolean | Promise<boolean>, everyMs = POLL_MS): Promise<void> {
    while (!settling && !(await look())) await pause(everyMs);
  }
  /** Wait until somebody has been told so much more. */
  const toldMore = ({ observer: { count } }: Watcher, updates: number) => {
    const enough = count.updates + updates;
    return until(() => count.updates >= enough);
  };

  async function beRestless(watcher: Watcher): Promise<void> {
    const { relay: line } = watcher;
    const meanwhile = () => toldMore(residents[below(residents.length)]!, 1 + below(6));
    while (!settling) {
      await toldMore(watcher, 1 + below(8));
      const act = ACTIONS[below(ACTIONS.length)]!;
      switch (act) {
        case 'break off':
          line.cut();
          break;
        case 'be away':
          line.refuse(true);
          line.cut();
          await meanwhile();
          line.refuse(false);
          break;
        case 'stall':
          line.stall(true);
          await meanwhile();
          line.stall(false);
          break;
        case 'go':
          await watcher.leave();
          await meanwhile();
          watcher.join();
      }
      done.add(`${watcher.transport}: ${act}`);
    }
  }

  async function gorge({ transport, watcher }: (typeof gluttons)[number]): Promise<void> {
    const { relay: line, observer } = watcher;
    while (!settling) {
      const before = await stage.slowConsumersDropped(transport);
      const { connections } = observer.count;
      line.stall(true);
      const isCutOff = async () => (await stage.slowConsumersDropped(transport)) > before;
      await until(
        async () => observer.count.connections > connections || (await isCutOff()),
        METRICS_POLL_MS,
      );
      line.stall(false);
      await toldMore(watcher, 5);
    }
  }

  const owned = opening.move();
  return {
    ...{ stable: residents, all, performed: done },
    actions: ACTIONS,
    startActions() {
      settling = false;
      for (const watcher of restless) moving.push(beRestless(watcher));
      for (const glutton of gluttons) moving.push(gorge(glutton));
    },
    async stopActions() {
      settling = true;
      await Promise.all(moving.splice(0));
    },
    violations: () => all.flatMap(({ violations: problems }) => problems),
    async differences() {
      const truth = await mapInDatabase(stage.platform.db, id);
      return all.flatMap((watcher) => difference(watcher, truth));
    },
    async [Symbol.asyncDispose]() {
      settling = true;
      await Promise.all(moving.splice(0));
      await owned.disposeAsync();
    },
  };
}

function difference({ name, map, stale, observer }: Watcher, truth: string): string[] {
  if (map === null) return [`${name} has no map`];
  if (observer.map !== map) return [`${name} has another map than it was told`];
  const wrong = [...truth].flatMap((letter, place) =>
    map[place] === letter ? [] : [`${place}: ${map[place]} for ${letter}`],
  );
  if (wrong.length > 0) return [`${name} is wrong about ${wrong.join(', ')}`];
  return stale ? [`${name} has a map that lags behind`] : [];
}
