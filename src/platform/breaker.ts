import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll, isBrokenCircuitError } from 'cockatiel';

/** A circuit breaker: while it is open, callers fail at once instead of waiting for a timeout. */
export interface Breaker {
  /** Run `work`, or throw at once while the breaker is open. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Whether `run` would run its work. */
  mayTry(): boolean;
}

/** Whether `run` threw because the breaker is open: its work did not run. */
export const isBroken = (error: unknown): boolean => isBrokenCircuitError(error);

/** Consecutive failures that open the breaker. */
const DEFAULT_MAX_FAILURES = 5;
/** While it is open, one call in this time probes whether the dependency is back. */
const RETRY_AFTER_MS = 1_000;

interface BreakerOptions {
  maxFailures?: number;
  /** Called once for an outage, whatever the probes during it find. */
  onOpen?: (error: unknown) => void;
  onClose?: () => void;
}

/** Create a breaker in the closed state. */
export function openBreaker(options: BreakerOptions = {}): Breaker {
  const { maxFailures = DEFAULT_MAX_FAILURES, onOpen, onClose } = options;
  let brokenAt = 0;
  let isOpen = false; // a probe that fails opens the policy again, which is no news
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    onClose?.();
  };
  const openPolicy = () => {
    const policy = circuitBreaker(handleAll, {
      breaker: new ConsecutiveBreaker(maxFailures),
      halfOpenAfter: RETRY_AFTER_MS,
    });
    policy.onBreak((reason) => {
      brokenAt = Date.now();
      if (isOpen) return;
      isOpen = true;
      onOpen?.('error' in reason ? reason.error : reason);
    });
    policy.onReset(close);
    return policy;
  };
  let policy = openPolicy();
  // cockatiel uses the wall clock: if that is set back, the breaker would stay open for as long
  const clockWentBack = () => policy.state === CircuitState.Open && Date.now() < brokenAt;
  return {
    run(work) {
      if (clockWentBack()) {
        policy = openPolicy();
        close();
      }
      return policy.execute(work);
    },
    // the policy stays open until a call probes it, so a caller that waits for it to close would wait for ever
    mayTry: () =>
      policy.state !== CircuitState.Open || clockWentBack() || Date.now() - brokenAt >= RETRY_AFTER_MS,
  };
}
