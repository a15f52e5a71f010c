import type { Alternatives, Clause } from '../search-engine.ts';
import { MAX_WEIGHT } from '../search-limits.ts';
import { allOf, anyOf, type TextMatch } from '../text-match.ts';
import { asTypedOrCorrected } from './clause-matches.ts';

/** A clause that more current Events have is common. */
export const MAX_RARE = 1_000;
/** Events that have a rare clause, estimated: each is ranked by every clause. */
const MAX_CANDIDATES = 4_000;

/** 0 for a clause that no current Event has, 1 for a common one, and one more for each time that it is half as frequent. */
const weightOf = (events: number): number =>
  events === 0
    ? 0
    : events > MAX_RARE
      ? 1
      : Math.min(MAX_WEIGHT, 2 + Math.floor(Math.log2(MAX_RARE / events)));

/**
 * Weights of clauses by the number of their Events. Where nothing else was found, a single common clause counts as the most
 * frequent of the rare ones: `grateful ded` finds Grateful Dead, behind the Events that have `ded`.
 */
export function weightsOf(events: readonly number[], isAnythingFound: boolean): number[] {
  const weights = events.map(weightOf);
  const common = weights.filter((weight) => weight === 1).length;
  return isAnythingFound || common !== 1 ? weights : weights.map((weight) => (weight === 1 ? 2 : weight));
}

/** Most current Events that have a clause of this weight. */
const mostEvents = (weight: number): number => MAX_RARE / 2 ** (weight - 2);

/**
 * The Events that may lack clauses: those with a rare one, and those with all of the common ones, unless a single one is all that they
 * have in common with the term. `null`: no Event has a clause.
 */
export function candidatesOf(
  clauses: readonly Clause[],
  alternatives: Alternatives,
  weights: readonly number[],
): TextMatch | null {
  const rarestFirst = clauses
    .map((clause, at) => ({ match: asTypedOrCorrected(clause, alternatives), weight: weights[at]! }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  let estimate = 0;
  const rare = rarestFirst.filter(
    ({ weight }) => weight > 1 && (estimate += mostEvents(weight)) <= MAX_CANDIDATES,
  );
  const common = rarestFirst.filter((clause) => !rare.includes(clause));
  const any = rare.map(({ match }) => match);
  if (common.length > 1 || (common.length === 1 && rare.length === 0)) {
    any.push(allOf(common.map(({ match }) => match)));
  }
  return any.length === 0 ? null : anyOf(any);
}
