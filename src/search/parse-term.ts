import { fold } from '../platform/text/fold.ts';
import { readLine } from '../platform/text/read-line.ts';
import { splitWords, wordsOf } from '../platform/text/words.ts';
import { clausesOf } from './clauses.ts';
import type { Term } from './search-engine.ts';
import { MAX_TERM_LENGTH } from './search-limits.ts';

/**
 * Fold a term and choose the words that decide. `isFinished`: its last word is not the last one typed. `null`: no term.
 * Throws BAD_USER_INPUT for a term that is too long.
 */
export function parseTerm(term: string | null | undefined, isFinished = false): Term | null {
  if (term == null) return null;
  const text = fold(readLine('input.term', term, MAX_TERM_LENGTH));
  if (text === '') return null;
  const typed = wordsOf(text);
  return { text, phrase: splitWords(text).join(' '), typed, clauses: clausesOf(typed, isFinished) };
}
