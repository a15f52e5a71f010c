import { createHash } from 'node:crypto';

import { ApiError, invalidParameter } from './api-error.ts';
import type { Form } from './form.ts';
import type { State, StoredAnswer } from './state.ts';

/** The right to answer under a key, held until the answer has gone out. */
export interface KeyClaim extends Disposable {
  /** The first answer, to be replayed; `null`: this is the first request. */
  stored: StoredAnswer | null;
  /** Keep the answer under the key, inside the transaction that makes it true. */
  remember(requestId: string, status: number, body: string): void;
}

/** Stripe's limit. */
const LONGEST_KEY = 255;

/** Guards idempotency keys: the same key is answered once, and replayed ever after. */
export function openIdempotency(state: State): { claim(key: string, endpoint: string, form: Form): KeyClaim } {
  const inFlight = new Set<string>();
  return {
    claim(key, endpoint, form) {
      if (key.length > LONGEST_KEY) {
        throw invalidParameter(`Idempotency keys can have up to ${LONGEST_KEY} characters.`);
      }
      if (inFlight.has(key)) throw inUse(key);
      const fingerprint = createHash('sha256')
        .update(JSON.stringify(sorted(form)))
        .digest('hex');
      const stored = state.recallAnswer(key);
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
        remember(requestId, status, body) {
          state.rememberAnswer({ key, endpoint, fingerprint, requestId, status, body });
        },
        [Symbol.dispose]: () => inFlight.delete(key),
      };
    },
  };
}

const mismatch = (message: string) =>
  new ApiError(400, { type: 'idempotency_error', message }, { remembered: false });

const inUse = (key: string) =>
  new ApiError(
    409,
    {
      type: 'invalid_request_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    },
    { remembered: false },
  );

/** The order in which parameters were written does not matter. */
function sorted(value: string | Form): unknown {
  if (typeof value === 'string') return value;
  return Object.keys(value)
    .toSorted()
    .map((name) => [name, sorted(value[name]!)]);
}
