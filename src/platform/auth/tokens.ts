import {
  errors,
  jwtVerify,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyResult,
} from 'jose';
import { LRUCache } from 'lru-cache';

import { CodedError } from '../errors.ts';
import { isStorable } from '../text/clean.ts';
import { memoryOf } from '../text/memory.ts';
import { KeysUnavailable, openRemoteKeys } from './remote-keys.ts';
import { MAX_SUBJECT_LENGTH, ROLES, type AuthenticatedViewer, type Role } from './viewer.ts';

/** Accepted signature algorithms: asymmetric only, so that a public key cannot be used as a shared secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
/** Accepted clock difference to the issuer. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** Of verified tokens, some 10,000: one verification costs 20–100 µs, and a buyer sends the same token all evening. */
const MAX_CACHED_TOKEN_BYTES = 16 * 2 ** 20;
const CACHED_VIEWER_BYTES = 600;
/** A cached token is accepted at most this long after its key was withdrawn. */
const CACHE_TTL_MS = 5 * 60_000;
/** Real tokens have 1–2 kB; longer input is not worth parsing. */
const MAX_TOKEN_LENGTH = 8_192;
/** Type names that issuers give access tokens; a token with another type is rejected. */
const ACCESS_TOKEN_TYPES = new Set([
  'jwt',
  'at+jwt',
  'application/at+jwt',
  'bearer',
  'access',
  'access_token',
]);

/** Turns `authorization` headers into sessions. */
export interface TokenReader {
  /**
   * The session; `null` without a header. Throws UNAUTHENTICATED for an invalid token, and SERVICE_UNAVAILABLE if it cannot
   * be verified because its issuer is unavailable.
   */
  read(authorization: string | undefined): Promise<AuthenticatedViewer | null>;
}

/** The accepted issuer and audience, and the keys: a JWKS URL, or local keys and the JWKS to publish. */
export interface TokenIssuer {
  issuer: string;
  audience: string;
  keys: { jwksUrl: string } | { getKey: JWTVerifyGetKey; jwks?: { keys: JWK[] } };
  /** The claim that lists roles, or a path such as `realm_access.roles`. */
  rolesClaim: string;
}

/** Open a reader. Claims count only after the signature is verified; key URLs inside a token are ignored. */
export function openTokenReader({ issuer, audience, keys, rolesClaim }: TokenIssuer): TokenReader {
  const getKey = 'getKey' in keys ? keys.getKey : openRemoteKeys(keys.jwksUrl);
  const cache = new LRUCache<string, { viewer: AuthenticatedViewer; until: number }>({
    maxSize: MAX_CACHED_TOKEN_BYTES,
    sizeCalculation: (_entry, token) => memoryOf(token) + CACHED_VIEWER_BYTES,
  });

  return {
    async read(authorization) {
      if (authorization === undefined) return null;
      if (authorization.length > MAX_TOKEN_LENGTH)
        throw unauthenticated(`it is longer than ${MAX_TOKEN_LENGTH} characters`);
      const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
      if (token === undefined) throw unauthenticated('the header must be `Bearer <token>` with a JWT');
      const known = cache.get(token);
      if (known !== undefined && known.until > Date.now()) return known.viewer;

      const { payload, protectedHeader } = await verify(token);
      requireAccessToken([protectedHeader.typ, payload['typ'], payload['token_use'], payload['token_type']]);
      const viewer = toViewer(payload, rolesClaim);
      cache.set(token, { viewer, until: Math.min(viewer.endsAt, Date.now() + CACHE_TTL_MS) });
      return viewer;
    },
  };

  async function verify(token: string): Promise<JWTVerifyResult> {
    try {
      return await jwtVerify(token, getKey, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
    } catch (error) {
      if (error instanceof KeysUnavailable) throw unverifiable(error);
      if (error instanceof errors.JWTExpired) throw unauthenticated('it has expired');
      if (error instanceof errors.JWTClaimValidationFailed)
        throw unauthenticated(`its \`${error.claim}\` is not accepted`);
      if (error instanceof errors.JWKSNoMatchingKey)
        throw unauthenticated('its signing key is not one of the issuer’s');
      if (error instanceof errors.JWSSignatureVerificationFailed)
        throw unauthenticated('its signature is invalid');
      if (error instanceof errors.JOSEError) throw unauthenticated('it is not a valid JWT');
      throw error;
    }
  }
}

function requireAccessToken(names: readonly unknown[]): void {
  for (const name of names) {
    if (name === undefined || (typeof name === 'string' && ACCESS_TOKEN_TYPES.has(name.toLowerCase())))
      continue;
    throw unauthenticated('it is not an access token');
  }
}

function toViewer(payload: JWTPayload, rolesClaim: string): AuthenticatedViewer {
  if (typeof payload.sub !== 'string' || !isStorable(payload.sub, MAX_SUBJECT_LENGTH)) {
    throw unauthenticated(`its \`sub\` must be 1 to ${MAX_SUBJECT_LENGTH} printable characters`);
  }
  const claim = payload[rolesClaim] ?? atPath(payload, rolesClaim.split('.'));
  const names: unknown[] = Array.isArray(claim)
    ? claim
    : typeof claim === 'string'
      ? claim.split(/[ ,]+/)
      : [];
  const roles = names
    .map((name) => String(name).toUpperCase())
    .filter((name) => ROLES.includes(name as Role));
  const endsAt = ((payload.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000;
  return { id: payload.sub, roles: new Set(roles as Role[]), endsAt };
}

function atPath(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  );
}

function unauthenticated(why: string): CodedError {
  return new CodedError('UNAUTHENTICATED', `The token was not accepted: ${why}.`);
}

function unverifiable({ retryAfterSeconds }: KeysUnavailable): CodedError {
  return new CodedError(
    'SERVICE_UNAVAILABLE',
    'The token cannot be checked: its issuer cannot be asked for its keys.',
    {
      retryAfterSeconds,
    },
  );
}
