import type postgres from 'postgres';

import { seededRandom } from '../../src/seating-plan/index.ts';
import { readQueries } from '../relevance/query-set.ts';

const MAX_NAMES = 2_000;
const MIN_LETTERS = 2;
const MAX_LETTERS = 12;

/** What people search for, in turn: the judged queries that Events answer. */
export async function openSearchTerms(): Promise<() => string> {
  const terms = (await readQueries('tune')).filter(({ kind }) => kind !== 'nothing');
  let next = 0;
  return () => terms[next++ % terms.length]!.query;
}

/**
 * What people type, letter by letter, each person one name: performers by their number of Events, of which the n-th is typed
 * 1/n times as often as the first.
 */
export async function openKeystrokes(sql: postgres.Sql): Promise<() => string> {
  const names = await sql<{ name: string }[]>`
    select name from performers join event_performers on performer_id = id
    group by performers.id order by count(*) desc, name limit ${MAX_NAMES}`;
  let person = 0;
  const drawName = (): string => {
    const rank = Math.floor(names.length ** seededRandom('typed by', String(person++)));
    return names[rank - 1]!.name;
  };
  let typed = '';
  let letters = 0;
  return () => {
    if (letters >= Math.min(typed.length, MAX_LETTERS)) {
      typed = drawName();
      letters = MIN_LETTERS - 1;
    }
    letters++;
    return typed.slice(0, letters);
  };
}
