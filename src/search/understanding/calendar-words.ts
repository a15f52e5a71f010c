import { fold } from '../../platform/text/fold.ts';

/** Those of the little words. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];

const JANUARY = 1;
/** A Sunday. */
const SUNDAY = Date.UTC(2026, 0, 4);
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Names by folded word in all languages, as the English ones, in lower case. */
function englishNames(instants: readonly number[], option: Intl.DateTimeFormatOptions): Map<string, string> {
  const [english, ...others] = LANGUAGES.map((language) => {
    const format = new Intl.DateTimeFormat(language, { ...option, timeZone: 'UTC' });
    return instants.map((instant) => fold(format.format(instant)).replace(/\.$/, ''));
  });
  const names = [...others, english!].flatMap((list) =>
    list.map((name, at) => [name, english![at]!] as const),
  );
  return new Map(names);
}

const months = Array.from({ length: 12 }, (_, at) => Date.UTC(2026, JANUARY - 1 + at, 15));
const weekdays = Array.from({ length: 7 }, (_, at) => SUNDAY + at * DAY_MS);

/** Whole names: `dezember` is `december`. */
export const MONTHS: ReadonlyMap<string, string> = englishNames(months, { month: 'long' });
export const WEEKDAYS: ReadonlyMap<string, string> = new Map([
  ...englishNames(weekdays, { weekday: 'long' }),
  ['sonnabend', 'saturday'],
]);
/** Abbreviations, which are months beside a number alone. */
export const SHORT_MONTHS: ReadonlyMap<string, string> = new Map([
  ...englishNames(months, { month: 'short' }),
  ['sept', 'sep'],
]);

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Months that are names or words, too: May, March, Bruno Mars, Avril, June, August. They need a day or a preposition. */
export const AMBIGUOUS_MONTHS = set(
  'may march mars mai mayo maio mei maggio april abril avril june juni juin august agosto',
);
/** Before a month: `in march`. */
export const MONTH_LEADS = set('in im en em nel during');
/** Before a day: `on friday`, `from 5 to 7 december`. */
export const DAY_LEADS = set('on am an le el il op from vom between zwischen entre tra tussen');
/** Between these and the day: `on the 12th`. */
export const ARTICLES = set('the den der de du');
export const UNTIL = set('until till bis hasta');
/** Before a weekday that is a day; with `true`, that of the next week. */
export const THIS = set('this diesen dieser ce este questo questa esta deze kommenden komende coming');
export const NEXT = set('next nachsten nachster proximo prossimo prossima proxima volgende prochain');
/** Between the parts of a date: `12 de diciembre de 2026`. */
export const OF = set('de del di of of the');
export const TO = set('to bis au al tot a ate till until through - –');
export const AND = set('and und et y e en');
export const BETWEEN = set('between zwischen entre tra tussen');
/** Before a weekday that is a name or every week's. */
export const NO_DATE_BEFORE = set(
  'black good blue ruby fat ash bloody super cyber stormy manic holy palm giving every each jeden chaque cada ogni elke last past letzten letzter vorige vorigen scorso scorsa',
);
/** The number behind it is not a day: `symphony no. 9 december 2026`. */
export const NUMBERED = set(
  'no nr opus number nummer symphony symphonie sinfonie sinfonia part vol volume # n',
);
/** Behind a day: `friday night`. */
export const TIMES_OF_DAY = set(
  `night nights evening afternoon morning abend nacht nachmittag morgen vormittag soir matin nuit noche tarde sera notte mattina
   noite manha avond middag ochtend`.replaceAll(/\s+/g, ' '),
);
