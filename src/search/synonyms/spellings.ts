import { COUNTRY_SPELLINGS } from './countries.ts';
import { ALIASES, GROUPS } from './names.ts';
import { initialsAt, ordinalAt } from './numbers.ts';

/** Words of a term that mean one thing, and how it is written else. */
interface Spelt {
  /** Number of words. */
  length: number;
  spellings: readonly (readonly string[])[];
}

/** Longest name: `democratic republic of the congo`. */
const MAX_NAME_WORDS = 6;
/** Each is a condition in the score of every match. */
const MAX_OTHERS = 7;

const linesOf = (list: string): string[] => list.trim().split('\n');

function collect(): Map<string, Set<string>> {
  const others = new Map<string, Set<string>>();
  const add = (name: string, spellings: readonly string[]) => {
    const known = others.get(name) ?? new Set();
    others.set(name, new Set([...known, ...spellings.filter((spelling) => spelling !== name)]));
  };
  for (const group of linesOf(GROUPS).map((line) => line.split(', ')))
    for (const name of group) add(name, group);
  for (const line of linesOf(ALIASES)) {
    const [name = '', aliases = ''] = line.split(': ');
    for (const alias of aliases.split(', ')) add(alias, [name]);
  }
  for (const [name, spellings] of COUNTRY_SPELLINGS) add(name, spellings);
  return others;
}

/** Other spellings by name. */
const OTHERS: ReadonlyMap<string, ReadonlySet<string>> = collect();

/** Other spellings of the longest name that begins at a word of a term; `null` if there are none. */
export function spellingsAt(words: readonly string[], at: number): Spelt | null {
  for (let length = Math.min(MAX_NAME_WORDS, words.length - at); length > 0; length--) {
    const name = words.slice(at, at + length).join(' ');
    const others = [...(OTHERS.get(name) ?? [])].slice(0, MAX_OTHERS);
    if (others.length > 0) return { length, spellings: others.map((other) => other.split(' ')) };
  }
  return ordinalAt(words, at) ?? initialsAt(words, at) ?? lettersOf(words[at] ?? '');
}

/** Two consonants may be written with dots: `fc` as `F.C.`, which are words of a letter. Longer ones may be misspelt words. */
const lettersOf = (word: string): Spelt | null =>
  /^[bcdfghjklmnpqrstvwxz]{2}$/.test(word) ? { length: 1, spellings: [[...word]] } : null;
