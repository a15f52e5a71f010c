import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';

/** However many tokens with made-up key ids arrive, and whether or not the issuer answers: one request in this time. */
const ASK_AGAIN_AFTER_MS = 10_000;
/** Old keys are looked up afresh behind the scenes; a key the issuer withdraws is gone after this and one token more. */
const REFRESH_AFTER_MS = 10 * 60_000;
/** An issuer that is away for less than this goes unnoticed by whoever has a token of its known keys. */
const KEEP_FOR_MS = 60 * 60_000;
/** Buyers wait behind this. */
const ANSWER_WITHIN_MS = 3_000;

/** Thrown when a token cannot be checked right now, which is no verdict on the token. */
export class KeysUnavailable extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super('the keys of the token issuer cannot be had', options);
    this.name = 'KeysUnavailable';
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  }
}

/**
 * The public keys of an issuer, kept and looked up again for a key id nobody has seen, but never more often than every
 * ten seconds. A key id that cannot be looked up yet may be the issuer's newest: it is KeysUnavailable, not wrong, so
 * that a rotation of keys signs nobody out.
 */
export function openRemoteKeys(jwksUrl: string): JWTVerifyGetKey {
  let askedAt = -Infinity;
  let loadedAt = Infinity;
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: ASK_AGAIN_AFTER_MS,
    cacheMaxAge: KEEP_FOR_MS,
    timeoutDuration: ANSWER_WITHIN_MS,
    [customFetch]: async (url, init) => {
      if (nextAskInMs() > 0) throw new KeysUnavailable(nextAskInMs());
      askedAt = Date.now();
      const response = await fetch(url, init);
      if (response.ok) loadedAt = Date.now();
      return response;
    },
  });
  const nextAskInMs = () => askedAt + ASK_AGAIN_AFTER_MS - Date.now();

  return async (header, token) => {
    const couldAsk = !remote.coolingDown;
    if (Date.now() - loadedAt > REFRESH_AFTER_MS) remote.reload().catch(() => {}); // the old ones serve until then
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof KeysUnavailable || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (!(error instanceof errors.JWKSNoMatchingKey))
        throw new KeysUnavailable(nextAskInMs(), { cause: error });
      const known = remote.jwks()?.keys.some(({ kid }) => kid === header.kid);
      if (couldAsk || known) throw error;
      throw new KeysUnavailable(nextAskInMs(), { cause: error });
    }
  };
}
