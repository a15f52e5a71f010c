import { figureOf, type JudgedAnswers } from './evaluate.ts';
import { mean } from './ndcg.ts';
import { halfOf, type JudgedQuery } from './query-set.ts';
import { compileRule, type JudgedEvent } from './rules.ts';

/** What the set has to keep hard: more, and it would measure nothing. */
const MAX_BM25 = 0.8;
const MAX_RANDOM = 0.1;

/** What is wrong with the judgements themselves, whatever the engines answer. */
export function problemsOf(judged: readonly JudgedAnswers[], events: readonly JudgedEvent[]): string[] {
  const problems = judged.flatMap((query) => problemsOfQuery(query, events));
  const answerable = judged.filter(({ kind }) => kind !== 'nothing');
  for (const [engine, most] of [
    ['BM25', MAX_BM25],
    ['random', MAX_RANDOM],
  ] as const) {
    const figure = mean(answerable.map((query) => figureOf(query, engine))) ?? 0;
    if (figure > most) problems.push(`${engine} reaches ${figure.toFixed(2)}, more than ${most}`);
  }
  return problems;
}

function problemsOfQuery(query: JudgedAnswers, events: readonly JudgedEvent[]): string[] {
  const problems: string[] = [];
  if (halfOf(query) !== query.half) problems.push('is in the wrong half');
  if (query.kind !== 'nothing' && query.relevant.size === 0) problems.push('has no relevant Event');
  if (query.kind === 'nothing' && rulesOf(query).length > 0) problems.push('has rules');
  for (const rule of rulesOf(query))
    if (!events.some(compileRule(rule)))
      problems.push(`has a rule that no Event meets: ${JSON.stringify(rule)}`);
  const title = query.half === 'tune' ? `\`${query.query}\`` : `a query of the blind half (${query.kind})`;
  return problems.map((problem) => `${title} ${problem}`);
}

const rulesOf = ({ perfect, good, marginal }: JudgedQuery) => [...perfect, ...good, ...marginal];
