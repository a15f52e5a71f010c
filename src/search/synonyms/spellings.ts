import { CITY_SPELLINGS } from './cities.ts';
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

type Alias = readonly [alias: string, names: readonly string[]];

const LISTED_ALIASES: readonly Alias[] = linesOf(ALIASES).flatMap((line) => {
  const [name = '', aliases = ''] = line.split(': ');
  return aliases.split(', ').map((alias) => [alias, [name]] as const);
});

function collect(): Map<string, Set<string>> {
  const others = new Map<string, Set<string>>();
  const add = (name: string, spellings: readonly string[]) => {
    const known = others.get(name) ?? new Set();
    others.set(name, new Set([...known, ...spellings.filter((spelling) => spelling !== name)]));
  };
  for (const group of linesOf(GROUPS).map((line) => line.split(', ')))
    for (const name of group) add(name, group);
  for (const [alias, names] of LISTED_ALIASES) add(alias, names);
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

const CITIES: ReadonlyMap<string, readonly string[]> = new Map(CITY_SPELLINGS);

/** Other names of the city that a word of a term names; `null` if there are none. */
export function citySpellingsAt(words: readonly string[], at: number): Spelt | null {
  const others = (CITIES.get(words[at] ?? '') ?? []).filter((name) => name !== words[at]);
  return others.length === 0 ? null : { length: 1, spellings: others.map((name) => [name]) };
}

const NAMED_OTHERWISE: readonly Alias[] = [...LISTED_ALIASES, ...CITY_SPELLINGS];
/** Of aliases that begin alike. */
const MAX_NAMES_BEGUN = 4;

/** Names with an alias that begins with a folded text, and do not begin with it themselves: `munchen` of `muni`. */
export function namesOfAliasesFrom(start: string): readonly (readonly string[])[] {
  const names = NAMED_OTHERWISE.filter(([alias]) => alias.startsWith(start)).flatMap(([, known]) => known);
  const others = [...new Set(names)].filter((name) => !name.startsWith(start));
  return others.slice(0, MAX_NAMES_BEGUN).map((name) => name.split(' '));
}

/** Two consonants may be written with dots: `fc` as `F.C.`, which are words of a letter. Longer ones may be misspelt words. */
const lettersOf = (word: string): Spelt | null =>
  /^[bcdfghjklmnpqrstvwxz]{2}$/.test(word) ? { length: 1, spellings: [[...word]] } : null;
