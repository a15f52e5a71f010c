/** Words and signs of currencies, folded. Codes that are words, such as CUP, TRY and ALL, are left out: `world cup 2026`. */
const CURRENCIES: Readonly<Record<string, string>> = {
  EUR: '€ eur euro euros',
  USD: 'us$ usd',
  GBP: '£ gbp pound pounds quid',
  CHF: 'chf franken sfr',
  CAD: 'c$ ca$ can$ cad',
  AUD: 'a$ au$ aud',
  NZD: 'nz$ nzd',
  MXN: 'mx$ mxn',
  BRL: 'r$ brl reais',
  JPY: '¥ jpy yen',
  SEK: 'sek kronor',
  NOK: 'nok',
  DKK: 'dkk kroner',
  PLN: 'pln zl',
  CZK: 'czk',
  HUF: 'huf',
  HKD: 'hk$ hkd',
  SGD: 's$ sgd',
  $: '$ dollar dollars bucks',
};

/** Codes by word, and `$` for what many countries call a dollar. */
const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(CURRENCIES).flatMap(([code, words]) =>
    words.split(' ').map((word): [string, string] => [word, code]),
  ),
);

/** Alternatives of a regular expression, the longest first. */
const patternOf = (words: readonly string[]): string =>
  words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('$', '\\$'))
    .join('|');

/** Behind an amount: signs, codes and words. */
export const CURRENCY_BEHIND = patternOf([...CODES.keys()]);
/** Before an amount: signs and codes alone, for `euro 2028` is a championship. */
export const CURRENCY_BEFORE = patternOf(
  [...CODES]
    .filter(([word, code]) => /[^a-z]/.test(word) || word === code.toLowerCase())
    .map(([word]) => word),
);

const DOLLARS: Readonly<Record<string, string>> = { CA: 'CAD', AU: 'AUD', NZ: 'NZD', HK: 'HKD', SG: 'SGD' };

/** Currency of a word; a dollar is that of the country, or the American one. */
export function currencyOf(word: string, country: string | null): string | null {
  const code = CODES.get(word) ?? null;
  return code === '$' ? (DOLLARS[country ?? ''] ?? 'USD') : code;
}
