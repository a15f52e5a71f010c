import { sql, type SQL } from 'drizzle-orm';

import { isOnSale } from '../../booking/index.ts';
import type { Score, ScoreCase } from '../text-match.ts';
import { e } from './sources.ts';
import { conditionOf } from './text-conditions.ts';

/** Score of the Event `e`, an integer. */
export function scoreOf({ base, sum, onSale }: Score): SQL {
  const parts = [sql`${base}::int`, ...sum.map(({ best }) => bestOf(best))];
  if (onSale > 0) parts.push(sql`case when ${isOnSale(e)} then ${onSale}::int else 0 end`);
  return sql`(${sql.join(parts, sql` + `)})`;
}

/** The first case that matches is the best: those with more points come first. */
function bestOf(cases: readonly ScoreCase[]): SQL {
  const whens = cases
    .toSorted((a, b) => b.points - a.points)
    .map(({ match, points }) => sql`when ${conditionOf(match)} then ${points}::int`);
  return sql`case ${sql.join(whens, sql` `)} else 0 end`;
}
