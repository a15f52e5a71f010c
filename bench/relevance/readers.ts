import { DEPTH, mean, ndcg } from './ndcg.ts';
import type { KeptAnswers } from './pool.ts';
import { KINDS } from './query-set.ts';

/** What a reader wrote about a query. */
export interface Reading {
  query: string;
  grades: Record<string, number>;
}

/** Agreement of two readers: the share of equal grades, and Cohen's kappa with quadratic weights; 1 is full agreement, 0 chance. */
export function agreementOf(pairs: readonly (readonly [number, number])[]): {
  equal: number;
  kappa: number;
} {
  const distance = (a: number, b: number): number => (a - b) ** 2;
  const observed = mean(pairs.map(([a, b]) => distance(a, b))) ?? 0;
  const shares = [0, 1].map((reader) =>
    [0, 1, 2, 3].map((grade) => pairs.filter((pair) => pair[reader] === grade).length / pairs.length),
  );
  let expected = 0;
  for (const [a, shareA] of shares[0]!.entries())
    for (const [b, shareB] of shares[1]!.entries()) expected += shareA * shareB * distance(a, b);
  return {
    equal: mean(pairs.map(([a, b]) => (a === b ? 1 : 0))) ?? 0,
    kappa: expected === 0 ? 1 : 1 - observed / expected,
  };
}

/** Report the agreement of two readers, and nDCG@10 of each engine by the mean of their grades, of the best order of the pool. */
export function readingLines(
  kept: readonly KeptAnswers[],
  readings: readonly [Reading[], Reading[]],
): string[] {
  const [first, second] = readings.map(
    (reader) => new Map(reader.map(({ query, grades }) => [query, grades])),
  ) as [Map<string, Reading['grades']>, Map<string, Reading['grades']>];
  const pairs: [number, number][] = [];
  const judged = kept.map((query) => {
    const grades = new Map<string, number>();
    for (const id of poolIds(query)) {
      const pair: [number, number] = [gradeIn(first, query.query, id), gradeIn(second, query.query, id)];
      pairs.push(pair);
      grades.set(id, (pair[0] + pair[1]) / 2);
    }
    return { ...query, grades };
  });
  const { equal, kappa } = agreementOf(pairs);
  const engines = Object.keys(kept[0]?.answers ?? {});
  const row = (title: string, queries: typeof judged): string => {
    const figures = engines.map((engine) =>
      mean(queries.map((query) => figureOf(query, engine)))?.toFixed(2),
    );
    return `| ${[title, queries.length, ...figures].join(' | ')} |`;
  };
  return [
    `${pairs.length} grades of each reader; ${(100 * equal).toFixed(0)} % equal, weighted kappa ${kappa.toFixed(2)}`,
    '',
    `| by two readers | queries | ${engines.join(' | ')} |`,
    `| --- | ${['', ...engines].map(() => '---').join(' | ')} |`,
    ...KINDS.map((kind) => [kind, judged.filter((query) => query.kind === kind)] as const)
      .filter(([, queries]) => queries.length > 0)
      .map(([kind, queries]) => row(kind, queries)),
    row(
      '**all but nothing**',
      judged.filter(({ kind }) => kind !== 'nothing'),
    ),
  ];
}

const poolIds = ({ answers }: KeptAnswers): Set<string> =>
  new Set(Object.values(answers).flatMap((hits) => hits.map(({ id }) => id)));

function gradeIn(reader: ReadonlyMap<string, Reading['grades']>, query: string, id: string): number {
  const grade = reader.get(query)?.[id];
  if (grade === undefined || ![0, 1, 2, 3].includes(grade))
    throw new Error(`a reader has no grade from 0 to 3 for ${id} of \`${query}\``);
  return grade;
}

function figureOf(query: KeptAnswers & { grades: ReadonlyMap<string, number> }, engine: string): number {
  const hits = query.answers[engine]!.slice(0, DEPTH);
  if (query.kind === 'nothing') return hits.every(({ isMarked }) => isMarked) ? 1 : 0;
  return ndcg(
    hits.map(({ id }) => query.grades.get(id)!),
    [...query.grades.values()],
  );
}
