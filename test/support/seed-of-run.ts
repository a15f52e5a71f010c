import { randomInt } from 'node:crypto';

/**
 * The seed of this run, for tests that do something else each time: what `TRIAL_SEED` says, to have the same again. Put it
 * into the name of the test, so that a failed run can be repeated.
 */
export const SEED_OF_RUN = Number(process.env['TRIAL_SEED'] ?? randomInt(1_000_000));
