import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { seededRandom } from '../../src/seating-plan/index.ts';
import type { Answer, Engine } from './engines.ts';
import type { JudgedAnswers } from './evaluate.ts';
import { NOW } from './fixed-clock.ts';
import type { Half, Kind } from './query-set.ts';
import type { JudgedEvent } from './rules.ts';

/** What a reader is shown of a query. */
interface PooledQuery {
  query: string;
  events: { id: string; [fact: string]: unknown }[];
}

/** Answers by engine, which readers must not see. */
export interface KeptAnswers {
  query: string;
  kind: Kind;
  half: Half;
  answers: Record<string, Answer[]>;
}

const INSTRUCTIONS = `Each line of pool.jsonl is a query that a fan typed into the search of a ticket shop at ${NOW}, from Toronto, and
Events in random order. Grade every Event by what the fan meant:

3  what was asked for
2  close: most fans would be glad of it
1  has something to do with it
0  has nothing to do with it

Do not ask which of several perfect Events is best, and do not look anything up: a query may have no relevant Event at all.
Write one line per query: {"query": "…", "grades": {"<id>": 3, …}}
`;

/** Events in the first ten of any engine, shuffled: neither order nor origin can be told. */
export function poolOf(
  { query, answers }: Pick<JudgedAnswers, 'query' | 'answers'>,
  engines: readonly string[],
): string[] {
  const ids = new Set(engines.flatMap((engine) => answers.get(engine)!.map(({ id }) => id)));
  return [...ids].toSorted((a, b) => seededRandom(query, a) - seededRandom(query, b) || (a < b ? -1 : 1));
}

/** Write what readers judge, and apart from it which engine answered what. */
export async function writePool(
  directory: string,
  judged: readonly JudgedAnswers[],
  engines: readonly Engine[],
  events: ReadonlyMap<string, JudgedEvent>,
): Promise<void> {
  const names = engines.map(({ name }) => name).filter((name) => name !== 'random');
  const pooled = judged.map((query): PooledQuery => ({
    query: query.query,
    events: poolOf(query, names).map((id) => factsOf(events.get(id)!)),
  }));
  const kept = judged.map(({ query, kind, half, answers }): KeptAnswers => ({
    ...{ query, kind, half },
    answers: Object.fromEntries(names.map((name) => [name, answers.get(name)!])),
  }));
  await mkdir(join(directory, 'for-readers'), { recursive: true });
  await writeFile(join(directory, 'for-readers', 'instructions.txt'), INSTRUCTIONS);
  await writeFile(join(directory, 'for-readers', 'pool.jsonl'), linesOf(shuffled(pooled)));
  await writeFile(join(directory, 'answers.jsonl'), linesOf(kept));
}

/** Read which engine answered what. */
export const readKeptAnswers = (directory: string): Promise<KeptAnswers[]> =>
  readLines<KeptAnswers>(join(directory, 'answers.jsonl'));

/** Read a file of JSON lines. */
export async function readLines<T>(file: string): Promise<T[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as T);
}

/** Kinds lie mixed, so that none is recognised. */
const shuffled = (queries: readonly PooledQuery[]): PooledQuery[] =>
  queries.toSorted((a, b) => seededRandom('order', a.query) - seededRandom('order', b.query));

const linesOf = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const factsOf = (event: JudgedEvent): PooledQuery['events'][number] => ({
  id: event.id,
  name: event.name,
  when: event.firstDay === event.lastDay ? event.firstDay : `${event.firstDay} to ${event.lastDay}`,
  where: [event.venue, ...event.aliases.slice(0, 2), event.city, event.country].filter(Boolean).join(', '),
  performers: event.performers.slice(0, 12).join(', '),
  kind: [event.category, event.genre, event.series].filter(Boolean).join(', '),
  description: event.description ?? '',
});
