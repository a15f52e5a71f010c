import { defineConfig } from 'vitest/config';

import { unitTests } from './test/support/unit-tests.ts';

const ALL = 'test/**/*.test.ts';
const TRIALS = 'test/trials/**/*.test.ts';
const GLOBAL_SETUP = 'test/support/global-setup.ts'; // starts Postgres and Redis

// A test is `unit` if its import graph contains no module that opens a connection or starts a process; see unit-tests.ts.
// Every other test is `integration`, except the randomised `trials`.
const unit = unitTests();

export default defineConfig({
  // Node resolves graphql to CommonJS, Vite to ES modules: two GraphQLError classes, which fail `instanceof`.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    pool: 'forks',
    maxWorkers: 2, // CI machines have two cores
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'unit', include: unit, isolate: false } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [ALL],
          exclude: [TRIALS, ...unit],
          globalSetup: [GLOBAL_SETUP],
        },
      },
      { extends: true, test: { name: 'trials', include: [TRIALS], globalSetup: [GLOBAL_SETUP] } },
    ],
  },
});
