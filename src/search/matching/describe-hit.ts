import type { EngineHit, EventHit, StagePlan } from '../search-engine.ts';
import { POINTS_PER_SCORE } from './ranking.ts';

/** A hit of a stage as it is listed. */
export function describeHit(hit: EngineHit, plan: StagePlan): EventHit {
  const { id, key, startsAt, metres } = hit;
  const correctedTo = correctionOf(hit, plan);
  return {
    eventId: id,
    score: hit.score / POINTS_PER_SCORE,
    distanceKm: metres === null ? null : metres / 1_000,
    matched: correctedTo === null ? plan.stage : 'CORRECTED',
    correctedTo,
    position: { stage: plan.stage, key, startsAt, id, weights: plan.weights },
  };
}

/** The words that the Event has of the term, if one of them is corrected. */
function correctionOf(hit: EngineHit, { wordings }: StagePlan): string | null {
  const found = hit.wordings.flatMap((index, clause) => (index === null ? [] : [wordings[clause]![index]!]));
  return found.some(({ isCorrected }) => isCorrected) ? found.map(({ text }) => text).join(' ') : null;
}
