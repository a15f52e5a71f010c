import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';

/** A key pair with an id, as an issuer has several of. */
export interface IssuerKey {
  kid: string;
  publicJwk: JWK;
  privateKey: CryptoKey;
}

/** Make a key. */
export async function makeKey(kid: string, alg = 'RS256'): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** Claims of a good token for ana, an hour long. */
const GOOD: JWTPayload = { sub: 'ana', iss: 'https://issuer.test', aud: 'onsale', roles: ['fan'] };

/** Sign claims with a key; `header` and `claims` say what is to be otherwise than usual. */
export async function sign(
  key: Pick<IssuerKey, 'kid' | 'privateKey'>,
  claims: Record<string, unknown> = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ ...GOOD, iat: now, exp: now + 3_600, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
    .sign(key.privateKey);
}

/** An issuer's address for its keys, over real HTTP; counts who asks. */
export interface JwksServer extends AsyncDisposable {
  url: string;
  asked(): number;
  /** What it publishes from now on. */
  publish(...keys: IssuerKey[]): void;
  /** Answer with this status instead, or as usual again with 200. */
  answerWith(status: number): void;
}

/** Open such an address. */
export async function openJwksServer(...keys: IssuerKey[]): Promise<JwksServer> {
  let published = keys;
  let status = 200;
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: published.map(({ publicJwk }) => publicJwk) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    asked: () => count,
    publish: (...next) => void (published = next),
    answerWith: (next) => void (status = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
