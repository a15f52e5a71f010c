import { hasLongRun, normalize } from './normalize.ts';
import { isTooLarge, truncateTooLarge, withoutInvisible } from './visible.ts';

const WITHOUT_CONTROLS = /^\P{Cc}+$/u;

/**
 * Whether text that is compared as it was sent has 1 to `maxLength` code points and is stored unchanged: Postgres takes no NUL,
 * and UTF-8 turns lone surrogates into U+FFFD, so that the text would not be found again.
 */
export const isStorable = (text: string, maxLength: number): boolean =>
  text.length <= 2 * maxLength && // a code point is at most two units
  WITHOUT_CONTROLS.test(text) &&
  text.isWellFormed() &&
  Array.from(text).length <= maxLength;

/** The same value with every text in it storable as `jsonb`, which takes neither NUL nor lone surrogates. */
export function storableJson<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd') as T;
  if (Array.isArray(value)) return value.map(storableJson) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableJson(key), storableJson(inner)]),
  ) as T;
}

/**
 * Clean one line of client input: NFC, without invisible or control characters (Postgres takes no NUL), spaces single. A text
 * that is too large for `maxLength` characters, or has too many marks in a row, is not cleaned: `lengthProblem` refuses it.
 */
export const cleanLine = (text: string, maxLength: number): string =>
  untilStable(text, maxLength, (line) =>
    withoutInvisible(line.replace(/[\p{Cc}\s]+/gu, ' '))
      .replace(/\s+/gu, ' ')
      .trim(),
  );

/** Clean client input of several lines as `cleanLine` does one; line breaks and tabs are kept. */
export const cleanText = (text: string, maxLength: number): string =>
  untilStable(text, maxLength, (lines) =>
    lines
      .replace(/\r\n?/g, '\n')
      .replace(/(?![\n\t])\p{Cc}+/gu, ' ')
      .replace(/^.+$/gmu, (line) => withoutInvisible(line))
      .trim(),
  );

/** Without what stood between them, marks compose or change places, and a joiner loses the mark before it: hence again. */
function untilStable(text: string, maxLength: number, clean: (text: string) => string): string {
  if (isTooLarge(text, maxLength)) return truncateTooLarge(text, maxLength);
  if (hasLongRun(text)) return text;
  for (let before = normalize(text.toWellFormed(), 'NFC'); ;) {
    const cleaned = clean(before);
    if (hasLongRun(cleaned)) return cleaned;
    const after = normalize(cleaned, 'NFC');
    if (after === before) return after; // each other pass shortens the text
    before = after;
  }
}
