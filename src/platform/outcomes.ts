import type { FieldProblem } from '../generated/graphql.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { cleanLine, isStorable } from './text/clean.ts';
import { lengthProblem } from './text/visible.ts';

// Outcomes of `schema/base.graphql`, which every capability shares. Each tag is the name of a type in the schema.

/** Increment the outcome counter of a use case, and return the outcome. */
export function countOutcome<Outcome extends { __typename: string }>(
  { metrics }: { metrics: Metrics },
  useCase: string,
  outcome: Outcome,
): Outcome {
  metrics.outcomes.inc({ useCase, outcome: outcome.__typename });
  return outcome;
}

/** Problems in one answer: a list of 30,000 bad numbers would be answered with 3 MB. */
const MAX_PROBLEMS = 100;
/** A check may stop at so many: the answer says that there are more than it lists. */
export const MAX_CHECKED_PROBLEMS = MAX_PROBLEMS + 1;

/** Refuse an input. The message names the first problem and counts the others; `problems` lists the first hundred. */
export function invalidInput(problems: readonly FieldProblem[]) {
  const { path, message } = problems[0]!;
  const atLeast = problems.length > MAX_PROBLEMS ? 'at least ' : '';
  const others = Math.min(problems.length - 1, MAX_PROBLEMS);
  const more = others === 0 ? '' : ` (and ${atLeast}${others} more)`;
  return {
    __typename: 'InvalidInput' as const,
    message: `Nothing was changed: \`${path.join('.')}\` ${message}${more}.`,
    problems: problems.slice(0, MAX_PROBLEMS),
  };
}

const MAX_KEY_LENGTH = 200;
/** The next version of Unicode may make marks of them that are reordered, or characters that are not seen. */
const UNASSIGNED = /\p{Cn}/u;

/** Validate an idempotency key. Keys are compared as they were sent, so one that only looks like another is refused. */
export function validateIdempotencyKey(key: string): FieldProblem[] {
  const refuse = (message: string) => [{ path: ['idempotencyKey'], message }];
  if (!isStorable(key, MAX_KEY_LENGTH)) return refuse(`must be 1 to ${MAX_KEY_LENGTH} printable characters`);
  if (UNASSIGNED.test(key)) return refuse('must have no characters that Unicode has not assigned');
  const problem = lengthProblem(key, MAX_KEY_LENGTH, 1);
  if (problem !== null) return refuse(problem);
  return cleanLine(key, MAX_KEY_LENGTH) === key
    ? []
    : refuse(
        'must have no invisible characters, no spaces around it or in a row, and letters with marks composed (NFC)',
      );
}

/** Refuse a key that was used with another operation or input. */
export const idempotencyKeyReused = (idempotencyKey: string) =>
  ({
    __typename: 'IdempotencyKeyReused',
    message:
      'This idempotency key was used with other input at this Event within the last 24 hours. Use a new key.',
    idempotencyKey,
  }) as const;
