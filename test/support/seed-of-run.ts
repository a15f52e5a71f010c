import { randomInt } from 'node:crypto';

/**
 * The seed of this run for randomised tests, from `TRIAL_SEED` or random. Test names contain it, so that a failed run can be
 * repeated.
 */
export const SEED_OF_RUN = Number(process.env['TRIAL_SEED'] ?? randomInt(1_000_000));

/** How many seeds a randomised test tries, from `TRIAL_RUNS`: the seed of the run and those after it. */
export const TRIAL_RUNS = Number(process.env['TRIAL_RUNS'] ?? 2);
