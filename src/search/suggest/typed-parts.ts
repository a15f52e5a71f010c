import { citySpellingsAt, namesOfAliasesFrom, spellingsAt } from '../synonyms/spellings.ts';

/** Words by which a name may have a part of a term. */
export interface PartWording {
  words: readonly string[];
  /** The last word may go on. */
  isUnfinished: boolean;
  /** Guessed from the beginning of an alias: a name that begins with these words does not begin with the term. */
  isGuess: boolean;
}

/** A word of a term, or several that are one name: as typed first, then its synonyms, guesses and corrections. */
export interface TypedPart {
  wordings: readonly [PartWording, ...PartWording[]];
}

/** Shorter ones begin too many aliases. */
const MIN_ALIAS_LETTERS = 3;

/** The parts of a term whose last word may be unfinished. */
export function typedParts(words: readonly string[]): TypedPart[] {
  const parts: TypedPart[] = [];
  for (let at = 0; at < words.length;) {
    const known = spellingsAt(words, at) ?? citySpellingsAt(words, at);
    const end = at + (known?.length ?? 1);
    const isUnfinished = end === words.length;
    const typed = words.slice(at, end);
    const others =
      known?.spellings.map((spelling) => wordingOf(spelling)) ?? (isUnfinished ? guessesOf(typed) : []);
    parts.push({ wordings: [{ ...wordingOf(typed), isUnfinished }, ...others] });
    at = end;
  }
  return parts;
}

/** The whole term as the beginning of an alias of several words, by the names with such aliases; `null` if there are none. */
export function termAsAlias(words: readonly string[]): TypedPart | null {
  if (words.length < 2) return null;
  const [first, ...others] = guessesOf(words).map(({ words: name }) => wordingOf(name));
  return first === undefined ? null : { wordings: [first, ...others] };
}

function guessesOf(typed: readonly string[]): PartWording[] {
  const start = typed.join(' ');
  if ([...start].length < MIN_ALIAS_LETTERS) return [];
  return namesOfAliasesFrom(start).map((name) => ({ ...wordingOf(name), isGuess: true }));
}

const wordingOf = (words: readonly string[]): PartWording => ({ words, isUnfinished: false, isGuess: false });
