import { fold } from '../platform/text/fold.ts';
import { readLine } from '../platform/text/read-line.ts';
import { wordsOf } from '../platform/text/words.ts';
import { isLittle } from './little-words.ts';
import type { Term } from './search-engine.ts';
import { MAX_TERM_LENGTH, MAX_TERM_WORDS, MAX_WORD_LENGTH } from './search-limits.ts';

/** Fold a term and choose the words that decide. `null`: no term. Throws BAD_USER_INPUT for a term that is too long. */
export function parseTerm(term: string | null | undefined): Term | null {
  if (term == null) return null;
  const text = fold(readLine('input.term', term, MAX_TERM_LENGTH));
  if (text === '') return null;
  const words = wordsOf(text);
  const typed = words.map((word) => [...word].slice(0, MAX_WORD_LENGTH).join(''));
  const deciding = decidingWords(typed);
  const last = typed.at(-1);
  return {
    text,
    phrase: words.join(' '),
    typed,
    words: deciding,
    prefix: last !== undefined && deciding.includes(last) ? last : null,
  };
}

/** Little words decide only where there are no others, as in `the the`. */
function decidingWords(typed: readonly string[]): string[] {
  const unique = [...new Set(typed)];
  const large = unique.filter((word) => !isLittle(word));
  return (large.length > 0 ? large : unique).slice(0, MAX_TERM_WORDS);
}
