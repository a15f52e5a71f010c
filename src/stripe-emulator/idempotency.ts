import { createHash } from 'node:crypto';

import { ApiError, invalidParameter } from './api-error.ts';
import type { Form } from './form.ts';
import type { State, StoredResponse } from './state.ts';

/** Exclusive claim of an idempotency key, held until the response is sent. */
export interface KeyClaim extends Disposable {
  /** The response to replay; `null`: this is the first request. */
  stored: StoredResponse | null;
  /** Store the response under the key, in the transaction of its effect. */
  store(requestId: string, status: number, body: string): void;
}

/** The limit of Stripe. */
const MAX_KEY_LENGTH = 255;

/** Open the registry of idempotency keys: a key is executed once, then replayed. */
export function openIdempotency(state: State): {
  claim(key: string, endpoint: string, form: Form): KeyClaim;
} {
  const inFlight = new Set<string>();
  return {
    claim(key, endpoint, form) {
      if (key.length > MAX_KEY_LENGTH) {
        throw invalidParameter(`Idempotency keys can have up to ${MAX_KEY_LENGTH} characters.`);
      }
      if (inFlight.has(key)) throw inUse(key);
      const fingerprint = createHash('sha256')
        .update(JSON.stringify(sorted(form)))
        .digest('hex');
      const stored = state.findResponse(key);
      if (stored && stored.endpoint !== endpoint) {
        throw mismatch(
          `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${stored.endpoint}' vs '${endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
        );
      }
      if (stored && stored.fingerprint !== fingerprint) {
        throw mismatch(
          `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        );
      }
      inFlight.add(key);
      return {
        stored,
        store(requestId, status, body) {
          state.storeResponse({ key, endpoint, fingerprint, requestId, status, body });
        },
        [Symbol.dispose]: () => inFlight.delete(key),
      };
    },
  };
}

const mismatch = (message: string) =>
  new ApiError(400, { type: 'idempotency_error', message }, { replayable: false });

const inUse = (key: string) =>
  new ApiError(
    409,
    {
      type: 'invalid_request_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    },
    { replayable: false },
  );

/** Sort the parameters, so that their order does not change the fingerprint. */
function sorted(value: string | Form): unknown {
  if (typeof value === 'string') return value;
  return Object.keys(value)
    .toSorted()
    .map((name) => [name, sorted(value[name]!)]);
}
