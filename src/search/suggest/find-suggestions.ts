import { sql, type SQL } from 'drizzle-orm';

import type { Db } from '../../platform/db/pool.ts';
import type { Suggestion, SuggestQuery } from '../search-engine.ts';
import { correctWords, type TypedWord } from './correct-words.ts';

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
 * What the term may become: names that have every word, the last one as a prefix; those that begin with the term first, then
 * what is near, then what has most Events. Reads some hundred rows however many names there are.
 */
export async function findSuggestions(db: Db, query: SuggestQuery): Promise<Suggestion[]> {
  const typed = query.words.map((word, at) => ({
    spellings: [word],
    isUnfinished: at === query.words.length - 1,
  }));
  const found = await readMatching(db, query, typed);
  if (found.length > 0) return found;
  const corrected = await correctWords(db, typed);
  return corrected === null ? [] : readMatching(db, query, corrected);
}

async function readMatching(
  db: Db,
  { near, limit }: SuggestQuery,
  typed: readonly TypedWord[],
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
  return rows.map(({ kind, key, name, events, eventId, country }) => ({
    kind,
    id: kind === 'EVENT' ? eventId : kind === 'CITY' ? null : key,
    name,
    country,
    events,
    words: typed.filter(({ isUnfinished }) => !isUnfinished).flatMap(({ spellings }) => spellings),
    prefixes: typed.filter(({ isUnfinished }) => isUnfinished).flatMap(({ spellings }) => spellings),
  }));
}

/** The term as the beginning of a name, by the spellings of its words: at most 27. */
function phrasesOf(typed: readonly TypedWord[]): string[] {
  let phrases = [''];
  for (const { spellings } of typed)
    phrases = phrases.flatMap((phrase) => spellings.map((word) => `${phrase} ${word}`)).slice(0, 27);
  return phrases.map((phrase) => phrase.trimStart());
}

/** SQL condition: the name has every word. */
const hasAll = (typed: readonly TypedWord[]): SQL =>
  sql.join(
    typed.map(({ spellings, isUnfinished }) => {
      const any = spellings.map((word) =>
        isUnfinished
          ? sql`strpos(' ' || words, ${` ${word}`}) > 0`
          : sql`strpos(' ' || words || ' ', ${` ${word} `}) > 0`,
      );
      return sql`(${sql.join(any, sql` or `)})`;
    }),
    sql` and `,
  );

/**
 * SQL select: rows of the first word, with which a name may begin, and of the longest one, which few names have. Each part is in the
 * order of an index and limited.
 */
function candidatesOf(typed: readonly TypedWord[]): SQL {
  const first = typed[0]!;
  const longest = typed.toSorted((a, b) => b.spellings[0]!.length - a.spellings[0]!.length)[0]!;
  const parts = [...new Set([first, longest])].flatMap(({ spellings, isUnfinished }) =>
    spellings.flatMap((word) => (isUnfinished ? rowsThatBegin(word) : [rowsOf(word)])),
  );
  return sql.join(parts, sql` union all `);
}

const rowsOf = (word: string): SQL => sql`(
  select * from suggestion_words where word = ${word} order by is_inner, events desc nulls last limit ${MAX_ROWS_PER_WORD})`;

/** Of those that have an index of their letters, the best; of others, the best of fewer letters, and the first by alphabet. */
function rowsThatBegin(word: string): SQL[] {
  const letters = [...word].length;
  const best = letters >= 4 ? byLetters(word, 4) : letters >= 2 ? byLetters(word, 2) : null;
  const byAlphabet = sql`(
    select * from suggestion_words where word like ${`${word}%`} order by word using ~<~ limit ${MAX_ROWS_PER_WORD})`;
  if (best === null) return [byAlphabet];
  return letters === 2 || letters === 4 ? [best] : [best, byAlphabet];
}

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
