import { createHash } from 'node:crypto';

import { hashOfList, shuffle } from './draw.ts';
import type { publishedDraw } from './drawn-room.ts';
import { isEntry } from './packed-entries.ts';

/** What `draw.json` has. */
export type PublishedDraw = ReturnType<typeof publishedDraw>;

/** Result of a check: the order, or what is wrong with what was published. */
export type VerifiedDraw = { order: string[]; problems: [] } | { order: null; problems: string[] };

/** Recompute a draw from its two files. A list that can be ordered in several ways could be chosen for the order it gives. */
export async function verifyDraw(draw: PublishedDraw, list: string): Promise<VerifiedDraw> {
  const entries = list.split('\n');
  const isComplete = entries.pop() === '';
  const seed = Buffer.from(draw.seed, 'hex');
  const isSeed = createHash('sha256').update(seed).digest('hex') === draw.seedHash;
  const problems = [
    ...(isSeed ? [] : ['the seed is not the one that the room was made with']),
    ...(isComplete ? [] : ['the list ends within a line']),
    ...(entries.length === draw.entries
      ? []
      : [`the list has ${entries.length} entries, not ${draw.entries}`]),
    ...(entries.every(isEntry) ? [] : ['the list has a line that is no entry']),
    ...(new Set(entries).size === entries.length ? [] : ['the list has an entry twice']),
    ...(draw.order === 'ARRIVAL' || isSorted(entries) ? [] : ['the list is not sorted']),
    ...((await hashOfList(entries)) === draw.listHash ? [] : ['the list is not the one that the hash is of']),
  ];
  if (problems.length > 0) return { order: null, problems };
  return {
    order: draw.order === 'SHUFFLED' ? await shuffle(entries, { ...draw, seed }) : entries,
    problems: [],
  };
}

const isSorted = (entries: readonly string[]): boolean =>
  entries.every((entry, index) => index === 0 || entries[index - 1]! < entry);
