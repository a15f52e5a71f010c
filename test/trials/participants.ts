import { setTimeout as pause } from 'node:timers/promises';

import type { TransportName } from '../../src/client/index.ts';
import { mapInDatabase } from '../seat-map/random-sales.ts';
import { randomNumbers } from '../support/race.ts';
import type { SeededEvent } from '../support/seed.ts';
import type { Stage } from './deployment.ts';
import { Chronicle } from './observer.ts';
import type { Hear } from './tampering-proxy.ts';
import { Watcher } from './watcher.ts';

/** Both ways to follow. */
export const TRANSPORTS: readonly TransportName[] = ['websocket', 'sse'];
/** Per transport: who stays, and who comes and goes. */
const RESIDENTS = 2;
const RESTLESS = 3;
const ACTS = ['break off', 'be away', 'stall', 'go'] as const;
/** Enough copies that a reader who stalls is cut off within seconds: the kernel holds some megabytes for him first. */
const COPIES = 900;
/** How often to look whether it is time for the next thing. */
const LOOK_EVERY_MS = 20;
/** How often to ask the servers whether they have cut somebody off. */
const ASK_EVERY_MS = 250;

/** Everybody who watches one Event. */
export interface Cast extends AsyncDisposable {
  /** Those who stay from beginning to end. */
  residents: readonly Watcher[];
  all: readonly Watcher[];
  /** What the restless do, and what of that was done: `transport: act`. */
  acts: readonly string[];
  done: ReadonlySet<string>;
  /** From now on they come, go, break off, stall and resume, as the seed says. */
  stir(): void;
  /** Let everybody come back, and stay. */
  settle(): Promise<void>;
  /** What the servers did against the rules, as far as they were heard. */
  problems(): string[];
  /** Whose map is not what the database says now, or said to lag behind. */
  differences(): Promise<string[]>;
}

/** Let everybody in. A `meddler` in the line of a resident may change what the server says. */
export async function openCast(
  stage: Stage,
  { id, event }: SeededEvent,
  seed: number,
  meddler?: { of: TransportName; meddle: Hear },
): Promise<Cast> {
  await using opening = new AsyncDisposableStack();
  const chronicle = new Chronicle();
  const below = randomNumbers(seed);
  async function enter(
    transport: TransportName,
    kind: string,
    more: { copies?: number; meddle?: Hear } = {},
  ) {
    const watcher = await Watcher.open({
      ...{ name: `${kind} over ${transport}`, transport, event, chronicle, ...more },
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
    for (let number = 1; number <= RESIDENTS; number++) {
      const meddle = number === RESIDENTS && meddler?.of === transport ? meddler.meddle : null;
      residents.push(await enter(transport, `resident ${number}`, meddle ? { meddle } : {}));
    }
    for (let number = 1; number <= RESTLESS; number++)
      restless.push(await enter(transport, `restless ${number}`));
    gluttons.push({ transport, watcher: await enter(transport, 'glutton', { copies: COPIES }) });
  }
  const all = [...residents, ...restless, ...gluttons.map(({ watcher }) => watcher)];

  const done = new Set<string>();
  let settling = false;
  const moving: Promise<void>[] = [];
  /** Wait for something, or until everybody is to settle. */
  async function until(look: () => boolean | Promise<boolean>, everyMs = LOOK_EVERY_MS): Promise<void> {
    while (!settling && !(await look())) await pause(everyMs);
  }
  /** Wait until somebody has been told so much more. */
  const toldMore = ({ observer: { count } }: Watcher, updates: number) => {
    const enough = count.updates + updates;
    return until(() => count.updates >= enough);
  };

  async function beRestless(watcher: Watcher): Promise<void> {
    const { line } = watcher;
    const meanwhile = () => toldMore(residents[below(residents.length)]!, 1 + below(6));
    while (!settling) {
      await toldMore(watcher, 1 + below(8));
      const act = ACTS[below(ACTS.length)]!;
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
    const { line, observer } = watcher;
    while (!settling) {
      const before = await stage.cutOff(transport);
      const { connections } = observer.count;
      line.stall(true);
      const isCutOff = async () => (await stage.cutOff(transport)) > before;
      await until(async () => observer.count.connections > connections || (await isCutOff()), ASK_EVERY_MS);
      line.stall(false);
      await toldMore(watcher, 5);
    }
  }

  const owned = opening.move();
  return {
    ...{ residents, all, done },
    acts: ACTS,
    stir() {
      settling = false;
      for (const watcher of restless) moving.push(beRestless(watcher));
      for (const glutton of gluttons) moving.push(gorge(glutton));
    },
    async settle() {
      settling = true;
      await Promise.all(moving.splice(0));
    },
    problems: () => all.flatMap(({ problems }) => problems),
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
