import type { EventFields, FieldProblem } from '../../generated/graphql.ts';
import { instantOfLocalTime } from '../local-time.ts';
import { INSTANT_FIELDS, type EventChanges, type LocalTimeField } from './event-input-rules.ts';

type InstantField = (typeof INSTANT_FIELDS)[LocalTimeField];

const PAIRS = Object.entries(INSTANT_FIELDS) as [LocalTimeField, InstantField][];

/** The fields with an instant for each local time, and the problems of those that have none. */
export function resolveLocalTimes(
  { ...fields }: EventChanges,
  timezone: string,
  path: string[],
): { fields: EventChanges; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  for (const [localField, field] of PAIRS) {
    const local = fields[localField];
    delete fields[localField];
    if (local === undefined) continue;
    if (local === null) {
      if (field === 'startsAt') continue; // required: `checkStartGiven` reports it
      fields[field] ??= null;
    } else if (fields[field] != null) {
      problems.push({ path: [...path, localField], message: `cannot be given together with \`${field}\`` });
    } else {
      const instant = instantOfLocalTime(local, timezone, field);
      if (typeof instant === 'string') problems.push({ path: [...path, localField], message: instant });
      else fields[field] = instant;
    }
  }
  return { fields, problems };
}

/** A start that is given as a local time is not missing. */
export const withoutMissingStart = (problems: readonly FieldProblem[], given: EventFields): FieldProblem[] =>
  problems.filter(
    ({ path }) => !(path.at(-1) === 'startsAt' && given.startsAt == null && given.startsAtLocal != null),
  );

/** Name the fields in problems as they were given: as local times. */
export const namedAsGiven = (problems: readonly FieldProblem[], given: EventFields): FieldProblem[] =>
  problems.map((problem) => {
    const localField = PAIRS.find(
      ([local, field]) => problem.path.at(-1) === field && given[local] != null,
    )?.[0];
    return localField === undefined
      ? problem
      : { ...problem, path: [...problem.path.slice(0, -1), localField] };
  });
