import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';

import { newId } from '../ids.ts';
import type { Role } from './viewer.ts';

/** The `iss` claim of development tokens. */
export const DEVELOPMENT_ISSUER = 'https://onsale.localhost/development';
/** The `aud` claim of development tokens. */
export const DEVELOPMENT_AUDIENCE = 'onsale';
const ALGORITHM = 'ES256';

/** The issuer of the local stack. Its private key is in the data directory, so read access to that directory is trusted. */
export interface DevelopmentIssuer {
  getKey: JWTVerifyGetKey;
  /** The public half, as `/.well-known/jwks.json` serves it. */
  jwks: { keys: JWK[] };
  /** Sign a token that expires after `days`. */
  sign(claims: { sub: string; roles: readonly Role[]; days?: number }): Promise<string>;
}

/** Open the issuer whose key is at `file`; creates the key on first use, also when several processes start at once. */
export async function openDevelopmentIssuer(file: string): Promise<DevelopmentIssuer> {
  const privateJwk = (await readKey(file)) ?? (await createKey(file));
  const { d: _private, ...publicJwk } = privateJwk;
  const jwks = { keys: [publicJwk as JWK] };
  const key = await importJWK(privateJwk, ALGORITHM);
  return {
    jwks,
    getKey: createLocalJWKSet(jwks),
    sign: ({ sub, roles, days = 30 }) =>
      new SignJWT({ roles: roles.map((role) => role.toLowerCase()) })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: privateJwk.kid ?? 'development' })
        .setSubject(sub)
        .setIssuer(DEVELOPMENT_ISSUER)
        .setAudience(DEVELOPMENT_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${days}d`)
        .sign(key),
  };
}

async function readKey(file: string): Promise<JWK | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function createKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = `development-${newId()}`;
  const jwk: JWK = { ...(await exportJWK(privateKey)), alg: ALGORITHM, use: 'sig', kid };
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${kid}`;
  await writeFile(draft, JSON.stringify(jwk), { mode: 0o600 });
  try {
    await link(draft, file); // atomic, and only the first process succeeds: a partial key would break the demo
    return jwk;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return (await readKey(file)) ?? jwk;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
