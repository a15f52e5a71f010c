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
import { KeysUnavailable, openRemoteKeys } from './remote-keys.ts';
import { ROLES, type Role, type Session } from './viewer.ts';

/** Signature algorithms we take: asymmetric alone, so that no public key can be passed off as a shared secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
/** How far an issuer's clock may be from ours. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** One verification costs 20–100 µs; a buyer sends the same token all evening. About 1 kB each. */
const REMEMBERED_TOKENS = 10_000;
/** A remembered token outlives the withdrawal of its key by no more than this. */
const REMEMBER_FOR_MS = 5 * 60_000;
/** Real ones have 1–2 kB; nobody's regular expressions and decoders should chew on more. */
const LONGEST_TOKEN = 8_192;
/** What tokens of all makes call the one that opens an API; one that calls itself anything else is not taken for one. */
const ACCESS = new Set(['jwt', 'at+jwt', 'application/at+jwt', 'bearer', 'access', 'access_token']);

/** Turns `authorization` headers into viewers, and says for how long. */
export interface TokenReader {
  /**
   * The viewer; `null` without a header. Throws UNAUTHENTICATED for a token that is not good, and SERVICE_UNAVAILABLE
   * for one that cannot be checked because its issuer is away.
   */
  read(authorization: string | undefined): Promise<Session | null>;
}

/** Who signs tokens, for whom, and where the keys are: a JWKS address, or keys at hand and maybe for all to see. */
export interface TokenIssuer {
  issuer: string;
  audience: string;
  keys: { jwksUrl: string } | { getKey: JWTVerifyGetKey; jwks?: { keys: JWK[] } };
  /** The claim that lists roles; a path such as `realm_access.roles` where there is no claim of that very name. */
  rolesClaim: string;
}

/** Open a reader. Nothing in a token is believed before its signature; where to find keys is never asked of the token. */
export function openTokenReader({ issuer, audience, keys, rolesClaim }: TokenIssuer): TokenReader {
  const getKey = 'getKey' in keys ? keys.getKey : openRemoteKeys(keys.jwksUrl);
  const remembered = new LRUCache<string, { viewer: Session; until: number }>({ max: REMEMBERED_TOKENS });

  return {
    async read(authorization) {
      if (authorization === undefined) return null;
      if (authorization.length > LONGEST_TOKEN)
        throw unauthenticated(`it is longer than ${LONGEST_TOKEN} characters`);
      const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
      if (token === undefined) throw unauthenticated('the header must be `Bearer <token>`');
      const known = remembered.get(token);
      if (known !== undefined && known.until > Date.now()) return known.viewer;

      const { payload, protectedHeader } = await verify(token);
      requireAccessToken([protectedHeader.typ, payload['typ'], payload['token_use'], payload['token_type']]);
      const viewer = toViewer(payload, rolesClaim);
      remembered.set(token, { viewer, until: Math.min(viewer.endsAt, Date.now() + REMEMBER_FOR_MS) });
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
      if (error instanceof KeysUnavailable) throw uncheckable(error);
      if (error instanceof errors.JWTExpired) throw unauthenticated('it has expired');
      if (error instanceof errors.JWTClaimValidationFailed)
        throw unauthenticated(`its \`${error.claim}\` is not right`);
      if (error instanceof errors.JOSEError) throw unauthenticated(error.code);
      throw error;
    }
  }
}

function requireAccessToken(names: readonly unknown[]): void {
  for (const name of names) {
    if (name === undefined || (typeof name === 'string' && ACCESS.has(name.toLowerCase()))) continue;
    throw unauthenticated('it is not an access token');
  }
}

function toViewer(payload: JWTPayload, rolesClaim: string): Session {
  if (typeof payload.sub !== 'string' || payload.sub === '' || payload.sub.length > 200) {
    throw unauthenticated('its `sub` must be 1 to 200 characters');
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

function uncheckable({ retryAfterSeconds }: KeysUnavailable): CodedError {
  return new CodedError(
    'SERVICE_UNAVAILABLE',
    'The token cannot be checked: its issuer cannot be asked for its keys.',
    {
      retryAfterSeconds,
    },
  );
}
