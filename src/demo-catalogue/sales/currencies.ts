/** Currency by country, and its units per dollar: rounded for plausible prices, not for exchange. */
const CURRENCIES: Record<string, readonly [string, number]> = {
  AE: ['AED', 4],
  AR: ['ARS', 1_000],
  AU: ['AUD', 1.5],
  BR: ['BRL', 4],
  CA: ['CAD', 1.3],
  CH: ['CHF', 1],
  CL: ['CLP', 800],
  CN: ['CNY', 6],
  CO: ['COP', 3_500],
  CZ: ['CZK', 20],
  DK: ['DKK', 7],
  GB: ['GBP', 0.8],
  HK: ['HKD', 8],
  HU: ['HUF', 300],
  IL: ['ILS', 3.5],
  IN: ['INR', 50],
  IS: ['ISK', 130],
  JP: ['JPY', 130],
  KR: ['KRW', 1_200],
  KW: ['KWD', 0.3],
  MX: ['MXN', 15],
  NO: ['NOK', 10],
  NZ: ['NZD', 1.6],
  PL: ['PLN', 4],
  QA: ['QAR', 4],
  RO: ['RON', 4],
  RS: ['RSD', 100],
  SA: ['SAR', 4],
  SE: ['SEK', 10],
  SG: ['SGD', 1.3],
  TH: ['THB', 30],
  TR: ['TRY', 30],
  TW: ['TWD', 30],
  UA: ['UAH', 35],
  US: ['USD', 1],
  ZA: ['ZAR', 12],
};
const EURO = new Set(
  'AD AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK'.split(' '),
);

/** Currency of a country, and its units per dollar; US dollars for unlisted countries. */
export function currencyOf(countryCode: string): { currency: string; perDollar: number } {
  const [currency, perDollar] =
    CURRENCIES[countryCode] ?? (EURO.has(countryCode) ? ['EUR', 0.9] : ['USD', 1]);
  return { currency, perDollar };
}
