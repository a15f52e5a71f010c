import { sql } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { PartWording, TypedPart } from './typed-parts.ts';

/** Shorter words have too many others a letter away. */
const MIN_CORRECTED_LENGTH = 4;
/** Words of a term that are corrected. */
const MAX_CORRECTED_WORDS = 3;
const MAX_CORRECTIONS = 3;
/** Longer words are forgiven two slips. */
const TWO_SLIPS_LENGTH = 8;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** Words that are read of each of the spellings of four letters. */
const MAX_WORDS_PER_START = 10;
const MAX_WORDS_OF_TYPED = 100;

interface Known extends Record<string, unknown> {
  word: string;
  events: number;
}

/** The term with corrections of its longer words; `null` if there is none. */
export async function correctWords(db: Db, typed: readonly TypedPart[]): Promise<TypedPart[] | null> {
  const corrections = new Map<TypedPart, PartWording[]>();
  for (const part of typed.filter(isCorrectable).slice(0, MAX_CORRECTED_WORDS)) {
    const found = await correctionsOf(db, part.wordings[0]);
    if (found.length > 0) corrections.set(part, found);
  }
  if (corrections.size === 0) return null;
  return typed.map((part) => ({ wordings: [...part.wordings, ...(corrections.get(part) ?? [])] }));
}

const isCorrectable = ({ wordings: [{ words }] }: TypedPart): boolean =>
  words.length === 1 && [...words[0]!].length >= MIN_CORRECTED_LENGTH;

/** Wordings of one word instead of another. */
async function correctionsOf(db: Db, { words, isUnfinished }: PartWording): Promise<PartWording[]> {
  const typed = words[0]!;
  const most = [...typed].length >= TWO_SLIPS_LENGTH ? 2 : 1;
  const start = [...typed].slice(0, 4).join('');
  const starts = startsNear(typed);
  const { rows } = await db.execute<Known>(sql`
    /* search.findWordsNear: plan anew */
    select word, max(events)::int as events from (
      select known.word, known.events
      from unnest(${sql.param(starts)}::text[]) as near(start)
      cross join lateral (
        select word, events from suggestion_words where left(word, 4) = near.start
        order by is_inner, events desc nulls last
        limit case when near.start = ${start} then ${MAX_WORDS_OF_TYPED}::int else ${MAX_WORDS_PER_START}::int end
      ) known
    ) found group by word`);
  return rows
    .map(({ word, events }) => ({ word, events, slips: slipsBetween(typed, word, isUnfinished) }))
    .filter(({ word, slips }) => slips <= most && word !== typed)
    .toSorted((a, b) => a.slips - b.slips || b.events - a.events || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_CORRECTIONS)
    .map(({ word }) => ({ words: [word], isUnfinished, isGuess: false }));
}

/** The first four letters of words with at most one slip there; the first letter is hardly ever wrong. */
function startsNear(typed: string): string[] {
  const letters = [...typed];
  const starts = new Set<string>();
  const add = (word: readonly string[]) => starts.add(word.slice(0, 4).join(''));
  add(letters);
  for (let at = 1; at < 4; at++) {
    const [before, after] = [letters.slice(0, at), letters.slice(at + 1)];
    if (after.length > 0) add([...before, after[0]!, letters[at]!, ...after.slice(1)]);
    for (const letter of LETTERS) {
      add([...before, letter, ...after]);
      add([...before, letter, ...letters.slice(at)]);
      if (after.length < 4 - at) add([...before, ...after, letter]); // one too many typed, and the next not yet
    }
    add([...before, ...after]);
  }
  return [...starts];
}

/** Letters added, left out, changed or swapped between a typed word and another, or its beginning if the typed one is unfinished. */
function slipsBetween(typed: string, word: string, isUnfinished: boolean): number {
  const [a, b] = [[...typed], [...word].slice(0, [...typed].length + 2)];
  if (!isUnfinished && [...word].length > b.length) return Infinity;
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, changed, isSwap ? beforeLast[j - 2]! + 1 : Infinity));
    }
    [beforeLast, last] = [last, row];
  }
  return isUnfinished ? Math.min(...last) : last.at(-1)!;
}
