/** Let whoever asks for the same while it is under way share the one answer. */
export function singleFlight<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key) => {
    let answer = underWay.get(key);
    if (answer === undefined) {
      answer = work(key).finally(() => underWay.delete(key));
      underWay.set(key, answer);
    }
    return answer;
  };
}

/**
 * Let whoever asks for the same share an answer that is no older than their question: one that is under way was begun
 * before it, so the next is for everybody who asks until that begins.
 */
export function singleFlightFresh<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<T>>();
  return (key) => {
    let answer = next.get(key);
    if (answer === undefined) {
      answer = Promise.resolve(underWay.get(key)).then(() => {
        next.delete(key);
        const begun = work(key);
        const ended = begun
          .catch(() => null)
          .finally(() => {
            if (underWay.get(key) === ended) underWay.delete(key);
          });
        underWay.set(key, ended);
        return begun;
      });
      next.set(key, answer);
    }
    return answer;
  };
}
