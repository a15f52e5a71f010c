import { expect, test } from 'vitest';

import { ConfigurationError, readSettings } from '../../../src/platform/config/settings.ts';

test('an empty configuration is valid', () => {
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

test('all problems are reported at once', () => {
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

test.each(['sk_live_1', 'rk_live_1'])('the key of Stripe may be secret or restricted: %s', (secretKey) => {
  const { stripe } = readSettings({ STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: 'whsec_1' });
  expect(stripe).toMatchObject({ kind: 'external', secretKey });
});

test('Elasticsearch searches if it has an address or the command line says so', () => {
  const url = 'http://search.example.org:9200';
  expect(readSettings({}).elasticsearch).toBeNull();
  expect(readSettings({ ELASTICSEARCH_URL: url }).elasticsearch).toEqual({ kind: 'external', url });
  expect(readSettings({ ELASTICSEARCH_URL: url }, [], 'postgres').elasticsearch).toBeNull();
  expect(readSettings({}, [], 'elasticsearch').elasticsearch).toEqual({ kind: 'embedded' });
  expect(problemsOf({ ELASTICSEARCH_INDEX_PREFIX: 'Shop_' })[0]).toMatch(/^ELASTICSEARCH_INDEX_PREFIX:/);
});

test('production requires external services', () => {
  expect(problemsOf({ NODE_ENV: 'production' }).map((problem) => problem.split(':')[0])).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'AUTH_JWKS_URL',
  ]);
});

test('a variable that another mistake hides is named at once, and so are roles', () => {
  const variables = {
    ...{ NODE_ENV: 'production', PORT: 'x', REDIS_CLUSTER: 'true', REDIS_KEY_PREFIX: '{a}' },
    ...{ REDIS_URL: 'redis://a:6379/1,redis://b:6379', STRIPE_SECRET_KEY: 'sk_test_1' },
  };
  const problems = problemsOf(variables, ['--role x: must be api or worker']);
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    '--role x',
    'PORT',
    'DATABASE_URL',
    'STRIPE_WEBHOOK_SECRET',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'AUTH_JWKS_URL',
    'REDIS_URL',
    'REDIS_KEY_PREFIX',
  ]);
});

test.each(['https://shop.example', 'http://localhost:3000, capacitor://localhost', 'https://[::1]:8443'])(
  'pages may be of %s',
  (value) => {
    expect(readSettings({ CORS_ORIGINS: value }).http.corsOrigins).toEqual(value.split(', '));
  },
);

test.each([
  'shop.example',
  '*',
  'https://shop.example/',
  'https://Shop.example',
  'https://shop.example:443',
  'https://a.example,',
])('pages may not be of %s: no browser sends that as an origin', (value) => {
  expect(problemsOf({ CORS_ORIGINS: value })).toEqual([
    expect.stringMatching(/^CORS_ORIGINS: must be origins as browsers send them/),
  ]);
});

test.each(['false', 'loopback', '10.0.0.0/8, 2001:db8::1'])('proxies may be %s', (value) => {
  expect(readSettings({ TRUST_PROXY: value }).http.trustProxy).toBe(value === 'false' ? null : value);
});

test.each(['true', '1', 'my-proxy', '10.0.0.0/x'])(
  'proxies may not be %s: any client could claim any address',
  (value) => {
    expect(problemsOf({ TRUST_PROXY: value })).toEqual([
      expect.stringMatching(/^TRUST_PROXY: must be false, or addresses/),
    ]);
  },
);

test('a single Redis has one URL, also with commas in its password', () => {
  const url = 'redis://onsale:one,two@cache.example:6379/3';
  expect(readSettings({ REDIS_URL: url }).redis).toEqual({ kind: 'external', url });
});

test('a cluster may have any number of URLs', () => {
  const [a, b] = ['rediss://:s,e@a.example:6379', 'rediss://:s,e@b.example:6379'];
  const redis = (list: string) => readSettings({ REDIS_URL: list, REDIS_CLUSTER: 'true' }).redis;
  expect(redis(`${a}, ${b}`)).toEqual({ kind: 'external', url: [a, b] });
  expect(redis(a)).toEqual({ kind: 'external', url: [a] });
});

