import type { estypes } from '@elastic/elasticsearch';

import {
  COMPLETION_SIMILARITY,
  EDITED_WORD_LENGTH,
  isCorrectable,
  isEditable,
  isLong,
  MAX_ALTERNATIVES,
  MIN_TWO_SLIPS_LENGTH,
  mostSimilar,
  SPLIT_SIMILARITY,
  splitsOf,
} from '../matching/correctable.ts';
import type { Alternatives, Clause, Correction } from '../search-engine.ts';
import { TEXT_FIELDS } from '../text-match.ts';
import { searchIndex, searchIndexEach, type SearchIndex } from './search-index.ts';

/** Documents in which the words that a typed one begins are looked up. */
const MAX_COMPLETED_DOCUMENTS = 20;

/**
 * Find corrections of the clauses that no Event has, by typed word: words at one or two edits, the commonest first, words that it
 * begins, and two words typed as one. An unfinished word that begins a word is not corrected.
 */
export async function findCorrections(index: SearchIndex, clauses: readonly Clause[]): Promise<Alternatives> {
  const absent = await findAbsent(index, clauses.filter(isCorrectable));
  if (absent.length === 0) return new Map();
  const words = absent.map(({ typed }) => typed);
  const [completions, splits, edits] = await Promise.all([
    findCompletions(index, words.filter(isLong)),
    findSplits(index, words),
    findEdits(index, words),
  ]);
  return new Map(
    absent.flatMap(({ typed, isUnfinished }) => {
      const begun = completions.get(typed) ?? [];
      if (isUnfinished && begun.length > 0) return [];
      const found = [...begun, ...(splits.get(typed) ?? []), ...(edits.get(typed) ?? [])];
      return found.length === 0 ? [] : [[typed, mostSimilar(found)] as const];
    }),
  );
}

type Found = Map<string, Correction[]>;

/** The clauses none of whose spellings is a word of a document. */
async function findAbsent(index: SearchIndex, clauses: readonly Clause[]): Promise<Clause[]> {
  if (clauses.length === 0) return [];
  const results = await searchIndexEach(
    index,
    clauses.map(({ spellings }) => ({
      query: { terms: { words: spellings.flat() } },
      size: 0,
      track_total_hits: 1,
      terminate_after: 1,
    })),
  );
  return clauses.filter((_clause, at) => (results[at]!.hits.total as estypes.SearchTotalHits).value === 0);
}

/** Words that a typed one begins, the shortest first. */
async function findCompletions(index: SearchIndex, typed: readonly string[]): Promise<Found> {
  if (typed.length === 0) return new Map();
  const results = await searchIndexEach(
    index,
    typed.map((word) => ({
      query: { prefix: { words: word } },
      size: MAX_COMPLETED_DOCUMENTS,
      track_total_hits: false,
      _source: [...TEXT_FIELDS],
    })),
  );
  return new Map(typed.map((word, at) => [word, completionsIn(word, results[at]!.hits.hits)]));
}

function completionsIn(word: string, hits: readonly estypes.SearchHit[]): Correction[] {
  const texts = hits.flatMap(({ _source }) => Object.values(_source as Record<string, string>));
  const begun = new Set(texts.flatMap((text) => text.split(' ')).filter((other) => other.startsWith(word)));
  return [...begun]
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .slice(0, MAX_ALTERNATIVES)
    .map((whole) => ({ words: [whole], similarity: COMPLETION_SIMILARITY }));
}

/** Two words typed as one, which some document has both. */
async function findSplits(index: SearchIndex, typed: readonly string[]): Promise<Found> {
  const candidates = splitsOf(typed);
  if (candidates.length === 0) return new Map();
  const filters = candidates.map(({ words }) => ({
    bool: { filter: words.map((word) => ({ term: { words: word } })) },
  }));
  const { aggregations } = await searchIndex(index, {
    size: 0,
    track_total_hits: false,
    aggregations: { splits: { filters: { filters } } },
  });
  const { buckets } = aggregations!['splits'] as { buckets: { doc_count: number }[] };
  const known = candidates.filter((_candidate, at) => buckets[at]!.doc_count > 0);
  const corrections = known.map(({ typed: word, words }) => ({ word, words, similarity: SPLIT_SIMILARITY }));
  return Map.groupBy(corrections, ({ word }) => word);
}

/** Words at one edit, or two in longer words; the first letter is hardly ever wrong. */
async function findEdits(index: SearchIndex, typed: readonly string[]): Promise<Found> {
  const words = typed.filter(isEditable);
  if (words.length === 0) return new Map();
  const suggesters = words.map((word) => ({
    text: word,
    term: {
      field: 'words',
      size: MAX_ALTERNATIVES,
      sort: 'frequency' as const,
      suggest_mode: 'missing' as const,
      min_word_length: EDITED_WORD_LENGTH.min,
      prefix_length: 1,
      max_edits: word.length < MIN_TWO_SLIPS_LENGTH ? 1 : 2,
    },
  }));
  const { suggest = {} } = await searchIndex(index, {
    size: 0,
    track_total_hits: false,
    suggest: Object.fromEntries(suggesters.map((suggester, at) => [String(at), suggester])),
  });
  return new Map(words.map((word, at) => [word, editsIn(suggest[String(at)] ?? [])]));
}

const editsIn = (entries: readonly estypes.SearchSuggest[]): Correction[] =>
  entries
    .flatMap(({ options }) => options as estypes.SearchTermSuggestOption[])
    .map(({ text, score }) => ({ words: [text], similarity: score }));
