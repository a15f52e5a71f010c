import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';

/** At most one request in this time, however many tokens with made-up key ids arrive. */
const FETCH_COOLDOWN_MS = 10_000;
/** Older keys are refreshed in the background: a withdrawn key is rejected after this time and one more token. */
const REFRESH_AFTER_MS = 10 * 60_000;
/** An outage of the issuer shorter than this does not affect tokens signed with known keys. */
const KEYS_TTL_MS = 60 * 60_000;
/** Requests wait for this fetch. */
const FETCH_TIMEOUT_MS = 3_000;

/** Thrown when a token cannot be verified at the moment; the token may be valid. */
export class KeysUnavailable extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super('keys of the token issuer unavailable', options);
    this.name = 'KeysUnavailable';
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  }
}

/**
 * The cached public keys of an issuer, fetched again for an unknown key id, at most every ten seconds. During that cooldown an
 * unknown key id is KeysUnavailable, not invalid: it may be the newest key, and a key rotation must not sign users out.
 */
export function openRemoteKeys(jwksUrl: string): JWTVerifyGetKey {
  let fetchedAt = -Infinity;
  let loadedAt = Infinity;
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: FETCH_COOLDOWN_MS,
    cacheMaxAge: KEYS_TTL_MS,
    timeoutDuration: FETCH_TIMEOUT_MS,
    [customFetch]: async (url, init) => {
      if (cooldownLeftMs() > 0) throw new KeysUnavailable(cooldownLeftMs());
      fetchedAt = Date.now();
      const response = await fetch(url, init);
      if (response.ok) loadedAt = Date.now();
      return response;
    },
  });
  const cooldownLeftMs = () => fetchedAt + FETCH_COOLDOWN_MS - Date.now();

  return async (header, token) => {
    const couldFetch = !remote.coolingDown;
    if (Date.now() - loadedAt > REFRESH_AFTER_MS) remote.reload().catch(() => {}); // the old keys are used until then
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof KeysUnavailable || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (!(error instanceof errors.JWKSNoMatchingKey))
        throw new KeysUnavailable(cooldownLeftMs(), { cause: error });
      const known = remote.jwks()?.keys.some(({ kid }) => kid === header.kid);
      if (couldFetch || known) throw error;
      throw new KeysUnavailable(cooldownLeftMs(), { cause: error });
    }
  };
}
