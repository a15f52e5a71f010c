import type { TextRange } from './highlight.ts';

/** A part of a text, with ranges in it. */
interface Snippet {
  text: string;
  ranges: TextRange[];
}

const MAX_SNIPPET_LENGTH = 200;
/** What is shown before the first range, to read it in its sentence. */
const LEAD_LENGTH = 60;

/** The text around its first range, at most 200 UTF-16 code units and cut between words, with the ranges that are in it. */
export function snippetOf(text: string, ranges: readonly TextRange[]): Snippet {
  if (text.length <= MAX_SNIPPET_LENGTH) return { text, ranges: [...ranges] };
  const first = ranges[0]!;
  const start = beginOfWord(text, Math.max(0, first.start - LEAD_LENGTH), first.start);
  const end = endOfWord(text, Math.min(text.length, start + MAX_SNIPPET_LENGTH), first.end);
  return {
    text: text.slice(start, end).toWellFormed(),
    ranges: ranges
      .filter((range) => range.end <= end)
      .map((range) => ({ start: range.start - start, end: range.end - start })),
  };
}

/** The first beginning of a word from a place on; before `limit`, if there is one. */
function beginOfWord(text: string, from: number, limit: number): number {
  if (from === 0) return 0;
  const space = text.slice(from - 1, limit).search(/\s\S/u);
  return space === -1 ? limit : from + space;
}

/** The last end of a word up to a place; not before `limit`. */
function endOfWord(text: string, upTo: number, limit: number): number {
  if (upTo === text.length) return upTo;
  const tail = text.slice(limit, upTo + 1);
  const space = tail.search(/\s\S*$/u);
  return space === -1 ? Math.max(limit, upTo) : limit + space;
}
