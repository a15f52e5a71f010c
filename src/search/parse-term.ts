import { fold } from '../platform/text/fold.ts';
import { readLine } from '../platform/text/read-line.ts';
import { splitWords, wordsOf } from '../platform/text/words.ts';
import { isLittle } from './little-words.ts';
import { otherNumber } from './plurals.ts';
import type { Clause, Term } from './search-engine.ts';
import { MAX_TERM_LENGTH, MAX_TERM_WORDS } from './search-limits.ts';

/** Fold a term and choose the words that decide. `null`: no term. Throws BAD_USER_INPUT for a term that is too long. */
export function parseTerm(term: string | null | undefined): Term | null {
  if (term == null) return null;
  const text = fold(readLine('input.term', term, MAX_TERM_LENGTH));
  if (text === '') return null;
  const typed = wordsOf(text);
  return { text, phrase: splitWords(text).join(' '), typed, clauses: clausesOf(typed) };
}

/** One clause per deciding word. The last one as typed may be unfinished: whether it is a plural is not known yet. */
function clausesOf(typed: readonly string[]): Clause[] {
  const last = typed.at(-1);
  return decidingWords(typed).map((word) => {
    const isUnfinished = word === last;
    const other = isUnfinished ? null : otherNumber(word);
    return { typed: word, spellings: other === null ? [[word]] : [[word], [other]], isUnfinished };
  });
}

/** Little words decide only where there are no others, as in `the the`. */
function decidingWords(typed: readonly string[]): string[] {
  const unique = [...new Set(typed)];
  const large = unique.filter((word) => !isLittle(word));
  return (large.length > 0 ? large : unique).slice(0, MAX_TERM_WORDS);
}
