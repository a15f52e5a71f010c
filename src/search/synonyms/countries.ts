import { fold } from '../../platform/text/fold.ts';
import { wordsOf } from '../../platform/text/words.ts';

/** Languages in which countries are found, English first. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];

/** Names besides those of Intl, folded words. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  US: 'usa, united states, united states of america, u s a',
  GB: 'uk, united kingdom, great britain, u k',
  NL: 'netherlands, holland, the netherlands',
  KR: 'south korea, korea republic, republic of korea',
  KP: 'north korea, korea dpr, dpr korea',
  CZ: 'czechia, czech republic',
  CI: 'ivory coast, cote d ivoire',
  TR: 'turkey, turkiye',
  AE: 'united arab emirates, uae, u a e',
  BA: 'bosnia herzegovina, bosnia and herzegovina, bosnia',
  CD: 'dr congo, congo dr, democratic republic of congo, democratic republic of the congo',
  CG: 'congo, republic of congo, republic of the congo',
  CV: 'cape verde, cabo verde, cape verde islands',
  MK: 'north macedonia, macedonia, fyr macedonia',
  SZ: 'eswatini, swaziland',
  CN: 'china, china pr, people s republic of china',
  HK: 'hong kong, hongkong',
  MO: 'macau, macao',
  RU: 'russia, russian federation',
  SY: 'syria, syrian arab republic',
  IR: 'iran, ir iran',
  VN: 'vietnam, viet nam',
  TT: 'trinidad and tobago, trinidad tobago',
  IE: 'ireland, republic of ireland, eire',
  TL: 'east timor, timor leste',
  MM: 'myanmar, burma',
  BN: 'brunei, brunei darussalam',
  LA: 'laos, lao',
  MD: 'moldova, republic of moldova',
  TZ: 'tanzania, united republic of tanzania',
  KG: 'kyrgyzstan, kyrgyz republic',
  PS: 'palestine, palestinian territories',
  VA: 'vatican city, vatican',
  VC: 'st vincent and the grenadines, saint vincent and the grenadines, st vincent grenadines',
  KN: 'st kitts and nevis, saint kitts and nevis',
  LC: 'st lucia, saint lucia',
};

/** Parts of a country with teams of their own, and words of other names: places, but no spellings of a country's name. */
const PLACES_IN: Readonly<Record<string, string>> = {
  GB: 'england, scotland, wales, northern ireland, britain, schottland, angleterre, inglaterra, inghilterra, engeland',
  US: 'us, u s, the states, america, vereinigte staaten von amerika, vereinigten staaten',
  NL: 'niederlanden',
  KR: 'korea',
  AE: 'emirates',
  TT: 'trinidad',
};

/** Foreign names that are other words, too; shorter ones always may be: Ira, Oma. */
const OTHER_WORDS = new Set(['suede']);
const MIN_FOREIGN_LENGTH = 4;

const listed = (names: string): string[] => names.split(',').map((name) => name.trim());

/** Neither countries nor territories, though Intl names them. */
const NO_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));

/** Codes in use that Intl names; former ones, such as DD, stand for others. */
function codes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRIES.has(code) && names.of(code) !== undefined)
    .filter((code) => new Intl.Locale(`und-${code}`).region === code);
}

const regions = LANGUAGES.map((language) => new Intl.DisplayNames(language, { type: 'region' }));

/** Names of each country as folded words, the English ones first. */
const namesByCode: ReadonlyMap<string, readonly string[]> = new Map(
  codes().map((code): [string, readonly string[]] => {
    const names = regions.map((region) => wordsOf(fold(region.of(code) ?? code)).join(' '));
    return [code, [...new Set([...listed(OTHER_NAMES[code] ?? names[0]!), ...names])]];
  }),
);

/** ISO 3166 codes by the words of a country, in all languages; what stands for itself comes before what is a part. */
export const COUNTRY_CODES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(PLACES_IN).flatMap(([code, names]) =>
    listed(names).map((name): [string, string] => [name, code]),
  ),
  ...[...namesByCode]
    .toReversed()
    .flatMap(([code, names]) => names.map((name): [string, string] => [name, code])),
  ...Object.entries(OTHER_NAMES).flatMap(([code, names]) =>
    listed(names).map((name): [string, string] => [name, code]),
  ),
]);

/** English spellings of a country by each of its names: Events are called by them, whatever language is typed. */
export const COUNTRY_SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map(
  [...namesByCode].flatMap(([code, names]) => {
    const english = OTHER_NAMES[code] === undefined ? [names[0]!] : listed(OTHER_NAMES[code]);
    const spelt = names.filter(
      (name) => english.includes(name) || (name.length >= MIN_FOREIGN_LENGTH && !OTHER_WORDS.has(name)),
    );
    return spelt.map((name): [string, readonly string[]] => [name, english]);
  }),
);
