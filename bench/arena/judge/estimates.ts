import type { Admission, Stay } from '../evidence.ts';

const REQUIRED_SHARE = 0.9;

/** Of those who were admitted: how many saw a range, and in how many first ranges the true wait lay. */
export function judgeEstimates(stays: readonly Stay[], admissions: readonly Admission[]) {
  const admittedAt = new Map(admissions.map((admission) => [admission.place, admission.admittedAt]));
  let shown = 0;
  let contained = 0;
  let tooLong = 0;
  for (const { place, firstRange } of stays) {
    const at = place === null ? undefined : admittedAt.get(place);
    if (at === undefined || firstRange === null) continue;
    const seconds = (at - firstRange.at) / 1_000;
    shown++;
    if (seconds < firstRange.min) tooLong++;
    else if (seconds <= firstRange.max) contained++;
  }
  return { shown, contained, tooLong, share: shown === 0 ? 1 : contained / shown };
}

/** A violation if too few of the first ranges contained the true wait. */
export function wrongEstimates(stays: readonly Stay[], admissions: readonly Admission[]): string[] {
  const { shown, contained, tooLong, share } = judgeEstimates(stays, admissions);
  if (share >= REQUIRED_SHARE) return [];
  const tooShort = shown - contained - tooLong;
  return [
    `${contained} of ${shown} did: ${tooLong} were promised too long a wait, ${tooShort} too short a one`,
  ];
}
