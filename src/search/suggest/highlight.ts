import { fold } from '../../platform/text/fold.ts';
import { wordsOf } from '../../platform/text/words.ts';

/** A part of a text, in UTF-16 code units: `text.slice(start, end)`. */
export interface TextRange {
  start: number;
  end: number;
}

/** Of a long text, the first matches. */
const MAX_RANGES = 100;
/** Scripts that are written without spaces: a word is found within others. */
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** A text folded character by character, with where each folded character comes from. */
interface FoldedText {
  folded: string;
  /** Of each code unit of `folded`, and of its end. */
  origins: number[];
}

/**
 * Where a text has folded words, first to last and joined where they overlap; `prefixes` also match where they begin a word. Of a
 * word that goes on, only the part that was typed is in the range.
 */
export function highlight(
  text: string,
  words: readonly string[],
  prefixes: readonly string[] = [],
): TextRange[] {
  const foldedText = foldWithOrigins(text);
  const found = [
    ...words.flatMap((word) => occurrencesOf(foldedText, word, false)),
    ...prefixes.flatMap((word) => occurrencesOf(foldedText, word, true)),
  ];
  return joined(found).slice(0, MAX_RANGES);
}

function foldWithOrigins(text: string): FoldedText {
  let folded = '';
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = /\s/u.test(character) ? ' ' : fold(character);
    for (let unit = 0; unit < piece.length; unit++) origins.push(at);
    folded += piece;
    at += character.length;
  }
  return { folded, origins: [...origins, at] };
}

function occurrencesOf({ folded, origins }: FoldedText, word: string, isPrefix: boolean): TextRange[] {
  if (word === '') return [];
  const isWithin = WITHOUT_SPACES.test(word);
  const ranges: TextRange[] = [];
  for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
    const end = at + word.length;
    const isMatch = isWithin || (isBoundary(folded, at - 1) && (isPrefix || isBoundary(folded, end)));
    if (isMatch && ranges.length < MAX_RANGES) ranges.push({ start: origins[at]!, end: endOf(origins, end) });
  }
  return ranges;
}

/** Whether there is no letter at a place of a folded text. */
const isBoundary = (folded: string, at: number): boolean => {
  const unit = folded[at];
  return unit === undefined || (unit.isWellFormed() && wordsOf(unit).length === 0);
};

/** Marks that folding drops belong to the letter before them; a character of several folded ones is not divided. */
function endOf(origins: readonly number[], end: number): number {
  let next = end;
  while (next < origins.length - 1 && origins[next] === origins[end - 1]) next++;
  return origins[next]!;
}

function joined(ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
