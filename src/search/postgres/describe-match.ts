import type { EventHit, Term } from '../search-engine.ts';
import type { StagePlan } from './stages.ts';

/** How an Event with this search text matches a term, for the client. */
export function describeMatch(
  term: Term | null,
  { stage, alternatives }: StagePlan,
  searchText: string | null,
): Pick<EventHit, 'matched' | 'correctedTo'> {
  if (stage === 'EXACT' || term === null || searchText === null) return { matched: stage, correctedTo: null };
  const text = ` ${searchText} `;
  const found = term.words.map((word) => {
    if (text.includes(word === term.prefix ? ` ${word}` : ` ${word} `))
      return { words: [word], isCorrected: false };
    const correction = alternatives.get(word)?.find(({ words }) => text.includes(` ${words.join(' ')} `));
    return { words: correction?.words ?? [], isCorrected: correction !== undefined };
  });
  if (!found.some(({ isCorrected }) => isCorrected)) return { matched: stage, correctedTo: null };
  return { matched: 'CORRECTED', correctedTo: found.flatMap(({ words }) => words).join(' ') };
}
