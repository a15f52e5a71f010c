import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { startOnsale, type Onsale } from '../../src/app/start.ts';
import { readSettings } from '../../src/platform/config/settings.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { makeKey, openJwksServer, sign, type IssuerKey, type JwksServer } from '../platform/auth/issuer.ts';
import { cloneDatabase } from '../support/database.ts';

/** A server that trusts an external issuer by its JWKS URL. */
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

async function send(token: string, query = '{ viewer { subject roles } }', url = onsale.url) {
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

test('a valid token of an external issuer is accepted', async () => {
  expect(await send(await sign(key))).toMatchObject({
    status: 200,
    body: { data: { viewer: { subject: 'ana', roles: ['FAN'] } } },
  });
});

test('a forged token with role admin is rejected', async () => {
  const admin = { roles: ['admin'] };
  const [, claims] = (await sign(key, admin)).split('.');
  const pem = await exportSPKI((await importJWK(key.publicJwk, 'RS256', { extractable: true })) as CryptoKey);
  const hmacBody = `${base64({ alg: 'HS256', kid: 'one', typ: 'JWT' })}.${claims}`;
  const forger = await makeKey('one');
  const forged = {
    'alg none': `${base64({ alg: 'none' })}.${claims}.AA`,
    'the public key as HMAC secret': `${hmacBody}.${createHmac('sha256', pem).update(hmacBody).digest('base64url')}`,
    'an embedded key': await sign(forger, admin, { jwk: forger.publicJwk }),
    'an embedded key URL': await sign(forger, admin, {
      jku: 'http://127.0.0.1:1/jwks',
      x5u: 'http://127.0.0.1:1/x',
    }),
    'another issuer': await sign(key, { ...admin, iss: 'https://evil.test' }),
    'another audience': await sign(key, { ...admin, aud: ['another', 'service'] }),
    'an expired token': await sign(key, { ...admin, exp: Math.floor(Date.now() / 1_000) - 3_600 }),
    'a token not valid yet': await sign(key, { ...admin, nbf: Math.floor(Date.now() / 1_000) + 3_600 }),
    'a refresh token': await sign(key, { ...admin, typ: 'Refresh' }),
  };
  for (const [name, token] of Object.entries(forged)) {
    // an invalid token is never treated as no token, not even for a public field
    const { status, headers, body } = await send(token, '{ events(first: 1) { nodes { id } } }');
    expect([name, status, body['errors']?.[0].extensions.code]).toEqual([name, 401, 'UNAUTHENTICATED']);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(body).not.toHaveProperty('data');
    expect(JSON.stringify(body)).not.toContain(token);
  }
});

test('roles outside the configured claim are ignored', async () => {
  const token = await sign(key, {
    roles: [],
    role: 'admin',
    permissions: ['admin'],
    realm_access: { roles: ['admin'] },
  });
  expect((await send(token)).body).toMatchObject({ data: { viewer: { roles: [] } } });
});

test('an oversized token is refused and the server stays up', async () => {
  const large = await send('x'.repeat(9_000)); // below the limit of Node, above that of Onsale
  expect([large.status, large.body['errors'][0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  const larger = await send('x'.repeat(20_000)); // above the limit of Node
  expect([larger.status, larger.body['errors'][0].extensions.code]).toEqual([431, 'INVALID_REQUEST']);
  expect((await send(await sign(key))).status).toBe(200);
});

describe('unknown key ids', () => {
  test('a flood of them causes one request to the issuer, and valid tokens are served meanwhile', async () => {
    await send(await sign(key));
    const before = issuer.asked();
    const flood = await Promise.all(
      Array.from({ length: 60 }, (_, n) => sign({ kid: `k${n}`, privateKey: key.privateKey }, {})),
    );
    const valid = await sign(key, { sub: 'ben' });
    const [statuses, served] = await Promise.all([
      Promise.all(flood.map(async (token) => (await send(token)).status)),
      Promise.all(Array.from({ length: 10 }, async () => (await send(valid)).status)),
    ]);
    for (const status of statuses) expect([401, 503]).toContain(status);
    expect(new Set(served)).toEqual(new Set([200]));
    expect(issuer.asked() - before).toBeLessThanOrEqual(1);
  });

  test('one that cannot be looked up yet gets 503 with a retry time', async () => {
    const next = await makeKey('next');
    await using rotating = await openJwksServer(key);
    const { url } = await openOnsale(rotating.url);
    expect((await send(await sign(key), undefined, url)).status).toBe(200);
    rotating.publish(key, next);
    const { status, headers, body } = await send(await sign(next), undefined, url);
    expect([status, body['errors'][0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });
});

test('an unreachable issuer gives 503, not 401', async () => {
  const unverified = await openOnsale('http://127.0.0.1:1/jwks.json');
  const { status, body } = await send(await sign(key), '{ viewer { subject } }', unverified.url);
  expect([status, body['errors'][0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  const anonymous = await fetch(`${unverified.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { subject } }' }),
  });
  expect(anonymous.status).toBe(200); // a request without a token needs no issuer
});
