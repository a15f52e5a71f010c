import { createHash, hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Some 5 ms of sorting or hashing; then other work of the process has its turn. */
const ENTRIES_PER_TURN = 2_000;

/** Order entries as text, by the codes of their characters, without blocking the event loop. */
export const sortEntries = (entries: readonly string[]): Promise<string[]> =>
  sortByKey(entries.map((entry) => [entry, entry] as const));

/** SHA-256 of the published list: each entry and a line feed. In hexadecimal. */
export async function hashOfList(entries: readonly string[]): Promise<string> {
  const sum = createHash('sha256');
  for (let start = 0; start < entries.length; start += ENTRIES_PER_TURN) {
    sum.update(linesOf(entries.slice(start, start + ENTRIES_PER_TURN)));
    await nextTurn();
  }
  return sum.digest('hex');
}

/** The entries as they are published, one a line. */
export const linesOf = (entries: readonly string[]): string => entries.map((entry) => `${entry}\n`).join('');

/** The order that is drawn: ascending by SHA-256 of `seed:list hash:entry`, all three as text. */
export async function shuffle(
  entries: readonly string[],
  { seed, listHash }: { seed: Buffer; listHash: string },
): Promise<string[]> {
  const salt = `${seed.toString('hex')}:${listHash}:`;
  const lots: (readonly [string, string])[] = [];
  for (const entry of entries) {
    lots.push([hash('sha256', salt + entry, 'hex'), entry]);
    if (lots.length % ENTRIES_PER_TURN === 0) await nextTurn();
  }
  return sortByKey(lots);
}

/** Keys are evenly spread: entries and lots are cut from HMACs and hashes. So no bucket of a million is large. */
const BUCKET_LENGTH = 2;

/** The second of each pair, ascending by the first. A plain sort of a million takes seconds in one go. */
async function sortByKey(pairs: readonly (readonly [key: string, value: string])[]): Promise<string[]> {
  const buckets = new Map<string, (readonly [string, string])[]>();
  for (const [index, pair] of pairs.entries()) {
    const name = pair[0].slice(0, BUCKET_LENGTH);
    const bucket = buckets.get(name);
    if (bucket === undefined) buckets.set(name, [pair]);
    else bucket.push(pair);
    if (index % ENTRIES_PER_TURN === 0) await nextTurn();
  }
  const sorted: string[] = [];
  let turnEnds = ENTRIES_PER_TURN;
  for (const name of [...buckets.keys()].sort()) {
    for (const [, value] of buckets.get(name)!.sort(byKey)) sorted.push(value);
    if (sorted.length < turnEnds) continue;
    turnEnds = sorted.length + ENTRIES_PER_TURN;
    await nextTurn();
  }
  return sorted;
}

const byKey = ([left]: readonly [string, string], [right]: readonly [string, string]): number =>
  left < right ? -1 : Number(left > right);
