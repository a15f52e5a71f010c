import type { Engine } from './engines.ts';
import { figureOf, type JudgedAnswers } from './evaluate.ts';
import { mean } from './ndcg.ts';
import { KINDS, type Half } from './query-set.ts';
import type { Grade, JudgedEvent } from './rules.ts';

/** Print the figures of a half by kind, as a table of Markdown. */
export function tableOf(half: Half, judged: readonly JudgedAnswers[], engines: readonly Engine[]): string[] {
  const ofHalf = judged.filter((query) => query.half === half);
  const row = (title: string, queries: readonly JudgedAnswers[]): string => {
    const figures = engines.map(({ name }) =>
      mean(queries.map((query) => figureOf(query, name)))?.toFixed(2),
    );
    return `| ${[title, queries.length, ...figures].join(' | ')} |`;
  };
  const answerable = ofHalf.filter(({ kind }) => kind !== 'nothing');
  return [
    `| ${half} half | queries | ${engines.map(({ name }) => name).join(' | ')} |`,
    `| --- | ${['', ...engines].map(() => '---').join(' | ')} |`,
    ...KINDS.map((kind) => [kind, ofHalf.filter((query) => query.kind === kind)] as const)
      .filter(([, queries]) => queries.length > 0)
      .map(([kind, queries]) => row(kind, queries)),
    row('**all but nothing**', answerable),
  ];
}

/** Say how often each engine answered a query with nothing although there is something, and the reverse. */
export function emptyLines(judged: readonly JudgedAnswers[], engines: readonly Engine[]): string[] {
  const answerable = judged.filter(({ kind }) => kind !== 'nothing');
  const nothing = judged.filter(({ kind }) => kind === 'nothing');
  return engines.map(({ name }) => {
    const empty = answerable.filter(({ answers }) => answers.get(name)!.length === 0).length;
    const unmarked = nothing.filter((query) => figureOf(query, name) === 0).length;
    return `${name}: ${empty} of ${answerable.length} answers empty; ${unmarked} of ${nothing.length} queries for nothing bring hits that are not marked as guesses`;
  });
}

/** Queries of the half to tune on that an engine answers worst, with what came and what should have come. */
export function failureLines(
  judged: readonly JudgedAnswers[],
  engine: string,
  events: ReadonlyMap<string, JudgedEvent>,
  below: number,
): string[] {
  return judged
    .filter((query) => query.half === 'tune' && figureOf(query, engine) < below)
    .toSorted((a, b) => figureOf(a, engine) - figureOf(b, engine))
    .flatMap((query) => explain(query, engine, events));
}

/** Answers of one engine to a query with their grades, then the best Events that are missing. */
export function explain(
  query: JudgedAnswers,
  engine: string,
  events: ReadonlyMap<string, JudgedEvent>,
): string[] {
  if (query.half !== 'tune') throw new Error('this query is in the half that is never looked at');
  const hits = query.answers.get(engine)!;
  const shown = new Set(hits.map(({ id }) => id));
  const missing = [...query.relevant].filter(([id]) => !shown.has(id)).toSorted((a, b) => b[1] - a[1]);
  const describe = (id: string, grade: Grade): string => `${grade} ${describeEvent(events.get(id)!)}`;
  return [
    `\`${query.query}\` (${query.kind}) ${engine}: ${figureOf(query, engine).toFixed(2)}${query.meant ? `; meant: ${query.meant}` : ''}`,
    ...hits.map(
      ({ id, isMarked }) => `  ${describe(id, query.relevant.get(id) ?? 0)}${isMarked ? ' [marked]' : ''}`,
    ),
    ...(hits.length === 0 ? ['  nothing came'] : []),
    ...(missing.length === 0 ? [] : [`  missing, ${missing.length} in all:`]),
    ...missing.slice(0, 3).map(([id, grade]) => `    ${describe(id, grade)}`),
  ];
}

const describeEvent = ({ name, venue, city, country, firstDay, lastDay }: JudgedEvent): string =>
  [name, venue, city, country, firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`]
    .filter((part) => part !== null)
    .join(' · ');
