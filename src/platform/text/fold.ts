/**
 * Fold text for comparing and searching: accents, case, quotes and hyphens stop mattering.
 *
 * One function for whatever is stored and whatever is asked, so that every search engine answers alike.
 * "Beyoncé – L’été" and "beyonce - l'ete" fold to the same.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '') // the accents NFKD split off; vowel signs of Indic scripts are Mc and stay
    .toLowerCase()
    .replace(/[\u2018\u2019\u02BC\u0060\u00B4]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replace(/\s+/g, ' ')
    .trim();
}
