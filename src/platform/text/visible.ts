import { hasLongRun } from './normalize.ts';

// What people cannot see is no part of a name, except where a script or an emoji needs it to be drawn.

/** Format characters that are drawn: signs of numbers and verses in Arabic, Syriac and Kaithi. */
const DRAWN_FORMATS = '\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}';

/** Joiners between letters of scripts that are written connected or with conjuncts, and within an emoji. */
const JOINING_SCRIPTS = [
  ...[
    'Arabic',
    'Syriac',
    'Nko',
    'Mongolian',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
    'Gujarati',
    'Oriya',
    'Tamil',
  ],
  ...['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

const KEPT = [
  `(?<=[${JOINING_SCRIPTS}])[\\u200c\\u200d]`,
  '(?<=\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]',
  '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
  '(?<=\\p{Script=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '(?<=\\p{Script=Mongolian})[\\u180b-\\u180d\\u180f]',
  '(?<=\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{0,8})[\\u{e0020}-\\u{e007f}]',
].join('|');

const INVISIBLE = new RegExp(
  `(?<kept>${KEPT})|(?![${DRAWN_FORMATS}])[\\p{Cf}\\p{Default_Ignorable_Code_Point}]`,
  'gu',
);

/** Characters with a blank picture of their own, by name in Unicode: braille, notehead, hieroglyphs; and what stands for an object. */
const BLANK = /[\u2800\u{1d159}\u{13441}\u{13442}\ufffc]/gu;

/** Remove what is not seen; blank pictures become spaces. */
export const withoutInvisible = (text: string): string =>
  text
    .replace(INVISIBLE, (match, kept: string | undefined) => (kept === undefined ? '' : match))
    .replace(BLANK, ' ');

/** Whether anything of a cleaned text is seen; marks alone have nothing to stand on. */
export const isVisible = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);

/** Most texts; a stadium has 100,000 labels. */
const ASCII = /^[\n\t -~]*$/;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Unicode's stream-safe format ends at 30 marks; the longest emoji has ten code points. */
const MAX_CHARACTER_CODE_POINTS = 32;
/** A family is 25 bytes; letters with marks of Indic scripts up to twelve. */
const MAX_CHARACTER_BYTES = 20;

const LONG_CHARACTER = `must not have a character of more than ${MAX_CHARACTER_CODE_POINTS} code points`;

const maxBytesOf = (maxLength: number): number => maxLength * MAX_CHARACTER_BYTES;

/** Whether a text has more bytes than `lengthProblem` permits. Work on text is done after this check: organisers send 5 MB. */
export const isTooLarge = (text: string, maxLength: number): boolean =>
  Buffer.byteLength(text) > maxBytesOf(maxLength);

/** Truncate a text that is too large to one that still is, for the same reason: characters of two units a code point fit. */
export const truncateTooLarge = (text: string, maxLength: number): string =>
  text.slice(0, 2 * MAX_CHARACTER_CODE_POINTS * maxLength + 1);

/**
 * Why a text does not fit `minLength` (0 or 1) to `maxLength` characters as people count them, or null. Its size in bytes is
 * bounded, too; that is the reason only if the number of characters is not.
 */
export function lengthProblem(text: string, maxLength: number, minLength: 0 | 1 = 0): string | null {
  const most = maxLength.toLocaleString('en');
  const wrongLength =
    minLength === 0 ? `must have at most ${most} characters` : `must have 1 to ${most} characters`;
  if (minLength > 0 && !isVisible(text)) return wrongLength;
  if (ASCII.test(text)) return text.length <= maxLength ? null : wrongLength;
  if (text.length <= Math.min(maxLength, MAX_CHARACTER_CODE_POINTS)) return null;
  const maxBytes = maxBytesOf(maxLength);
  let characters = 0;
  // of a longer text the rest cannot make the number of characters fit
  for (const { segment } of segmenter.segment(text.slice(0, maxBytes))) {
    if (++characters > maxLength) return wrongLength;
    if (segment.length > MAX_CHARACTER_CODE_POINTS && Array.from(segment).length > MAX_CHARACTER_CODE_POINTS)
      return LONG_CHARACTER;
  }
  if (hasLongRun(text)) return LONG_CHARACTER;
  const bytes = Buffer.byteLength(text);
  return bytes <= maxBytes
    ? null
    : `must have at most ${maxBytes.toLocaleString('en')} bytes, and has ${bytes.toLocaleString('en')}: emoji and letters with marks take more than others`;
}
