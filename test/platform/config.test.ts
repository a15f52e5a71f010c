import { expect, test } from 'vitest';

import { ConfigurationError, readSettings } from '../../src/platform/config.ts';

test('no configuration at all is a good one', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    environment: 'development',
    http: { host: '127.0.0.1', port: 4000, trustProxy: null, corsOrigins: null, drainSeconds: 0 },
    database: { kind: 'embedded' },
    stripe: { kind: 'embedded' },
    limits: { reservationsPerMinute: 10, requestsPerMinute: 100 },
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test('every mistake is told at once', () => {
  const mistakes = problemsOf({
    PORT: '70000',
    DATABASE_URL: 'mysql://localhost/onsale',
    LIMIT_DEPTH: 'deep',
    STRIPE_SECRET_KEY: 'sk_test_1',
    AUTH_ISSUER: 'https://issuer.example',
  });
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'LIMIT_DEPTH',
    'STRIPE_WEBHOOK_SECRET',
    'AUTH_AUDIENCE, AUTH_JWKS_URL',
  ]) {
    expect(mistakes).toContainEqual(expect.stringMatching(new RegExp(`^${name}:`)));
  }
  expect(mistakes).toHaveLength(5);
});

test('production runs on no stand-in', () => {
  expect(problemsOf({ NODE_ENV: 'production' }).map((problem) => problem.split(':')[0])).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'STRIPE_SECRET_KEY',
    'AUTH_ISSUER',
  ]);
});

test.each(['false', 'loopback', '10.0.0.0/8, 2001:db8::1'])('proxies may be %s', (value) => {
  expect(readSettings({ TRUST_PROXY: value }).http.trustProxy).toBe(value === 'false' ? null : value);
});

test.each(['true', '1', 'my-proxy', '10.0.0.0/x'])(
  'proxies may not be %s: anybody could claim any address',
  (value) => {
    expect(problemsOf({ TRUST_PROXY: value })).toEqual([
      expect.stringMatching(/^TRUST_PROXY: must be false, or addresses/),
    ]);
  },
);

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    readSettings(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('the settings were taken');
}
