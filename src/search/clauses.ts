import { isLittle } from './little-words.ts';
import { otherNumber } from './plurals.ts';
import type { Clause } from './search-engine.ts';
import { MAX_TERM_WORDS } from './search-limits.ts';
import { spellingsAt } from './synonyms/spellings.ts';

/** What an exact hit has of these words: those that decide, each once. Little ones do where there are no others, as in `the the`. `isFinished`: the last one does not go on. */
export function clausesOf(typed: readonly string[], isFinished = false): Clause[] {
  const all = clausesIn(typed, isFinished);
  const last = isFinished ? undefined : all.at(-1)?.typed;
  const unique = [...new Map(all.map((clause) => [clause.typed, clause])).values()];
  const large = unique.filter((clause) => !isLittle(clause.typed));
  return (large.length > 0 ? large : unique)
    .slice(0, MAX_TERM_WORDS)
    .map((clause) => ({ ...clause, isUnfinished: clause.typed === last }));
}

/** Every word, alone or with those with which it is one name: `united states`. */
function clausesIn(typed: readonly string[], isFinished: boolean): Pick<Clause, 'typed' | 'spellings'>[] {
  const clauses = [];
  for (let at = 0; at < typed.length;) {
    const known = spellingsAt(typed, at);
    const words = typed.slice(at, at + (known?.length ?? 1));
    const mayGoOn = !isFinished && at + words.length === typed.length;
    const numbers = words.length === 1 ? otherNumbers(words[0]!, mayGoOn) : [];
    const spellings = distinct([words, ...numbers, ...(known?.spellings ?? [])]);
    clauses.push({ typed: words.join(' '), spellings });
    at += words.length;
  }
  return clauses;
}

/** A word that may go on has a singular, but no plural: `concert` matches as a beginning. */
function otherNumbers(word: string, mayGoOn: boolean): string[][] {
  const other = otherNumber(word);
  return other === null || (mayGoOn && other.length > word.length) ? [] : [[other]];
}

const distinct = (spellings: readonly (readonly string[])[]): (readonly string[])[] => [
  ...new Map(spellings.map((words) => [words.join(' '), words])).values(),
];
