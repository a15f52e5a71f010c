import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node takes the CommonJS build of graphql, Vite the other one: two kinds of GraphQLError, neither an instance of the other
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2, // the machines this has to pass on have two cores
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    reporters: ['default'],
  },
});
