import { normalize } from './normalize.ts';

/** Joiners choose a form of the letters; behind Arabic letters ZWNJ is typed as a space, too, and separates words. */
const JOINERS = /\u200d|(?<!\p{Script=Arabic})\u200c/gu;

/**
 * Fold text for comparison and search: ignore accents, case, and variants of quotes and hyphens.
 *
 * Used for stored text and for queries, so that every search engine gives the same hits.
 * "Beyoncé – L’été" and "beyonce - l'ete" fold to the same.
 */
export function fold(text: string): string {
  return normalize(text, 'NFKD')
    .replace(/\p{Mn}+/gu, '') // the accents NFKD split off; vowel signs of Indic scripts are Mc and stay
    .replace(JOINERS, '')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02BC\u0060\u00B4]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ') // σ at the end of a word, where capitals have Σ in any place
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replace(/\s+/g, ' ')
    .trim();
}
