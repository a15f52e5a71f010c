import type { Answer, Engine } from './engines.ts';
import { ndcg } from './ndcg.ts';
import type { Half, JudgedQuery } from './query-set.ts';
import { gradeBy, type Grade, type JudgedEvent } from './rules.ts';

/** A query with the answers of every engine, judged. */
export interface JudgedAnswers extends JudgedQuery {
  half: Half;
  /** Grades of the Events that are relevant at all. */
  relevant: ReadonlyMap<string, Grade>;
  /** By the name of the engine. */
  answers: ReadonlyMap<string, Answer[]>;
}

/** Ask every engine a query, and grade every Event of the catalogue. */
export async function judge(
  query: JudgedQuery,
  half: Half,
  events: readonly JudgedEvent[],
  engines: readonly Engine[],
): Promise<JudgedAnswers> {
  const gradeOf = gradeBy(query);
  const relevant = new Map<string, Grade>();
  for (const event of events) {
    const grade = gradeOf(event);
    if (grade > 0) relevant.set(event.id, grade);
  }
  const answers = new Map<string, Answer[]>();
  for (const engine of engines) answers.set(engine.name, await engine.search(query.query));
  return { ...query, half, relevant, answers };
}

/** Figure of one query and engine: nDCG@10; of a query that has no answer, 1 if it brings nothing but marked guesses, else 0. */
export function figureOf({ kind, relevant, answers }: JudgedAnswers, engine: string): number {
  const hits = answers.get(engine)!;
  if (kind === 'nothing') return hits.every(({ isMarked }) => isMarked) ? 1 : 0;
  return ndcg(
    hits.map(({ id }) => relevant.get(id) ?? 0),
    [...relevant.values()],
  );
}
