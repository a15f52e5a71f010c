import { createHash } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openWorld, type World } from '../../support/world.ts';
import { PRODUCTION } from '../production-settings.ts';

const opened = new AsyncDisposableStack();
let development: World;
let production: World;
beforeAll(async () => {
  development = opened.use(await openWorld());
  production = opened.use(await openWorld({ environment: PRODUCTION }));
});
afterAll(() => opened.disposeAsync());

const post = (url: string, query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

describe('request ids', () => {
  test('a valid request id of the client is kept', async () => {
    const response = await post(development.url, '{ viewer { subject } }', {
      'x-request-id': 'shop-7f3a:42',
    });
    expect(response.headers.get('x-request-id')).toBe('shop-7f3a:42');
  });

  test.each(['short', 'x'.repeat(129), 'two words', '"quoted"', '{json}'])(
    'invalid: %s is replaced',
    async (given) => {
      const response = await post(development.url, '{ viewer { subject } }', { 'x-request-id': given });
      expect(response.headers.get('x-request-id')).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
    },
  );
});

describe('CORS', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });

  test('in development every origin is allowed, without credentials', async () => {
    const response = await preflight(development.url, 'https://shop.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const request = await post(development.url, '{ viewer { subject } }', { origin: 'https://shop.example' });
    expect(request.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  test('in production only configured origins are allowed', async () => {
    const closed = await preflight(production.url, 'https://shop.example');
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();

    await using world = await openWorld({
      environment: { ...PRODUCTION, CORS_ORIGINS: 'https://shop.example, https://admin.example' },
    });
    const allowed = await preflight(world.url, 'https://admin.example');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://admin.example');
    for (const origin of [
      'https://evil.example',
      'https://shop.example.evil',
      'http://shop.example',
      'null',
    ]) {
      expect((await preflight(world.url, origin)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('compression', () => {
  test.each(['br', 'gzip'])('%s applies to large responses only', async (encoding) => {
    const large = await post(development.url, getIntrospectionQuery(), { 'accept-encoding': encoding });
    expect(large.headers.get('content-encoding')).toBe(encoding);
    expect(await large.json()).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });

    const small = await post(development.url, '{ viewer { subject } }', { 'accept-encoding': encoding });
    expect(small.headers.get('content-encoding')).toBeNull();
    expect(await small.json()).toEqual({ data: { viewer: null } });
  });
});

test('responses carry a CSP that blocks everything, and nosniff', async () => {
  const response = await post(production.url, '{ viewer { subject } }');
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('shared caches may store public responses, but none to a request with a token', async () => {
  const query = `${development.url}/graphql?query=${encodeURIComponent('{ events(first: 1) { nodes { name } } }')}`;
  const headers = { 'apollo-require-preflight': 'yes' };
  const anonymous = await fetch(query, { headers });
  expect(anonymous.headers.get('cache-control')).toBe('max-age=10, public, stale-while-revalidate=50');
  const withToken = await fetch(query, {
    headers: { ...headers, authorization: `Bearer ${await development.token('ana')}` },
  });
  expect(withToken.headers.get('cache-control')).toBe('max-age=10, private');
  expect(withToken.headers.get('vary')).toContain('authorization');
});

describe('only in development', () => {
  const browse = (url: string, path: string) => fetch(`${url}${path}`, { headers: { accept: 'text/html' } });

  test('Apollo Sandbox at /graphql', async () => {
    const page = await browse(development.url, '/graphql');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toBeNull(); // the page has its own CSP in a meta element
    expect(await page.text()).toContain('EmbeddedSandbox');

    const none = await browse(production.url, '/graphql');
    expect(none.status).toBe(400);
    expect(none.headers.get('content-type')).toContain('json');
  });

  test('GraphiQL at /graphiql, which loads files from this server only', async () => {
    const page = await browse(development.url, '/graphiql');
    const html = await page.text();
    expect(html).not.toMatch(/(?:src|href|from)\s*=?\s*"(?:https?:)?\/\//);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");

    const files = [...html.matchAll(/"(\/graphiql\/files\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of new Set(files)) {
      const response = await fetch(`${development.url}${file}`, {
        headers: { 'accept-encoding': 'identity' },
      });
      expect(`${file} ${response.status} ${response.headers.get('content-encoding')}`).toBe(
        `${file} 200 null`,
      );
    }
    expect((await fetch(`${development.url}/graphiql/files/../../package.json`)).status).toBe(404);
    expect((await fetch(`${development.url}/graphiql/files/none.js`)).status).toBe(404);
    expect((await browse(production.url, '/graphiql')).status).toBe(404);
  });

  test('introspection and suggestions', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect((await development.stranger.send(query)).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
    expect((await production.stranger.send(query)).errors[0]?.extensions['code']).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );

    const typos = ['{ evnts { nodes { id } } }', '{ searchEvents(input: { sort: DAT }) { totalCount } }'];
    for (const typo of typos) {
      expect(JSON.stringify((await development.stranger.send(typo)).errors)).toContain('Did you mean');
      expect(JSON.stringify((await production.stranger.send(typo)).errors)).not.toContain('Did you mean');
    }
    const inVariable = await production.stranger.send(
      'query ($input: SearchEventsInput!) { searchEvents(input: $input) { totalCount } }',
      { input: { sort: 'DAT' } },
    );
    expect(inVariable.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(inVariable.errors[0]?.message).not.toContain('Did you mean');
  });

  test('the keys of the development issuer', async () => {
    const response = await fetch(`${development.url}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    expect(keys).toEqual(development.issuer.jwks.keys);
    expect(keys[0]).not.toHaveProperty('d');
  });
});

test('persisted queries are not supported, with the error that makes clients send the full query', async () => {
  const query = '{ viewer { subject } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const send = (body: object) =>
    fetch(`${development.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    }).then((response) => response.json());

  expect(await send({ query })).toMatchObject({ errors: [{ message: 'PersistedQueryNotSupported' }] });
  expect(await send({})).toMatchObject({
    errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'INVALID_REQUEST' } }],
  });
});
