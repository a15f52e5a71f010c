import { randomInt } from 'node:crypto';

/**
 * The seed of this run for randomised tests, from `TRIAL_SEED` or random. Test names contain it, so that a failed run can be
 * repeated.
 */
export const SEED_OF_RUN = Number(process.env['TRIAL_SEED'] ?? randomInt(1_000_000));
