import type { EventRow } from '../../catalog/index.ts';
import type { Context } from '../../generated/graphql.ts';
import { highlight, type TextRange } from './highlight.ts';
import { snippetOf } from './snippet.ts';
import type { SoughtWords } from './sought-words.ts';

type TextField = 'NAME' | 'PERFORMER' | 'VENUE' | 'CITY' | 'CATEGORY' | 'GENRE' | 'SERIES' | 'DESCRIPTION';

/** A text of an Event with the words of a term in it. */
export interface EventHighlight {
  field: TextField;
  text: string;
  /** At least one. */
  ranges: TextRange[];
}

/** Performers of a festival may be hundreds. */
const MAX_HIGHLIGHTS = 20;

/** The texts of an Event that have words of a term, in the order of their weight in a search. */
export async function highlightEvent(
  event: EventRow,
  { words, prefixes }: SoughtWords,
  loaders: Pick<Context['loaders'], 'lineup' | 'venue'>,
): Promise<EventHighlight[]> {
  if (words.length + prefixes.length === 0) return [];
  const [lineup, venue] = await Promise.all([
    loaders.lineup.load(event.id),
    event.venueId === null ? null : loaders.venue.load(event.venueId),
  ]);
  const texts: [TextField, string | null | undefined][] = [
    ['NAME', event.name],
    ...lineup.map(({ name }): [TextField, string] => ['PERFORMER', name]),
    ['VENUE', venue?.name],
    ['CITY', event.city ?? venue?.city],
    ['CATEGORY', event.category],
    ['GENRE', event.genre],
    ['SERIES', event.series],
    ['DESCRIPTION', event.description],
  ];
  const found: EventHighlight[] = [];
  for (const [field, text] of texts) {
    if (found.length === MAX_HIGHLIGHTS) break;
    if (text == null) continue;
    const ranges = highlight(text, words, prefixes);
    if (ranges.length > 0) found.push({ field, ...snippetOf(text, ranges) });
  }
  return found;
}
