import { minorUnitDigits } from '../../platform/money.ts';
import type { PriceRange } from '../search-engine.ts';
import { CURRENCY_BEFORE, CURRENCY_BEHIND, currencyOf } from './currencies.ts';
import type { SpanPart } from './parts.ts';
import { phraseAt, spanAt, type TermLine } from './term-line.ts';

/** In the main unit of any currency: what tickets of small venues cost. */
const CHEAP = 25;

const phrases = (list: string): ReadonlyMap<string, true> =>
  new Map(list.split(',').map((phrase) => [phrase.trim(), true]));

const FREE = phrases(
  `free entry, free entrance, free admission, free of charge, for free, eintritt frei, freier eintritt, kostenlos, kostenlose,
   gratis, umsonst, gratuit, gratuite, gratuits, gratuitement, entree libre, entree gratuite, entrada libre, entrada gratis,
   gratuito, gratuita, ingresso libero, ingresso gratuito, entrada gratuita, gratis toegang`,
);
const MAYBE_FREE = phrases('free, free tickets');
const MAYBE_CHEAP = phrases(
  `cheap, cheap tickets, inexpensive, affordable, gunstig, gunstige, billig, billige, pas cher, bon marche, barato, baratos,
   economico, goedkoop, goedkope`,
);

const NUMBER = '(\\d{1,3}(?:[.,]\\d{3}){1,2}|\\d{1,7})([.,]\\d{1,2})?';
const AMOUNT = `(?:(${CURRENCY_BEFORE}) ?)?${NUMBER}(?: ?(${CURRENCY_BEHIND}))?`;

const BELOW = 'under|below|less than|cheaper than|unter|moins de|menos de|meno di|onder|<|<=';
/** Before numbers that may be a date, an age or a sequel, too (`mad max 2`): they need a currency. */
const UP_TO = `${BELOW}|max|maximum|maximal|up to|at most|hochstens|bis|bis zu|jusqu'a|hasta|fino a|ate|tot|for|fur|pour|por|per|voor`;
const FROM =
  'over|above|at least|more than|from|min|minimum|uber|ab|mindestens|plus de|mas de|piu di|mais de|vanaf|boven';
const BETWEEN = 'between|from|zwischen|von|entre|de|tra|da|tussen|van';
const TO = '-|to|and|bis|und|et|a|y|e|tot|en';

// nothing in a pattern repeats without a bound, so that matching is linear
const START = '(?<=^| )';
const END = '(?=$| )';
const RANGE = new RegExp(`${START}(?:(?:${BETWEEN}) )?${AMOUNT} ?(?:${TO}) ?${AMOUNT}${END}`, 'gu');
const MAX = new RegExp(`${START}(${UP_TO}) ?${AMOUNT}(?: (?:max|maximum|or less))?${END}`, 'gu');
const MIN = new RegExp(`${START}(?:${FROM}) ?${AMOUNT}${END}`, 'gu');
const EXACT = new RegExp(`${START}${AMOUNT}(?: (?:max|maximum|or less))?${END}`, 'gu');

/** What a bare number may count in place of money: `under 20 minutes`. */
const OTHER_UNIT =
  /^(?:s|years?|yrs?|jahren?|ans|anos|anni|jaar|minutes?|mins?|minuten|hours?|seconds?|miles?|km|m|%|percent|people)\b/u;
const BARE_BOUND = new RegExp(`^(?:${BELOW})$`, 'u');
/** Of teams by age, such as `england under 21`. */
const AGES = { min: 12, max: 23 };

/** The part of a line that says what tickets may cost. `country` decides what a dollar is. */
export function readPrice(line: TermLine, country: string | null): SpanPart | null {
  for (const [pattern, read] of READERS) {
    for (const match of line.text.matchAll(pattern)) {
      const price = read(match, country);
      const part = price && partOf(line, match, price);
      if (part) return part;
    }
  }
  return wordIn(line);
}

type Reader = (match: RegExpExecArray, country: string | null) => (PriceRange & { isSure?: boolean }) | null;

const READERS: readonly [RegExp, Reader][] = [
  [RANGE, rangeOf],
  [MAX, maxOf],
  [MIN, minOf],
  [EXACT, exactOf],
];

function rangeOf(match: RegExpExecArray, country: string | null): PriceRange | null {
  const [low, high] = [amountOf(match, 1, country), amountOf(match, 5, country)];
  const currency = low.currency ?? high.currency;
  if (currency === null || (low.currency ?? currency) !== (high.currency ?? currency)) return null;
  return { currency, min: Math.min(low.value, high.value), max: Math.max(low.value, high.value) };
}

function maxOf(match: RegExpExecArray, country: string | null): ReturnType<Reader> {
  const { currency, value } = amountOf(match, 2, country);
  if (currency !== null) return { currency, min: null, max: value };
  const behind = match.input.slice(match.index + match[0].length + 1);
  if (!BARE_BOUND.test(match[1]!) || OTHER_UNIT.test(behind)) return null;
  return { currency, min: null, max: value, isSure: value < AGES.min || value > AGES.max };
}

function minOf(match: RegExpExecArray, country: string | null): PriceRange | null {
  const { currency, value } = amountOf(match, 1, country);
  return currency === null ? null : { currency, min: value, max: null };
}

/** `20 €` is meant as a limit; `2024 euro` as a championship. */
function exactOf(match: RegExpExecArray, country: string | null): PriceRange | null {
  const { currency, value } = amountOf(match, 1, country);
  return currency === null || /^20\d\d e/.test(match[0]) ? null : { currency, min: null, max: value };
}

function wordIn(line: TermLine): SpanPart | null {
  const readings = [
    { list: FREE, max: 0, isSure: true },
    { list: MAYBE_FREE, max: 0, isSure: false },
    { list: MAYBE_CHEAP, max: CHEAP, isSure: false },
  ];
  for (const { list, max, isSure } of readings) {
    for (const at of line.chunks.keys()) {
      const phrase = phraseAt(line, at, list);
      if (phrase !== null) {
        const { first, last } = phrase;
        return { first, last, meaning: { kind: 'PRICE', price: { currency: null, min: null, max } }, isSure };
      }
    }
  }
  return null;
}

/** The amount of the four groups of a match that begin at `group`, in the main unit. */
function amountOf(match: RegExpExecArray, group: number, country: string | null) {
  const [before, whole, fraction, after] = match.slice(group, group + 4);
  return {
    currency: currencyOf(before ?? after ?? '', country),
    value: Number(whole!.replaceAll(/[.,]/g, '') + (fraction ?? '').replace(',', '.')),
  };
}

/** The part for an amount in the main unit, if the match begins and ends with whole chunks. */
function partOf(
  line: TermLine,
  match: RegExpExecArray,
  read: NonNullable<ReturnType<Reader>>,
): SpanPart | null {
  const { currency, min, max, isSure = true } = read;
  const span = spanAt(line, match.index, match.index + match[0].length);
  if (span === null) return null;
  const factor = currency === null ? 1 : 10 ** minorUnitDigits(currency);
  const inUnits = (value: number | null) => (value === null ? null : Math.round(value * factor));
  const price = { currency, min: inUnits(min), max: inUnits(max) };
  return { ...span, meaning: { kind: 'PRICE', price }, isSure };
}
