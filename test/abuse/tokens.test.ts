import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { startOnsale, type Onsale } from '../../src/app/start.ts';
import { readSettings } from '../../src/platform/config.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { makeKey, openJwksServer, sign, type IssuerKey, type JwksServer } from '../platform/auth/issuer.ts';
import { cloneDatabase } from '../support/database.ts';

/** A server that trusts an issuer of the outside world, by its JWKS address. */
const opened = new AsyncDisposableStack();
let issuer: JwksServer;
let key: IssuerKey;
let onsale: Onsale;

beforeAll(async () => {
  key = await makeKey('one');
  issuer = opened.use(await openJwksServer(key));
  onsale = await openOnsale(issuer.url);
});
afterAll(() => opened.disposeAsync());

async function openOnsale(jwksUrl: string): Promise<Onsale> {
  const database = opened.use(await cloneDatabase());
  return opened.use(
    await startOnsale(
      readSettings({
        PORT: '0',
        LIMIT_REQUESTS_PER_MINUTE: '1000000',
        REDIS_KEY_PREFIX: `test-${Math.random()}:`,
      }),
      {
        databaseUrl: database.url,
        redisUrl: inject('redisUrl'),
        stripe: { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' },
        issuer: { issuer: 'https://issuer.test', audience: 'onsale', keys: { jwksUrl }, rolesClaim: 'roles' },
        log: openLog('silent'),
      },
      new Set(['api']),
    ),
  );
}

async function ask(token: string, query = '{ viewer { subject roles } }', url = onsale.url) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, any>,
  };
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a good token of an outside issuer is taken', async () => {
  expect(await ask(await sign(key))).toMatchObject({
    status: 200,
    body: { data: { viewer: { subject: 'ana', roles: ['FAN'] } } },
  });
});

test('a token that grants admin to itself is worth nothing', async () => {
  const admin = { roles: ['admin'] };
  const [, claims] = (await sign(key, admin)).split('.');
  const pem = await exportSPKI((await importJWK(key.publicJwk, 'RS256', { extractable: true })) as CryptoKey);
  const hmacBody = `${base64({ alg: 'HS256', kid: 'one', typ: 'JWT' })}.${claims}`;
  const theirs = await makeKey('one');
  const forged = {
    'alg none': `${base64({ alg: 'none' })}.${claims}.AA`,
    'the public key as a secret': `${hmacBody}.${createHmac('sha256', pem).update(hmacBody).digest('base64url')}`,
    'a key of their own': await sign(theirs, admin, { jwk: theirs.publicJwk }),
    'an address of their own': await sign(theirs, admin, {
      jku: 'http://127.0.0.1:1/jwks',
      x5u: 'http://127.0.0.1:1/x',
    }),
    'another issuer': await sign(key, { ...admin, iss: 'https://evil.test' }),
    'another audience': await sign(key, { ...admin, aud: ['another', 'service'] }),
    'an end in the past': await sign(key, { ...admin, exp: Math.floor(Date.now() / 1_000) - 3_600 }),
    'a beginning in the future': await sign(key, { ...admin, nbf: Math.floor(Date.now() / 1_000) + 3_600 }),
    'a refresh token': await sign(key, { ...admin, typ: 'Refresh' }),
  };
  for (const [name, token] of Object.entries(forged)) {
    // a bad token is never silently no token, not even where none is needed
    const { status, headers, body } = await ask(token, '{ events(first: 1) { nodes { id } } }');
    expect([name, status, body['errors']?.[0].extensions.code]).toEqual([name, 401, 'UNAUTHENTICATED']);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(body).not.toHaveProperty('data');
    expect(JSON.stringify(body)).not.toContain(token);
  }
});

test('roles in another claim than the configured one are none', async () => {
  const token = await sign(key, {
    roles: [],
    role: 'admin',
    permissions: ['admin'],
    realm_access: { roles: ['admin'] },
  });
  expect((await ask(token)).body).toMatchObject({ data: { viewer: { roles: [] } } });
});

test('a token too large for a header is no reason to fall over', async () => {
  const large = await ask('x'.repeat(9_000)); // within Node's limit, beyond ours
  expect([large.status, large.body['errors'][0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  const larger = await ask('x'.repeat(20_000)); // beyond Node's
  expect([larger.status, larger.body['errors'][0].extensions.code]).toEqual([431, 'INVALID_REQUEST']);
  expect((await ask(await sign(key))).status).toBe(200);
});

describe('key ids nobody knows', () => {
  test('a flood of them asks the issuer once, and the good are served meanwhile', async () => {
    await ask(await sign(key));
    const before = issuer.asked();
    const flood = await Promise.all(
      Array.from({ length: 60 }, (_, n) => sign({ kid: `k${n}`, privateKey: key.privateKey }, {})),
    );
    const good = await sign(key, { sub: 'ben' });
    const [statuses, served] = await Promise.all([
      Promise.all(flood.map(async (token) => (await ask(token)).status)),
      Promise.all(Array.from({ length: 10 }, async () => (await ask(good)).status)),
    ]);
    for (const status of statuses) expect([401, 503]).toContain(status);
    expect(new Set(served)).toEqual(new Set([200]));
    expect(issuer.asked() - before).toBeLessThanOrEqual(1);
  });

  test('one that cannot be looked up yet is told when to come back', async () => {
    const next = await makeKey('next');
    await using rotating = await openJwksServer(key);
    const { url } = await openOnsale(rotating.url);
    expect((await ask(await sign(key), undefined, url)).status).toBe(200);
    rotating.publish(key, next);
    const { status, headers, body } = await ask(await sign(next), undefined, url);
    expect([status, body['errors'][0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });
});

test('an issuer that is away is not the token’s fault', async () => {
  const alone = await openOnsale('http://127.0.0.1:1/jwks.json');
  const { status, body } = await ask(await sign(key), '{ viewer { subject } }', alone.url);
  expect([status, body['errors'][0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  const stranger = await fetch(`${alone.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { subject } }' }),
  });
  expect(stranger.status).toBe(200); // who needs no token needs no issuer
});
