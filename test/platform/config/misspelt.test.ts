import { expect, test } from 'vitest';

import { findMisspelt } from '../../../src/platform/config/misspelt.ts';

test.each([
  ['RATE_LIMT', 'LIMIT_REQUESTS_PER_MINUTE'],
  ['LIMIT_REQUEST_PER_MINUTE', 'LIMIT_REQUESTS_PER_MINUTE'],
  ['LIMIT_SOMETHING_ELSE_ENTIRELY', /^LIMIT_/],
  ['SOCKET_PING', 'SOCKET_PING_SECONDS'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_UR', 'DATABASE_URL'],
  ['REDIS_URI', 'REDIS_URL'],
  ['redis_url', 'REDIS_URL'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['CORS_ORIGIN', 'CORS_ORIGINS'],
  ['TRSUT_PROXY', 'TRUST_PROXY'],
  ['STRIPE_WEBHOOK_SECRTE', 'STRIPE_WEBHOOK_SECRET'],
])('%s is probably meant for %s', (name, nearest) => {
  const found = findMisspelt({ PATH: '/bin', [name]: '1' });
  expect(found.map((one) => one.name)).toEqual([name]);
  expect(found[0]!.nearest).toMatch(nearest);
});

/** Of shells, npm, systemd, Kubernetes, clouds, CI and other libraries. */
const OF_OTHERS =
  `PATH HOME HOSTNAME HOSTTYPE PWD OLDPWD SHELL SHLVL USER TERM LANG LC_ALL TZ EDITOR TMPDIR DISPLAY LOGNAME MAIL
  NODE NODE_PATH NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_VERSION NODE_NAME npm_config_cache npm_lifecycle_event npm_package_name INIT_CWD COLOR
  INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET LISTEN_FDS KUBERNETES_PORT KUBERNETES_SERVICE_HOST REDIS_PORT REDIS_HOST REDIS_SERVICE_HOST
  REDIS_PORT_6379_TCP REDIS_PASSWORD POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD DATABASE_HOST
  DATABASE_NAME DATABASE_PASSWORD STRIPE_PUBLISHABLE_KEY STRIPE_ACCOUNT AUTH_SECRET AUTH_URL CPU_LIMIT MEMORY_LIMIT GOMEMLIMIT CI
  GITHUB_TOKEN AWS_REGION PORTS HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY SSH_AUTH_SOCK XDG_DATA_DIRS XDG_DATA_HOME TEST_DATABASE_URL
  TEST_REDIS_URL TRIAL_SEED DEBUG VITEST OTEL_LOG_LEVEL`.split(/\s+/);

test('variables of other programs are left alone', () => {
  expect(OF_OTHERS.length).toBeGreaterThan(70);
  expect(findMisspelt(Object.fromEntries(OF_OTHERS.map((name) => [name, '1'])))).toEqual([]);
  expect(findMisspelt({ ['LIMIT_'.repeat(10_000)]: '1' })).toEqual([]);
});

test('a name that is near is left alone if its setting is set, and so is an empty one', () => {
  expect(findMisspelt({ POSTGRES_URL: 'x' })).toHaveLength(1);
  expect(findMisspelt({ POSTGRES_URL: 'x', DATABASE_URL: 'y' })).toEqual([]);
  expect(findMisspelt({ REDIS_URI: '', RATE_LIMT: undefined })).toEqual([]);
});
