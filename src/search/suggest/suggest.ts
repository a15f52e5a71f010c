import type { QuerySuggestArgs } from '../../generated/graphql.ts';
import { badInput } from '../../platform/errors.ts';
import { fold } from '../../platform/text/fold.ts';
import { readLine } from '../../platform/text/read-line.ts';
import { splitWords } from '../../platform/text/words.ts';
import { highlight, type TextRange } from '../highlights/highlight.ts';
import { parseNear } from '../parse-near.ts';
import type { BrowseEngine, Suggestion } from '../search-engine.ts';
import { MAX_SUGGESTIONS, MAX_TERM_LENGTH, MAX_TERM_WORDS } from '../search-limits.ts';

/** A suggestion with the parts of its name that were typed. */
export interface HighlightedSuggestion extends Suggestion {
  highlights: TextRange[];
}

/** Suggest what a term may become. Throws BAD_USER_INPUT with the name of the first invalid argument. */
export async function suggest(
  engine: Pick<BrowseEngine, 'suggest'>,
  { term, first, near }: QuerySuggestArgs,
): Promise<HighlightedSuggestion[]> {
  const limit = first ?? MAX_SUGGESTIONS;
  if (limit < 1 || limit > MAX_SUGGESTIONS) throw badInput('first', `must be 1 to ${MAX_SUGGESTIONS}`);
  const circle = parseNear(near, 'near');
  // unlike a search, of scripts without spaces as they are typed
  const words = splitWords(fold(readLine('term', term, MAX_TERM_LENGTH))).slice(0, MAX_TERM_WORDS);
  if (words.length === 0) return [];
  const found = await engine.suggest({ words, near: circle, limit });
  return found.map((suggestion) => ({
    ...suggestion,
    highlights: highlight(suggestion.name, suggestion.words, suggestion.prefixes),
  }));
}
