/** Let whoever asks for the same while it is under way share the one answer. */
export function share<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
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
