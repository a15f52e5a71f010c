import { cleanLine } from '../../platform/text/clean.ts';
import { fold } from '../../platform/text/fold.ts';
import { wordsOf } from '../../platform/text/words.ts';

/** What stands between two spaces of a term. */
export interface Chunk {
  /** Folded, without the punctuation around it, but with the last dot of `12.12.`: `12.12` is a price, or a time. */
  text: string;
  words: readonly string[];
  /** Where it stands in the term as typed, in UTF-16 units. */
  start: number;
  end: number;
}

/** Chunks of a line, by index, both inclusive. */
export interface Span {
  first: number;
  last: number;
}

/** A term as readers look through it. What another reader took is masked. */
export interface TermLine {
  /** The texts of the chunks, separated by single spaces. */
  text: string;
  chunks: readonly Chunk[];
}

/** Longer than any phrase: `in the united states of america`. */
const MAX_PHRASE_CHUNKS = 7;
/** In no folded text, and no part of a word. */
const MASK = '\u0001';
const OPENING = /^[[("'{,;:!?¡¿*]+/u;
const CLOSING = /[\])"'},;:!?.*]+$/u;
/** Day and month at the beginning: `12.12.` */
export const DAY_AND_MONTH = /^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\./;

/** Split a term at its spaces and fold what stands between. */
export function readLineOf(term: string): TermLine {
  const chunks = Array.from(term.matchAll(/\S+/gu), ({ 0: typed, index }) => {
    const text = withoutPunctuation(fold(cleanLine(typed, typed.length)));
    return { text, words: wordsOf(text), start: index, end: index + typed.length };
  });
  return lineOf(chunks.filter(({ text }) => text !== ''));
}

function withoutPunctuation(folded: string): string {
  const opened = folded.replace(OPENING, '');
  const [dated] = DAY_AND_MONTH.exec(opened) ?? [];
  const closed = opened.replace(CLOSING, '');
  return `${closed}.` === dated ? dated : closed;
}

const lineOf = (chunks: readonly Chunk[]): TermLine => ({
  text: chunks.map(({ text }) => text).join(' '),
  chunks,
});

/** The line with these chunks masked. */
export const withMasked = ({ chunks }: TermLine, spans: readonly Span[]): TermLine =>
  lineOf(
    chunks.map((chunk, at) =>
      spans.some((span) => isWithin(at, span)) ? { ...chunk, text: MASK, words: [] } : chunk,
    ),
  );

/** Whether a chunk is in a span. */
const isWithin = (at: number, { first, last }: Span): boolean => at >= first && at <= last;

/** Whether two spans share a chunk. */
export const overlap = (one: Span, other: Span): boolean =>
  one.first <= other.last && other.first <= one.last;

/** The chunks of a stretch of the text of the line; `null` if it begins or ends within one. */
export function spanAt({ chunks }: TermLine, from: number, to: number): Span | null {
  let offset = 0;
  let first = -1;
  for (const [at, { text }] of chunks.entries()) {
    if (offset === from) first = at;
    if (offset + text.length === to) return first === -1 ? null : { first, last: at };
    offset += text.length + 1;
  }
  return null;
}

/** The longest of the phrases that begins at a chunk, with its value. */
export function phraseAt<T>(
  { chunks }: TermLine,
  first: number,
  phrases: { get(words: string): T | undefined },
): (Span & { value: T }) | null {
  const masked = chunks.findIndex(({ text }, at) => at >= first && text === MASK);
  const end = Math.min(first + MAX_PHRASE_CHUNKS, masked === -1 ? chunks.length : masked);
  if (!hasWords(chunks[first])) return null;
  for (let last = end - 1; last >= first; last--) {
    if (!hasWords(chunks[last])) continue;
    const value = phrases.get(wordsBetween(chunks, { first, last }));
    if (value !== undefined) return { first, last, value };
  }
  return null;
}

const hasWords = (chunk: Chunk | undefined): boolean => chunk !== undefined && chunk.words.length > 0;

/** The words of a span, separated by spaces. */
const wordsBetween = (chunks: readonly Chunk[], { first, last }: Span): string =>
  chunks
    .slice(first, last + 1)
    .flatMap(({ words }) => words)
    .join(' ');

/** The span with the chunks before it that are among these, at most two: `in the`. */
export function withLead({ chunks }: TermLine, span: Span, leads: ReadonlySet<string>): Span {
  let { first } = span;
  while (first > 0 && span.first - first < 2 && leads.has(chunks[first - 1]!.text)) first--;
  return { ...span, first };
}