test.each([
  [{ REDIS_URL: 'redis://a,redis://b' }, 'REDIS_URL: several addresses'],
  [{ REDIS_URL: 'redis://a,http://b', REDIS_CLUSTER: 'true' }, 'REDIS_URL: must be redis://'],
  [
    { REDIS_URL: 'redis://a,rediss://b', REDIS_CLUSTER: 'true' },
    'REDIS_URL: nodes of a cluster have one scheme',
  ],
  [
    { REDIS_URL: 'redis://:x@a,redis://:y@b', REDIS_CLUSTER: 'true' },
    'REDIS_URL: nodes of a cluster have one',
  ],
  [{ REDIS_URL: 'redis://a/2', REDIS_CLUSTER: 'true' }, 'REDIS_URL: a cluster has no numbered databases'],
  [{ REDIS_URL: 'redis://a', REDIS_CLUSTER: 'yes' }, 'REDIS_CLUSTER: '],
  [{ REDIS_CLUSTER: 'true' }, 'REDIS_CLUSTER: set without REDIS_URL'],
  [{ REDIS_URL: 'redis://a', REDIS_CLUSTER: 'true', REDIS_KEY_PREFIX: '{o}:' }, 'REDIS_KEY_PREFIX: a brace'],
])('%j is a mistake', (variables, problem) => {
  expect(problemsOf(variables)).toEqual([expect.stringMatching(new RegExp(`^${problem}`))]);
});

test.each([
  ['DRAIN_SECONDS', ['-1', '301', 'Infinity', 'soon']],
  ['SOCKET_INIT_SECONDS', ['0', '1e-9', '61', 'Infinity']],
  ['SOCKET_PING_SECONDS', ['0', '1e-9', '301', 'Infinity']],
])('the duration %s has bounds', (name, values) => {
  for (const value of values)
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
});

test.each([
  ['PORT', 'http', 'must be a whole number from 0 to 65,535, in digits'],
  ['PORT', ' ', 'must be a whole number from 0 to 65,535, in digits'],
  ['PORT', '0x10', 'must be a whole number from 0 to 65,535, in digits'],
  ['LIMIT_DEPTH', 'NaN', 'must be a whole number from 1, in digits'],
  ['LIMIT_WEIGHT', '1.5', 'must be a whole number from 1, in digits'],
  ['LIMIT_PAYMENT_ATTEMPTS_PER_RESERVATION', '1001', 'must be a whole number from 1 to 1,000, in digits'],
  ['RESPONSE_CACHE_BYTES', '64MB', 'must be a whole number from 0, in digits'],
  ['SOCKET_PING_SECONDS', 'soon', 'must be a number from 0.05 to 300, in digits'],
  ['LOG_LEVEL', 'loud', 'must be one of trace, debug, info, warn, error, fatal, silent'],
  ['DATABASE_URL', 'localhost', 'must be postgres:// and a host'],
  ['STRIPE_API_URL', 'stripe', 'must be http:// or https:// and a host'],
])('%s=%s is answered with what it must be', (name, value, problem) => {
  const withKey =
    name === 'STRIPE_API_URL' ? { STRIPE_SECRET_KEY: 'sk_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' } : {};
  expect(problemsOf({ ...withKey, [name]: value })).toEqual([`${name}: ${problem}`]);
});

test('numbers are taken in digits', () => {
  const settings = readSettings({ PORT: '0', LIMIT_COST: ' 007 ', SOCKET_PING_SECONDS: '0.5' });
  expect(settings).toMatchObject({ http: { port: 0 }, limits: { cost: 7 }, realtime: { pingMs: 500 } });
});

test('mistakes come with the variables that may be misspelt settings', () => {
  const read = () => readSettings({ NODE_ENV: 'production', REDIS_URI: 'redis://a', PATH: '/bin' });
  expect(read).toThrow(/REDIS_URL: missing[^]*\nREDIS_URI is set, and is no setting: is REDIS_URL meant\?$/);
});

function problemsOf(
  variables: Record<string, string>,
  ofCommandLine: readonly string[] = [],
): readonly string[] {
  try {
    readSettings(variables, ofCommandLine);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('the settings were taken');
}
