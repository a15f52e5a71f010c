import type { Meaning, Part } from '../../../src/search/understanding/parts.ts';
import { understand, withoutParts } from '../../../src/search/understanding/understand.ts';

/** A Monday, noon in Greenwich. */
export const MONDAY = '2026-11-30T12:00:00Z';

/** What is understood of a term, in one line: `jazz [this weekend: 2026-12-04 17h to 2026-12-06]`; unsure parts with `?`. */
export function said(term: string, now = MONDAY, timezone = 'UTC'): string {
  const parts = understand(term, { now: new Date(now), timezone });
  const rest = withoutParts(term, parts).replaceAll(/\s+/g, ' ');
  return [rest, ...parts.map(write)].filter((text) => text !== '').join(' ');
}

const write = ({ words, meaning, isSure }: Part): string =>
  `[${words}${isSure ? '' : '?'}: ${valueOf(meaning)}]`;

function valueOf(meaning: Meaning): string {
  switch (meaning.kind) {
    case 'DATES': {
      const { from, to, fromHour } = meaning.days;
      const start = fromHour === undefined ? from : `${from} ${fromHour}h`;
      return from === to ? start : `${start} to ${to}`;
    }
    case 'PRICE': {
      const { currency, min, max } = meaning.price;
      return `${min ?? ''}..${max ?? ''}${currency === null ? '' : ` ${currency}`}`;
    }
    case 'PLACE':
      if (meaning.place === 'HERE') return 'here';
      return 'city' in meaning.place ? meaning.place.city : meaning.place.country;
  }
}
