import { expect, test } from 'vitest';

import { documentOf, eventTexts, type EventTextSource } from '../../src/catalog/event-texts.ts';

const SOURCE: EventTextSource = {
  folded: 'open air',
  performers: ['ac/dc'],
  venue: 'olympiahalle munchen',
  city: 'München',
  countryCode: 'DE',
  category: 'concert',
  genre: 'Rock',
  series: 'Power Up',
  description: 'Loud. Ünder the roof!',
};

test('texts are folded words: the name, the names around it, the kinds, the description', () => {
  const { name, names, kinds, description } = eventTexts(SOURCE);
  expect(name).toEqual(['open', 'air']);
  expect(names.slice(0, 5)).toEqual(['ac', 'dc', 'olympiahalle', 'munchen', 'munchen']);
  expect(names).toEqual(expect.arrayContaining(['munich', 'muenchen', 'monaco', 'baviera']));
  expect(kinds).toEqual(['concert', 'rock', 'power', 'up']);
  expect(description).toEqual(['loud', 'under', 'the', 'roof']);
});

test('a city has its other spellings in its own country alone', () => {
  const wordsIn = (countryCode: string | null) =>
    eventTexts({ ...SOURCE, city: 'Vienna', countryCode }).names;
  expect(wordsIn('AT')).toContain('wien');
  expect(wordsIn('US')).not.toContain('wien'); // Vienna, Virginia
  expect(wordsIn(null)).toContain('wien');
});

test('a long description is found by its beginning', () => {
  const { description } = eventTexts({
    ...SOURCE,
    description: `${'word '.repeat(799)}las 𠮷${'𠮷'.repeat(9)}`,
  });
  expect(description).toHaveLength(801);
  expect(description.every((word) => word.isWellFormed())).toBe(true);
});

test('a document has the label of each field, and no phrase across two', () => {
  const texts = { name: ['a', 'b', 'a'], names: ['c'], kinds: [], description: ['a'] };
  expect(documentOf(texts)).toBe(`'a':1A,3A,8D 'b':2A 'c':5B`);
});
