import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { verifyDraw, type PublishedDraw } from '../../src/waiting-room/draw/verify-draw.ts';
import { startRpcChild, type RpcChild } from '../rpc.ts';
import type { CrowdOptions, CrowdProcess, CrowdProgress, CrowdResult } from './crowd/crowd-process.ts';
import { addNumbers } from './crowd/tally.ts';
import type { Evidence, Violation } from './evidence.ts';
import { judge } from './judge/judge.ts';
import { peakMemory } from './memory.ts';
import { Observer } from './observer.ts';
import type { ArenaOptions } from './options.ts';
import type { Figures } from './report.ts';
import { openOtherSale, openSale, type Sale } from './sale.ts';
import { Screen } from './screen.ts';
import { openArenaStack, type ArenaStack } from './stack.ts';

export interface ArenaResult {
  evidence: Evidence;
  violations: Violation[];
  figures: Figures;
}

const CROWD = join(import.meta.dirname, 'crowd/main.ts');
const TICK_MS = 500;
/** After the last ticket: until subscriptions must show it, and visits of buyers have ended. */
const SETTLE_MS = 15_000;

/** Run a sale from the arrival of the first person until it is sold out, and judge it; throws when it is aborted. */
export async function runArena(
  options: ArenaOptions,
  { out, print, signal }: { out: NodeJS.WriteStream; print: (line: string) => void; signal: AbortSignal },
): Promise<ArenaResult> {
  const beganAt = performance.now();
  print(describe(options));
  await using stack = await openArenaStack(options);
  signal.throwIfAborted();
  const otherEvent = await openOtherSale(stack);
  await using crowds = new AsyncDisposableStack();
  const children = Array.from({ length: options.crowds }, () =>
    crowds.use(startRpcChild<CrowdProcess>(CROWD)),
  );
  const sale = await openSale(stack, options);
  await using observer = await Observer.open(stack, sale);
  const common: Omit<CrowdOptions, 'index'> = {
    processes: children.length,
    startsAt: sale.opensAt - options.choices.earlyMs,
    ...{ choices: options.choices, apis: stack.apis, event: sale.event, otherEvent, seats: options.seats },
    ...{
      issuerFile: stack.issuerFile,
      redisUrl: stack.redisUrl,
      channel: observer.channel,
      pollMs: options.pollMs,
    },
  };
  await Promise.all(children.map((child, index) => child.call('open', { ...common, index })));
  await Promise.all(children.map((child) => child.call('start')));

  const watched = await watch({ options, observer, children, out, stack, signal });
  const results = await Promise.all(children.map((child) => child.call('stop')));
  const evidence = await gather({ options, stack, sale, observer, results });
  return {
    evidence,
    violations: judge(evidence),
    figures: {
      ...watched,
      numbers: addNumbers(results.map(({ numbers }) => numbers)),
      seconds: (performance.now() - beganAt) / 1_000,
    },
  };
}

/** Show how far the sale is until a moment after it is sold out, or until its time is over. */
async function watch({
  options,
  observer,
  children,
  out,
  stack,
  signal,
}: {
  options: ArenaOptions;
  observer: Observer;
  children: readonly RpcChild<CrowdProcess>[];
  out: NodeJS.WriteStream;
  stack: ArenaStack;
  signal: AbortSignal;
}): Promise<Pick<Figures, 'memory' | 'peakSubscriptions' | 'updates'>> {
  using screen = new Screen(out, options.seats);
  const endsAt = Date.now() + options.maxMs;
  let soldOutAt = Infinity;
  let peakSubscriptions = 0;
  let updates = 0;
  while (Date.now() < Math.min(endsAt, soldOutAt + SETTLE_MS)) {
    await pause(TICK_MS);
    signal.throwIfAborted();
    const people = addProgress(await Promise.all(children.map((child) => child.call('progress'))));
    peakSubscriptions = Math.max(peakSubscriptions, people.subscriptions);
    updates = people.updates;
    if (observer.now === null) continue;
    screen.show(observer.now, people);
    if (observer.now.sold === options.seats) soldOutAt = Math.min(soldOutAt, Date.now());
  }
  const pids = [...stack.pids, ...children.map(({ pid }, index) => [`people ${index + 1}`, pid] as const)];
  return { memory: await peakMemory(pids), peakSubscriptions, updates };
}

async function gather({
  options,
  stack,
  sale,
  observer,
  results,
}: {
  options: ArenaOptions;
  stack: ArenaStack;
  sale: Sale;
  observer: Observer;
  results: readonly CrowdResult[];
}): Promise<Evidence> {
  return {
    room: { ...options.room, opensAt: sale.opensAt },
    seats: options.seats,
    ...(await checkDraw(stack, sale)),
    ...(await observer.finish()),
    samples: observer.samples,
    stays: results.flatMap(({ stays }) => stays),
    receipts: results.flatMap(({ receipts }) => receipts),
    passUses: results.flatMap(({ passUses }) => passUses),
    moves: results.flatMap(({ moves }) => moves),
    complaints: results.flatMap(({ complaints }) => complaints),
  };
}

/** Recompute the order from what the server published, as anyone can. */
async function checkDraw(
  { apis }: ArenaStack,
  { event, seedHash }: Sale,
): Promise<Pick<Evidence, 'order' | 'drawProblems'>> {
  const read = async (file: string) => {
    const response = await fetch(`${apis[0]}/waiting-rooms/${event}/1/${file}`);
    if (!response.ok) throw new Error(`${file} is not published: ${response.status}`);
    return response.text();
  };
  try {
    const draw = JSON.parse(await read('draw.json')) as PublishedDraw;
    const { order, problems } = await verifyDraw(draw, await read('entries.txt'));
    if (draw.seedHash === seedHash) return { order, drawProblems: problems };
    return { order: null, drawProblems: ['the seed is another one than was committed to'] };
  } catch (error) {
    return { order: null, drawProblems: [String(error)] };
  }
}

const addProgress = (all: readonly CrowdProgress[]): CrowdProgress => ({
  joined: all.reduce((sum, { joined }) => sum + joined, 0),
  subscriptions: all.reduce((sum, { subscriptions }) => sum + subscriptions, 0),
  updates: all.reduce((sum, { updates }) => sum + updates, 0),
  backlog: all.reduce((sum, { backlog }) => sum + backlog, 0),
});

const describe = ({ seats, choices, room, pollMs, apis, crowds, isStockBounded }: ArenaOptions): string =>
  `${seats} seats, ${choices.people} people (${choices.sockets} subscribe, the others poll every ${pollMs / 1_000} s or more often), ` +
  `seed ${choices.seed}; ${room.capacity} inside, ${room.perMinute} a minute; ${apis} api processes, ${crowds} of people` +
  (isStockBounded ? '' : '; WITHOUT the stock bound');
