import type { Admission, RoomUnderTest, Sample } from '../evidence.ts';
import { timeOf } from './admissions.ts';

/** A step a second, and a second of delay each for the job of a purchase and for a slow machine. */
const SLACK_MS = 10_000;

/**
 * Slots that are taken without a visit, visits that did not end, and times at which people waited though there was a slot and
 * a ticket for them.
 */
export function lostSlots(
  { admissions, samples }: { admissions: readonly Admission[]; samples: readonly Sample[] },
  { capacity }: Pick<RoomUnderTest, 'capacity'>,
): string[] {
  const endedAt = samples.at(-1)?.at ?? 0;
  const overdue = admissions.filter((visit) => (visit.endedAt ?? endedAt) > visit.visitEndsAt + SLACK_MS);
  return [
    ...overdue.map(({ place, visitEndsAt }) => `the visit of ${place} did not end at ${timeOf(visitEndsAt)}`),
    ...longest(
      samples,
      ({ inside, visits }) => inside !== visits,
      ({ inside, visits }, seconds) => `${inside} slots were taken by ${visits} visits for ${seconds} s`,
    ),
    ...longest(
      withoutAdmissions(samples, admissions),
      ({ waiting, inside, visits, available }) =>
        waiting > 0 && Math.max(inside, visits) < capacity && available > Math.max(inside, visits),
      ({ waiting, inside, available }, seconds) =>
        `${waiting} waited for ${seconds} s, with ${inside} of ${capacity} inside and ${available} tickets`,
    ),
  ];
}

/** Stretches of samples for which something held longer than the slack: the first sample of each. */
function longest(
  samples: readonly (Sample | null)[],
  holds: (sample: Sample) => boolean,
  describe: (sample: Sample, seconds: number) => string,
): string[] {
  const found: string[] = [];
  let first: Sample | null = null;
  let last: Sample | null = null;
  const end = () => {
    if (first !== null && last !== null && last.at - first.at > SLACK_MS)
      found.push(`${timeOf(first.at)}: ${describe(first, Math.round((last.at - first.at) / 1_000))}`);
    first = last = null;
  };
  for (const sample of samples) {
    if (sample === null || !holds(sample)) end();
    else {
      first ??= sample;
      last = sample;
    }
  }
  end();
  return found;
}

/** Null in place of samples after which the next one saw more admissions: the line moved. */
function withoutAdmissions(samples: readonly Sample[], admissions: readonly Admission[]): (Sample | null)[] {
  const times = admissions.map(({ admittedAt }) => admittedAt).sort((a, b) => a - b);
  let next = 0;
  return samples.map((sample, index) => {
    const before = samples[index - 1]?.at ?? -Infinity;
    while (next < times.length && times[next]! <= before) next++;
    return next < times.length && times[next]! <= sample.at ? null : sample;
  });
}
