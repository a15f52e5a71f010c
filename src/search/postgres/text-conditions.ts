import { sql, type SQL } from 'drizzle-orm';

import { BETWEEN_WORDS } from '../../platform/text/words.ts';
import type { TextMatch } from '../text-match.ts';
import { tsqueryOf } from './tsquery.ts';

/** Shorter prefixes begin too many words to be looked up in an index of millions of past Events. */
const MIN_INDEXED_PREFIX = 3;

/** SQL condition on the Event `e` of a source. Conditions on words alone are one tsquery, which the index of words serves. */
export function conditionOf(match: TextMatch): SQL {
  const query = beginsShort(match) && match.kind !== 'phrase' ? null : tsqueryOf(match);
  if (query !== null) return sql`e.document @@ ${query}::tsquery`;
  switch (match.kind) {
    case 'all':
      return allConditions(match.of);
    case 'any':
      return joined(combined(match.of, 'any'), sql` or `);
    case 'not':
      return sql`not ${conditionOf(match.of)}`;
    case 'name-is':
    case 'name-begins':
      return nameCondition(match);
    default:
      throw new Error(`a ${match.kind} is a tsquery`);
  }
}

const joined = (conditions: readonly SQL[], operator: SQL): SQL =>
  sql`(${sql.join([...conditions], operator)})`;

/** An unfinished word of a letter or two is checked on the rows that the other conditions find: no index serves a function. */
function allConditions(of: readonly TextMatch[]): SQL {
  const isFilter = (match: TextMatch) => beginsShort(match) && tsqueryOf(match) !== null;
  const indexed = of.filter((match) => !isFilter(match));
  if (indexed.length === 0) return joined(of.map(conditionOf), sql` and `);
  const filters = of
    .filter(isFilter)
    .map((match) => sql`ts_match_vq(e.document, ${tsqueryOf(match)}::tsquery)`);
  return joined([...combined(indexed, 'all'), ...filters], sql` and `);
}

/** Conditions of the parts; those that are tsqueries become a single one. */
function combined(of: readonly TextMatch[], kind: 'all' | 'any'): SQL[] {
  const isQuery = (match: TextMatch) => !beginsShort(match) && tsqueryOf(match) !== null;
  const queries = of.filter(isQuery);
  const others = of.filter((match) => !isQuery(match)).map(conditionOf);
  return queries.length === 0 ? others : [conditionOf({ kind, of: queries }), ...others];
}

/** Whether a short unfinished word is in it. */
function beginsShort(match: TextMatch): boolean {
  if (match.kind === 'all' || match.kind === 'any') return match.of.some(beginsShort);
  return match.kind === 'phrase' && match.isPrefix && [...match.words.at(-1)!].length < MIN_INDEXED_PREFIX;
}

const WORDS_OF_NAME = sql`trim(regexp_replace(e.folded, ${BETWEEN_WORDS}, ' ', 'g'))`;

/**
 * `search_text` begins with the words of the name, and goes on with others. The costly split is left to names that have something else
 * than spaces between the words.
 */
function nameCondition({ kind, text, as }: Extract<TextMatch, { kind: 'name-is' | 'name-begins' }>): SQL {
  const begins = sql`starts_with(e.folded, ${text})`;
  if (as === 'folded') return kind === 'name-is' ? sql`e.folded = ${text}` : begins;
  const rest = sql`substr(e.folded, ${[...text].length + 1}::int)`;
  const condition =
    kind === 'name-is'
      ? sql`case when ${begins} then ${rest} ~ ${`^(${BETWEEN_WORDS})?$`} else ${WORDS_OF_NAME} = ${text} end`
      : sql`(${begins} or starts_with(${WORDS_OF_NAME}, ${text}))`;
  return sql`(starts_with(e.search_text, ${text}) and ${condition})`;
}
