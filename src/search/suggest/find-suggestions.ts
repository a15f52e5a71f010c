import { sql, type SQL } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { Suggestion, SuggestQuery } from '../search-engine.ts';
import { correctWords } from './correct-words.ts';
import { termAsAlias, typedParts, type PartWording, type TypedPart } from './typed-parts.ts';

/** Rows that are read of each word that is looked up. */
const MAX_ROWS_PER_WORD = 100;
/** Where the letters typed so far begin a word of an index, but are not all of it. */
const MAX_ROWS_OF_LETTERS = 200;

interface Row extends Record<string, unknown> {
  kind: Suggestion['kind'];
  key: string;
  name: string;
  events: number;
  eventId: string;
  country: string | null;
}

/**
 * What the term may become: names that have every word or a synonym of it, the last one as a prefix; those that begin with the term
 * first, then what is near, then what has most Events. Reads at most some 2,000 rows however many names there are.
 */
export async function findSuggestions(db: Db, query: SuggestQuery): Promise<Suggestion[]> {
  const typed = typedParts(query.words);
  const found = await readMatching(db, query, typed);
  if (found.length > 0) return found;
  const alias = termAsAlias(query.words);
  const named = alias === null ? [] : await readMatching(db, query, [alias]);
  if (named.length > 0) return named;
  const corrected = await correctWords(db, typed);
  return corrected === null ? [] : readMatching(db, query, corrected);
}

async function readMatching(
  db: Db,
  { near, limit }: SuggestQuery,
  typed: readonly TypedPart[],
): Promise<Suggestion[]> {
  const phrases = phrasesOf(typed);
  const begins = sql.join(
    phrases.map((phrase) => sql`starts_with(words, ${phrase})`),
    sql` or `,
  );
  const isNear = near === null ? sql`false` : isWithin(near);
  const { rows } = await db.execute<Row>(sql`
    /* search.findSuggestions: plan anew */
    select kind, key, name, events, first_event_id as "eventId", country_code as country
    from (
      select distinct on (kind, key) *, (${begins}) as begins, coalesce(${isNear}, false) as is_near
      from (${candidatesOf(typed)}) candidates
      where until > now() and ${hasAll(typed)}
      order by kind, key
    ) found
    order by begins desc, is_near desc, events desc, length(name), name, kind, key
    limit ${limit}`);
  const wordings = typed.flatMap((part) => part.wordings);
  return rows.map(({ kind, key, name, events, eventId, country }) => ({
    kind,
    id: kind === 'EVENT' ? eventId : kind === 'CITY' ? null : key,
    name,
    country,
    events,
    words: wordings.flatMap(({ words, isUnfinished }) => (isUnfinished ? words.slice(0, -1) : words)),
    prefixes: wordings.flatMap(({ words, isUnfinished }) => (isUnfinished ? words.slice(-1) : [])),
  }));
}

const MAX_PHRASES = 27;

/** The term as the beginning of a name, by all combinations of its wordings but guesses. */
function phrasesOf(typed: readonly TypedPart[]): string[] {
  let phrases = [''];
  for (const { wordings } of typed) {
    const known = wordings.filter(({ isGuess }) => !isGuess);
    phrases = phrases
      .flatMap((phrase) => known.map(({ words }) => `${phrase} ${words.join(' ')}`))
      .slice(0, MAX_PHRASES);
  }
  return phrases.map((phrase) => phrase.trimStart());
}

/** SQL condition: the name has every part. */
const hasAll = (typed: readonly TypedPart[]): SQL =>
  sql.join(
    typed.map(({ wordings }) => {
      const any = wordings.map(({ words, isUnfinished }) =>
        isUnfinished
          ? sql`strpos(' ' || words, ${` ${words.join(' ')}`}) > 0`
          : sql`strpos(' ' || words || ' ', ${` ${words.join(' ')} `}) > 0`,
      );
      return sql`(${sql.join(any, sql` or `)})`;
    }),
    sql` and `,
  );

const lengthOf = ({ wordings: [typed] }: TypedPart): number => typed.words.join(' ').length;

/**
 * SQL select: rows of the first part, with which a name may begin, and of the longest one, which few names have. Each wording is
 * looked up by its longest word, in the order of an index and limited.
 */
function candidatesOf(typed: readonly TypedPart[]): SQL {
  const first = typed[0]!;
  const longest = typed.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0]!;
  const lookups = [...new Set([first, longest])].flatMap(({ wordings }) => wordings.map(lookupOf));
  const unique = new Map(lookups.map((lookup) => [`${lookup.word} ${lookup.isUnfinished}`, lookup]));
  const parts = [...unique.values()].flatMap(({ word, isUnfinished }) =>
    isUnfinished ? rowsThatBegin(word) : [rowsOf(word)],
  );
  return sql.join(parts, sql` union all `);
}

/** The word by which the names of a wording are read: the longest whole one, as fewest names have it. */
function lookupOf({ words, isUnfinished }: PartWording): { word: string; isUnfinished: boolean } {
  if (words.length === 1) return { word: words[0]!, isUnfinished };
  const whole = isUnfinished ? words.slice(0, -1) : words;
  return { word: whole.toSorted((a, b) => b.length - a.length)[0]!, isUnfinished: false };
}

const rowsOf = (word: string): SQL => sql`(
  select * from suggestion_words where word = ${word} order by is_inner, events desc nulls last limit ${MAX_ROWS_PER_WORD})`;

/** Of those that have an index of their letters, the best; of others, the best of fewer letters, and the first by alphabet. */
function rowsThatBegin(word: string): SQL[] {
  const letters = [...word].length;
  if (letters === 1) return [byFirstLetter(word), rowsOf(word)];
  const best = byLetters(word, letters >= 4 ? 4 : 2);
  return letters === 3 || letters > 4 ? [best, byAlphabet(word)] : [best];
}

const SECOND_LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
/** Rows that are read of each beginning of two letters. */
const MAX_ROWS_PER_SECOND_LETTER = 6;

/** The best of each second letter; in other scripts the first by alphabet. */
const byFirstLetter = (letter: string): SQL =>
  SECOND_LETTERS.includes(letter)
    ? sql`(
    select best.* from unnest(${sql.param(SECOND_LETTERS.map((second) => letter + second))}::text[]) as start (letters)
    cross join lateral (
      select * from suggestion_words where left(word, 2) = start.letters
      order by is_inner, events desc nulls last limit ${MAX_ROWS_PER_SECOND_LETTER}
    ) best)`
    : byAlphabet(letter);

const byAlphabet = (word: string): SQL => sql`(
  select * from suggestion_words where word like ${`${word}%`} order by word using ~<~ limit ${MAX_ROWS_PER_WORD})`;

const byLetters = (word: string, letters: 2 | 4): SQL => sql`(
  select * from (
    select * from suggestion_words where left(word, ${sql.raw(String(letters))}) = ${[...word].slice(0, letters).join('')}
    order by is_inner, events desc nulls last limit ${MAX_ROWS_OF_LETTERS}
  ) best where starts_with(word, ${word}))`;

/** SQL condition, roughly: what has no point is not near. */
const isWithin = ({ latitude, longitude, radiusKm }: NonNullable<SuggestQuery['near']>): SQL => sql`(
  2 * 6371 * asin(sqrt(least(1, sin(radians(latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(${latitude}::float8)) * cos(radians(latitude)) * sin(radians(longitude - ${longitude}::float8) / 2) ^ 2
  ))) <= ${radiusKm}::float8)`;
