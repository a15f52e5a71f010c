/** Concurrent calls with the same key share one run of `work`. */
export function singleFlight<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const inFlight = new Map<string, Promise<T>>();
  return (key) => {
    let result = inFlight.get(key);
    if (result === undefined) {
      result = work(key).finally(() => inFlight.delete(key));
      inFlight.set(key, result);
    }
    return result;
  };
}

/**
 * Coalesce concurrent calls with the same key, with a result no older than the call: a run in progress began before it, so
 * calls during a run share the next one.
 */
export function singleFlightFresh<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const inFlight = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<T>>();
  return (key) => {
    let result = next.get(key);
    if (result === undefined) {
      result = Promise.resolve(inFlight.get(key)).then(() => {
        next.delete(key);
        const begun = work(key);
        const ended = begun
          .catch(() => null)
          .finally(() => {
            if (inFlight.get(key) === ended) inFlight.delete(key);
          });
        inFlight.set(key, ended);
        return begun;
      });
      next.set(key, result);
    }
    return result;
  };
}
