const UNITS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

/** First and second are other words, too: `second city`. */
const MIN_WRITTEN = 3;
const NUMBERED = /^(?:no|nr|number|nummer)$/;
const ORDINAL = /^(\d{1,3})(?:st|nd|rd|th)$/;

const suffixOf = (number: number): string => {
  const [tens, ones] = [Math.floor(number / 10) % 10, number % 10];
  return tens === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th');
};

/** How many words at a position are a number in a row of works, and how it is written else: `9th`, `ninth`, `no 9`. */
export function ordinalAt(
  words: readonly string[],
  at: number,
): { length: number; spellings: string[][] } | null {
  const [word = '', next = ''] = [words[at], words[at + 1]];
  const isNumbered = NUMBERED.test(word) && /^\d{1,3}$/.test(next);
  const ordinal = ORDINAL.exec(word)?.[1];
  const number = isNumbered ? Number(next) : ordinal === undefined ? UNITS.indexOf(word) : Number(ordinal);
  if (number < MIN_WRITTEN && ordinal === undefined && !isNumbered) return null;
  const written = UNITS[number];
  const all = [
    [`${number}${suffixOf(number)}`],
    ...(written === undefined ? [] : [[written]]),
    ['no', `${number}`],
    ['nr', `${number}`],
  ];
  return { length: isNumbered ? 2 : 1, spellings: all };
}

/** More single letters in a row are no initials. */
const MAX_INITIALS = 5;

const isLetter = (word = ''): boolean => /^\p{L}$/u.test(word);

/** How many single letters in a row there are at a position, and how they are written together: `f c` is `fc`. */
export function initialsAt(
  words: readonly string[],
  at: number,
): { length: number; spellings: string[][] } | null {
  let end = at;
  while (isLetter(words[end])) end++;
  const length = end - at;
  if (length < 2 || length > MAX_INITIALS || isLetter(words[at - 1])) return null;
  return { length, spellings: [[words.slice(at, end).join('')]] };
}
