import type { FieldProblem } from '../generated/graphql.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { isStorable } from './text/clean.ts';

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

/** Refuse an input. The message names the first problem; `problems` lists all of them. */
export function invalidInput(problems: readonly FieldProblem[]) {
  const [first, ...others] = problems.map(({ path, message }) => `\`${path.join('.')}\` ${message}`);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return {
    __typename: 'InvalidInput' as const,
    message: `Nothing was changed: ${first}${more}.`,
    problems: [...problems],
  };
}

/** Validate an idempotency key. */
export const validateIdempotencyKey = (key: string): FieldProblem[] =>
  isStorable(key, 200)
    ? []
    : [{ path: ['idempotencyKey'], message: 'must be 1 to 200 printable characters' }];

/** Refuse a key that was used with another operation or input. */
export const idempotencyKeyReused = (idempotencyKey: string) =>
  ({
    __typename: 'IdempotencyKeyReused',
    message:
      'This idempotency key was used with other input at this Event within the last 24 hours. Use a new key.',
    idempotencyKey,
  }) as const;
