import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { openTokenReader, type TokenReader } from '../../../src/platform/auth/tokens.ts';
import { advance } from '../../support/clock.ts';
import { makeKey, openJwksServer, sign, type IssuerKey, type JwksServer } from './issuer.ts';

const MINUTE = 60_000;
const base64 = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

let key: IssuerKey;
let issuer: JwksServer;
let reader: TokenReader;

beforeAll(async () => {
  key = await makeKey('one');
  issuer = await openJwksServer(key);
  reader = openReader(issuer.url);
});
afterAll(() => issuer[Symbol.asyncDispose]());
afterEach(() => void vi.useRealTimers());

function openReader(jwksUrl: string, rolesClaim = 'roles'): TokenReader {
  return openTokenReader({
    issuer: 'https://issuer.test',
    audience: 'onsale',
    keys: { jwksUrl },
    rolesClaim,
  });
}

const refused = { extensions: { code: 'UNAUTHENTICATED' } };
const read = (token: string) => reader.read(`Bearer ${token}`);

describe('the identity of a viewer', () => {
  test('a valid token gives the viewer and the roles; without a token there is no viewer', async () => {
    expect(await read(await sign(key, { roles: ['fan', 'GATE', 'emperor'] }))).toMatchObject({
      id: 'ana',
      roles: new Set(['FAN', 'GATE']),
    });
    expect(await reader.read(undefined)).toBeNull();
  });

  test('a session ends exactly when the token is no longer accepted', async () => {
    vi.useFakeTimers({ toFake: ['Date'] }); // it stands still
    const token = await sign(key, { exp: Math.floor(Date.now() / 1_000) + 60 });
    const { endsAt } = (await read(token))!;
    advance(endsAt - 1 - Date.now());
    expect(await read(token)).toMatchObject({ id: 'ana', endsAt });
    advance(1);
    await expect(read(token)).rejects.toThrow('it has expired');
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a list', 'roles', { roles: ['fan', 'organiser'] }],
    ['words', 'scope', { scope: 'fan organiser' }],
    [
      'a claim whose name is an address',
      'https://onsale.test/roles',
      { 'https://onsale.test/roles': ['fan', 'organiser'] },
    ],
    ['a path', 'realm_access.roles', { realm_access: { roles: ['fan', 'organiser'] } }],
  ])('roles may be %s', async (_name, claim, claims) => {
    const viewer = await openReader(issuer.url, claim).read(`Bearer ${await sign(key, claims)}`);
    expect(viewer?.roles).toEqual(new Set(['FAN', 'ORGANISER']));
  });

  test('a token without roles is valid and grants none', async () => {
    expect(await read(await sign(key, { roles: undefined }))).toMatchObject({
      id: 'ana',
      roles: new Set(),
    });
  });
});

