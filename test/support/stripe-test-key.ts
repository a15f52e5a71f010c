/** A key of Stripe's test mode for the run that is made by hand, or null. */
export const STRIPE_TEST_KEY = process.env['STRIPE_TEST_KEY'] ?? null;

if (STRIPE_TEST_KEY !== null && !/^[sr]k_test_/.test(STRIPE_TEST_KEY))
  throw new Error('STRIPE_TEST_KEY: not a key of test mode');
