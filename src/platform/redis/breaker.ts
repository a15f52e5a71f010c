import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel';

/** Keeps callers from waiting for what does not answer. */
export interface Breaker {
  /** Run it, or throw at once while nobody is to try. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Tell whether `run` would try. */
  mayTry(): boolean;
}

/** After five failures in a row nobody waits; one call a second finds out whether it is over. */
const FAILURES_BEFORE_OPEN = 5;
const RETRY_AFTER_MS = 1_000;

/** Open a breaker that is closed: everybody may try. */
export function openBreaker(): Breaker {
  let brokenAt = 0;
  const openPolicy = () => {
    const policy = circuitBreaker(handleAll, {
      breaker: new ConsecutiveBreaker(FAILURES_BEFORE_OPEN),
      halfOpenAfter: RETRY_AFTER_MS,
    });
    policy.onBreak(() => (brokenAt = Date.now()));
    return policy;
  };
  let policy = openPolicy();
  // it goes by a clock that may be set back, and would let nobody try for as long
  const isLost = () => policy.state === CircuitState.Open && Date.now() < brokenAt;
  return {
    run(work) {
      if (isLost()) policy = openPolicy();
      return policy.execute(work);
    },
    // a policy stays open until somebody tries: whoever waited for it to close by itself would wait for ever
    mayTry: () => policy.state !== CircuitState.Open || isLost() || Date.now() - brokenAt >= RETRY_AFTER_MS,
  };
}
