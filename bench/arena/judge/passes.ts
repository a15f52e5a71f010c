import type { Admission, PassUse } from '../evidence.ts';
import { timeOf } from './admissions.ts';

/** Processes learn of an end within two seconds of its commit, which takes seconds on a machine that is overloaded. */
const SLACK_MS = 5_000;

/** Passes that admitted although the visit was known to have ended. */
export function usedAfterTheVisit(
  uses: readonly PassUse[],
  admissions: readonly Pick<Admission, 'entry' | 'endedAt'>[],
): string[] {
  const visitsOf = Map.groupBy(admissions, ({ entry }) => entry);
  return uses
    .filter(
      ({ entry, at }) =>
        !visitsOf.get(entry)?.some(({ endedAt }) => endedAt === null || at <= endedAt + SLACK_MS),
    )
    .map(({ entry, at }) => `${entry} reserved at ${timeOf(at)} with the pass of a visit that had ended`);
}
