import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../../src/platform/auth/development-issuer.ts';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs access tokens of fans with the key of the development issuer, in a fraction of the time of its own code. */
export async function openTokenSigner(issuerFile: string): Promise<(viewer: string) => string> {
  const jwk = JSON.parse(await readFile(issuerFile, 'utf8'));
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const header = encode({ alg: 'ES256', typ: 'at+jwt', kid: jwk.kid });
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    roles: ['fan'],
    iss: DEVELOPMENT_ISSUER,
    aud: DEVELOPMENT_AUDIENCE,
    iat: now,
    exp: now + 86_400,
  };
  return (viewer) => {
    const signed = `${header}.${encode({ ...claims, sub: viewer })}`;
    const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  };
}
