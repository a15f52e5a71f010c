/** What a person is going to do, decided by the seed and the person's number alone. */
export interface Choices {
  /** Milliseconds after the beginning. */
  arrivesAfterMs: number;
  watches: 'socket' | 'poll';
  /** Joins again after this time of waiting; null: never. */
  reloadsAfterMs: number | null;
  /** Gives up after this time of waiting, by a call or by closing the tab; null: waits on. */
  leavesAfterMs: number | null;
  leavesBy: 'call' | 'silence';
  /** What is done with the admission. */
  shops: Shopping;
  quantity: number;
  /** Reserves places of its own choice first. */
  picks: boolean;
  thinkMs: number;
  cheat: Cheat | null;
}

/**
 * buy: pays. lapse: reserves, and closes the tab. release: reserves, and gives it back. look: leaves without reserving.
 * sleep: closes the tab at once, so that the visit runs out.
 */
type Shopping = 'buy' | 'lapse' | 'release' | 'look' | 'sleep';

const CHEATS = [
  'reserve without a pass',
  'read the map without a pass',
  'forge a pass',
  'alter the own pass',
  'use the pass of another viewer',
  'use the pass after the visit',
  'use the pass of another Event',
  'forge a token',
  'alter the own token',
  'use the token of another viewer',
  'join without a solution',
  'use the solution of another viewer',
  'use an altered solution',
] as const;
export type Cheat = (typeof CHEATS)[number];

export interface ChoiceOptions {
  seed: number;
  people: number;
  sockets: number;
  /** Share of people that joins before the opening, and the times that both parts take. */
  earlyShare: number;
  earlyMs: number;
  lateMs: number;
  maxThinkMs: number;
  /** Those who give up or reload do so within it. */
  patienceMs: number;
}

/** Numbers from 0 to 1 by mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SHOPPING: readonly (readonly [Shopping, number])[] = [
  ['buy', 0.76],
  ['look', 0.08],
  ['release', 0.06],
  ['lapse', 0.05],
  ['sleep', 0.05],
];
const RELOADING = 0.1;
const LEAVING = 0.06;
const CHEATING = 0.02;
const PICKING = 0.1;
const QUANTITIES = [1, 2, 2, 2, 2, 3, 4];

/** Decide what one person does. */
export function choicesOf(person: number, options: ChoiceOptions): Choices {
  const random = randomFrom(Math.imul(options.seed + 1, 0x9e3779b1) ^ Math.imul(person + 1, 0x85ebca6b));
  random();
  const isEarly = random() < options.earlyShare;
  const arrivesAfterMs = isEarly ? random() * options.earlyMs : options.earlyMs + random() * options.lateMs;
  const within = () => random() * options.patienceMs;
  // each group of people has its share of sockets
  const socketsUpTo = (count: number) => Math.floor((count * options.sockets) / options.people);
  const choices: Choices = {
    arrivesAfterMs,
    watches: socketsUpTo(person + 1) > socketsUpTo(person) ? 'socket' : 'poll',
    reloadsAfterMs: random() < RELOADING ? within() : null,
    leavesAfterMs: random() < LEAVING ? within() : null,
    leavesBy: random() < 0.5 ? 'call' : 'silence',
    shops: pick(SHOPPING, random()),
    quantity: QUANTITIES[Math.floor(random() * QUANTITIES.length)]!,
    picks: random() < PICKING,
    thinkMs: (0.2 + 0.8 * random()) * options.maxThinkMs,
    cheat: random() < CHEATING ? CHEATS[Math.floor(random() * CHEATS.length)]! : null,
  };
  return choices;
}

function pick<T>(shares: readonly (readonly [T, number])[], at: number): T {
  let sum = 0;
  for (const [value, share] of shares) if (at < (sum += share)) return value;
  return shares[0]![0];
}
