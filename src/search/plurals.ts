/** Shorter words are seldom plurals: `mars`, `oasis`, `ibiza`. */
const MIN_PLURAL_LENGTH = 5;

/** Endings without a plural in them, and little words of other languages: `jesus`, `mass`, `basis`. */
const NO_PLURAL = /(?:us|ss|is)$/;

/**
 * The other number of an English noun, by its ending alone: `concert` and `concerts`, `symphony` and `symphonies`. `null`: it has
 * none, or may be no noun. What is no word matches nothing.
 */
export function otherNumber(word: string): string | null {
  if (!/^[a-z]+$/.test(word)) return null;
  if (!word.endsWith('s')) {
    if (word.length < MIN_PLURAL_LENGTH - 1) return null;
    return /[^aeiou]y$/.test(word)
      ? `${word.slice(0, -1)}ies`
      : /(?:x|z|ch|sh)$/.test(word)
        ? `${word}es`
        : `${word}s`;
  }
  if (word.length < MIN_PLURAL_LENGTH || NO_PLURAL.test(word)) return null;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:x|z|ch|sh|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
