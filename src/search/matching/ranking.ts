import type { Alternatives, Clause, Term } from '../search-engine.ts';
import { MAX_TERM_WORDS } from '../search-limits.ts';
import { allOf, phraseIn, TEXT_FIELDS, type Score, type ScoreCase, type TextField } from '../text-match.ts';
import { asTyped, inWholeWords } from './clause-matches.ts';

/** Points of one unit of the score that clients see. */
export const POINTS_PER_SCORE = 1_000_000;

/** How much a field says about an Event. */
const FIELD_WEIGHTS: Record<TextField, number> = { name: 5, names: 4, kinds: 2, description: 1 };
/** Fields that say what an Event is; a description may mention anything. */
const LABELS = ['name', 'names', 'kinds'] as const satisfies readonly TextField[];

/** Between two tiers of exact hits, and more than fields and sale make together. */
const TIER = 250_000;
/** Points of all clauses in their best fields. */
const FIELDS = 200_000;
/** CORRECTED hits have this base, and up to this above it; PARTIAL ones have no base. */
const LENIENT = 499_000;
const CORRECTED_BASE = 500_000;
/** Being on sale now decides among hits that are equal otherwise: all other points are multiples of ten. */
const ON_SALE = 1;

const tens = (points: number): number => 10 * Math.round(points / 10);

/** Score of hits without a term. */
export const NO_TERM_SCORE: Score = { base: POINTS_PER_SCORE, sum: [], onSale: 0 };

/** Score of an exact hit, 1 to 4: first the tier, then for each clause the best field that has it. */
export function exactScore(term: Term): Score {
  const { clauses } = term;
  const fields = clauses.map((clause) => ({
    best: TEXT_FIELDS.map((field) => ({
      match: asTyped(clause, [field]),
      points: tens((FIELDS * FIELD_WEIGHTS[field]) / FIELD_WEIGHTS.name / clauses.length),
    })),
  }));
  return { base: POINTS_PER_SCORE, sum: [{ best: tiersOf(term) }, ...fields], onSale: ON_SALE };
}

/** The best tier first; the last one is the base: words anywhere, the last one unfinished. */
function tiersOf(term: Term): ScoreCase[] {
  const { text, phrase, clauses } = term;
  if (clauses.length === 0) return inTiers([[{ kind: 'name-is', text, as: 'folded' }]]);
  const whole = (fields: readonly TextField[]) => clauses.map((clause) => inWholeWords(clause, fields));
  const unfinished = (fields: readonly TextField[]) => clauses.map((clause) => asTyped(clause, fields));
  const begins = { kind: 'name-begins', text: phrase, as: 'words' } as const;
  return inTiers([
    [{ kind: 'name-is', text: phrase, as: 'words' }],
    [begins, ...whole(['name'])],
    phraseOf(term, ['name']),
    whole(['name']),
    phraseOf(term, ['names', 'kinds']),
    whole(LABELS),
    [begins, ...unfinished(['name'])],
    unfinished(['name']),
    unfinished(LABELS),
    phraseOf(term, ['description']),
    whole(TEXT_FIELDS),
  ]);
}

/** Cases of the tiers that are possible, each of which meets all of its conditions. */
const inTiers = (tiers: readonly ScoreCase['match'][][]): ScoreCase[] =>
  tiers.flatMap((conditions, at) =>
    conditions.length === 0 ? [] : [{ match: allOf(conditions), points: (12 - at) * TIER }],
  );

/** A phrase has at least two words; long ones are told by the start of the name alone. */
const phraseOf = ({ typed }: Term, fields: readonly TextField[]): ScoreCase['match'][] =>
  typed.length < 2 || typed.length > MAX_TERM_WORDS ? [] : [phraseIn(fields, typed)];

/** Score of a hit with corrected words, 0.5 to 1: how similar its clauses are to the typed ones. */
export const correctedScore = ({ clauses }: Term, alternatives: Alternatives): Score => ({
  base: CORRECTED_BASE,
  sum: clauses.map((clause) => bestWording(clause, alternatives, LENIENT / clauses.length)),
  onSale: ON_SALE,
});

/** Score of a hit that lacks clauses, below 0.5: the share of the weights of the clauses that it has. */
export function partialScore(
  clauses: readonly Clause[],
  alternatives: Alternatives,
  weights: readonly number[],
): Score {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sum = clauses.flatMap((clause, at) =>
    weights[at]! > 0 ? [bestWording(clause, alternatives, (LENIENT * weights[at]!) / total)] : [],
  );
  return { base: 0, sum, onSale: ON_SALE };
}

/** Nine tenths of the points for the similarity of the wording that an Event has, one for its field. */
function bestWording(clause: Clause, alternatives: Alternatives, points: number): { best: ScoreCase[] } {
  const shareOf = (similarity: number, field: TextField) =>
    tens(points * (0.9 * similarity + (0.1 * FIELD_WEIGHTS[field]) / FIELD_WEIGHTS.name));
  const corrections = alternatives.get(clause.typed) ?? [];
  return {
    best: [
      ...TEXT_FIELDS.map((field) => ({ match: asTyped(clause, [field]), points: shareOf(1, field) })),
      ...corrections.flatMap(({ words, similarity }) => [
        { match: phraseIn(['name'], words), points: shareOf(similarity, 'name') },
        { match: phraseIn(['names', 'kinds'], words), points: shareOf(similarity, 'names') },
        { match: phraseIn(['description'], words), points: shareOf(similarity, 'description') },
      ]),
    ],
  };
}