describe('rejected tokens', () => {
  test.each<[string, Record<string, unknown>]>([
    ['expired', { exp: Math.floor(Date.now() / 1_000) - 60 }],
    ['not yet valid', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
    ['for another audience', { aud: 'another-service' }],
    ['by another issuer', { iss: 'https://evil.test' }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['with an endless subject', { sub: 'x'.repeat(201) }],
    ['that never end', { exp: undefined }],
    ['that refresh others', { typ: 'Refresh' }],
    ['that say who, not what for', { token_use: 'id' }],
  ])('%s', async (_name, claims) => {
    await expect(read(await sign(key, claims))).rejects.toMatchObject(refused);
  });

  test('of another type by their header', async () => {
    await expect(read(await sign(key, {}, { typ: 'logout+jwt' }))).rejects.toMatchObject(refused);
    expect(await read(await sign(key, {}, { typ: 'at+jwt' }))).toMatchObject({ id: 'ana' });
  });

  test('without a signature', async () => {
    const claims = (await sign(key)).split('.')[1]!;
    for (const alg of ['none', 'None', 'NONE']) {
      await expect(read(`${base64({ alg })}.${claims}.`)).rejects.toMatchObject(refused);
      await expect(read(`${base64({ alg, kid: 'one' })}.${claims}.AA`)).rejects.toMatchObject(refused);
    }
  });

  test('signed with the public key as a shared secret', async () => {
    const pem = await exportSPKI(
      (await importJWK(key.publicJwk, 'RS256', { extractable: true })) as CryptoKey,
    );
    for (const secret of [pem, JSON.stringify(key.publicJwk), key.publicJwk.n!]) {
      const body = `${base64({ alg: 'HS256', kid: 'one' })}.${(await sign(key)).split('.')[1]}`;
      const signature = createHmac('sha256', secret).update(body).digest('base64url');
      await expect(read(`${body}.${signature}`)).rejects.toMatchObject(refused);
    }
  });

  test('that contain their own key, or a URL of it', async () => {
    const theirs = await makeKey('one');
    await using evil = await openJwksServer(theirs);
    for (const header of [{ jwk: theirs.publicJwk }, { jku: evil.url }, { x5u: evil.url }, { x5c: ['AA'] }]) {
      await expect(read(await sign(theirs, {}, header))).rejects.toMatchObject(refused);
    }
    expect(evil.asked()).toBe(0);
  });

  test('altered by one letter', async () => {
    const [header, , signature] = (await sign(key)).split('.');
    const altered = base64({
      ...JSON.parse(Buffer.from((await sign(key)).split('.')[1]!, 'base64url').toString()),
      sub: 'ben',
    });
    await expect(read(`${header}.${altered}.${signature}`)).rejects.toMatchObject(refused);
  });

  test('with an extension that must be understood', async () => {
    const body = `${base64({ alg: 'RS256', kid: 'one', crit: ['b64'], b64: false })}.${(await sign(key)).split('.')[1]}`;
    await expect(read(`${body}.AAAA`)).rejects.toMatchObject(refused);
  });

  test.each([
    '',
    'Bearer',
    'Bearer a.b',
    'Basic YW5hOnBhc3N3b3Jk',
    'Bearer a.b.c d',
    `Bearer ${'a'.repeat(100_000)}.b.c`,
    'Bearer …',
  ])('malformed: %.30s', async (header) => {
    await expect(reader.read(header)).rejects.toMatchObject(refused);
  });

  test('are rejected with a reason that reveals none of their content', async () => {
    const token = await sign(key, { aud: 'another-service' });
    await expect(read(token)).rejects.toThrow('The token was not accepted: its `aud` is not accepted.');
  });
});

describe('the keys of the issuer', () => {
  test('are fetched once, however many made-up key ids arrive at once', async () => {
    await using server = await openJwksServer(key);
    const flooded = openReader(server.url);
    await flooded.read(`Bearer ${await sign(key)}`);
    expect(server.asked()).toBe(1);

    const flood = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => sign({ kid: `made-up-${n}`, privateKey: key.privateKey })),
    );
    const answers = await Promise.allSettled(flood.map((token) => flooded.read(`Bearer ${token}`)));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(server.asked()).toBe(1); // it was asked a moment ago

    advance(11_000);
    await Promise.allSettled(flood.map((token) => flooded.read(`Bearer ${token}`)));
    expect(server.asked()).toBe(2);
    await flooded.read(`Bearer ${await sign(key, { sub: 'ben' })}`); // and the good are served throughout
  });

  test('unknown during the cooldown do not make a token invalid: a key rotation signs no user out', async () => {
    await using server = await openJwksServer(key);
    const reader = openReader(server.url);
    await reader.read(`Bearer ${await sign(key)}`);
    const next = await makeKey('two');
    server.publish(key, next);
    const token = await sign(next);

    await expect(reader.read(`Bearer ${token}`)).rejects.toMatchObject({
      extensions: {
        code: 'SERVICE_UNAVAILABLE',
        retryAfterSeconds: expect.toSatisfy((s) => s >= 1 && s <= 10),
      },
    });
    advance(11_000);
    expect(await reader.read(`Bearer ${token}`)).toMatchObject({ id: 'ana' });
    expect(await reader.read(`Bearer ${await sign(key, { sub: 'ben' })}`)).toMatchObject({ id: 'ben' });
  });

  test('that are unknown after a fetch make the token invalid', async () => {
    await using server = await openJwksServer(key);
    const reader = openReader(server.url);
    await expect(
      reader.read(`Bearer ${await sign({ kid: 'made-up', privateKey: key.privateKey })}`),
    ).rejects.toMatchObject(refused);
  });

  test('that were withdrawn are evicted, and with them the tokens they signed', async () => {
    const old = await makeKey('old');
    await using server = await openJwksServer(old, key);
    const reader = openReader(server.url);
    const token = await sign(old);
    expect(await reader.read(`Bearer ${token}`)).toMatchObject({ id: 'ana' });

    server.publish(key);
    advance(11 * MINUTE);
    await reader.read(`Bearer ${await sign(key)}`); // sets off the look behind the scenes
    let tries = 0; // each with a token of its own: one that was taken is remembered for a while
    await vi.waitFor(
      async () => expect(reader.read(`Bearer ${await sign(old, { jti: `${tries++}` })}`)).rejects.toThrow(),
      { timeout: 30_000 },
    );
    advance(11_000);
    await expect(reader.read(`Bearer ${token}`)).rejects.toMatchObject(refused);
  });

  test.each([500, 302, 404])(
    'an issuer that answers %i is away, and not asked again at once',
    async (status) => {
      await using server = await openJwksServer(key);
      server.answerWith(status);
      const reader = openReader(server.url);
      const token = await sign(key);
      for (let n = 0; n < 5; n++) {
        await expect(reader.read(`Bearer ${token}`)).rejects.toMatchObject({
          extensions: { code: 'SERVICE_UNAVAILABLE' },
        });
      }
      expect(server.asked()).toBe(1);
      server.answerWith(200);
      advance(11_000);
      expect(await reader.read(`Bearer ${token}`)).toMatchObject({ id: 'ana' });
    },
  );

  test('an unreachable issuer does not make a token invalid', async () => {
    await expect(
      openReader('http://127.0.0.1:1/jwks').read(`Bearer ${await sign(key)}`),
    ).rejects.toMatchObject({
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  });

  test('an outage of the issuer of half an hour has no effect; after an hour its keys are too old', async () => {
    await using server = await openJwksServer(key);
    const reader = openReader(server.url);
    await reader.read(`Bearer ${await sign(key)}`);
    server.answerWith(503);
    advance(30 * MINUTE);
    expect(await reader.read(`Bearer ${await sign(key, { sub: 'ben' })}`)).toMatchObject({ id: 'ben' });
    advance(31 * MINUTE);
    await expect(reader.read(`Bearer ${await sign(key, { sub: 'cid' })}`)).rejects.toMatchObject({
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  });
});

test('verified tokens are kept by their memory: large ones of one account do not fill it', async () => {
  const fast = await makeKey('fast', 'EdDSA');
  const getKey = vi.fn(async () => fast.privateKey && (await importJWK(fast.publicJwk, 'EdDSA')));
  const own = openTokenReader({
    issuer: 'https://issuer.test',
    audience: 'onsale',
    keys: { getKey },
    rolesClaim: 'roles',
  });
  const tokenOf = (n: number) => sign(fast, { jti: String(n), padding: 'x'.repeat(5_700) }, { alg: 'EdDSA' });
  const first = await tokenOf(0);
  await own.read(`Bearer ${first}`);
  await own.read(`Bearer ${first}`);
  expect(getKey).toHaveBeenCalledTimes(1);
  const COUNT = 2_200; // 17.5 MB
  for (let n = 1; n <= COUNT; n++) await own.read(`Bearer ${await tokenOf(n)}`);
  await own.read(`Bearer ${first}`);
  expect(getKey).toHaveBeenCalledTimes(COUNT + 2); // it was verified again
});
