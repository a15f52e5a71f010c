import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';

import { CodedError } from '../errors.ts';
import { ROLES, type Role, type Viewer } from './viewer.ts';

/** Signature algorithms we take: asymmetric alone, so that no public key can be passed off as a shared secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
/** How far an issuer's clock may be from ours. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** One verification costs 20–100 µs; a buyer sends the same token all evening. About 1 kB each. */
const REMEMBERED_TOKENS = 10_000;

/** Turns `authorization` headers into viewers. */
export interface TokenReader {
  /** The viewer; `null` without a header; throws UNAUTHENTICATED for a token that is not good. */
  read(authorization: string | undefined): Promise<Viewer | null>;
}

/** Who signs tokens, for whom, and where the keys are: a JWKS address, or keys at hand. */
export interface TokenIssuer {
  issuer: string;
  audience: string;
  keys: { jwksUrl: string } | { getKey: JWTVerifyGetKey };
  rolesClaim: string;
}

/** Open a reader. Keys are fetched at the first token, kept, and fetched again (at most every 30 s) for an unknown key id. */
export function openTokenReader({ issuer, audience, keys, rolesClaim }: TokenIssuer): TokenReader {
  const getKey = 'getKey' in keys ? keys.getKey : createRemoteJWKSet(new URL(keys.jwksUrl));
  const remembered = new LRUCache<string, { viewer: Viewer; expiresAt: number }>({ max: REMEMBERED_TOKENS });

  return {
    async read(authorization) {
      if (authorization === undefined) return null;
      const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
      if (token === undefined) throw unauthenticated('the header must be `Bearer <token>`');
      const known = remembered.get(token);
      if (known !== undefined && known.expiresAt > Date.now()) return known.viewer;
      const payload = await verify(token);
      const viewer = toViewer(payload, rolesClaim);
      remembered.set(token, { viewer, expiresAt: (payload.exp ?? 0) * 1_000 });
      return viewer;
    },
  };

  async function verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, getKey, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || isNetworkError(error)) {
        throw new CodedError(
          'SERVICE_UNAVAILABLE',
          'The token issuer cannot be reached, so no token can be checked.',
        );
      }
      if (error instanceof errors.JWTExpired) throw unauthenticated('it has expired');
      if (error instanceof errors.JOSEError) throw unauthenticated(error.code);
      throw error;
    }
  }
}

function toViewer(payload: JWTPayload, rolesClaim: string): Viewer {
  const claim = payload[rolesClaim];
  const names = Array.isArray(claim) ? claim : typeof claim === 'string' ? claim.split(/[ ,]+/) : [];
  const roles = names
    .map((name) => String(name).toUpperCase())
    .filter((name): name is Role => ROLES.includes(name as Role));
  if (typeof payload.sub !== 'string' || payload.sub === '' || payload.sub.length > 200) {
    throw unauthenticated('its `sub` must be 1 to 200 characters');
  }
  return { id: payload.sub, roles: new Set(roles) };
}

function unauthenticated(why: string): CodedError {
  return new CodedError('UNAUTHENTICATED', `The token was not accepted: ${why}.`);
}

function isNetworkError(error: unknown): boolean {
  return (
    error instanceof TypeError || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
  );
}
