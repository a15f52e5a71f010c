/** Result of an open loop. */
export interface OpenLoopResult {
  /** Milliseconds from when a request was due to the end of its response. */
  latencies: number[];
  failures: number;
}

/**
 * Send requests at a constant rate, whether or not earlier ones were answered, as visitors do. A server that stalls is charged for
 * every request that was due meanwhile.
 */
export async function openLoop(options: {
  url: string;
  /** Called for each request. */
  body: () => string;
  perSecond: number;
  seconds: number;
  isSuccess: (body: string) => boolean;
}): Promise<OpenLoopResult> {
  const { url, body, isSuccess } = options;
  const requests = Math.round(options.perSecond * options.seconds);
  const result: OpenLoopResult = { latencies: [], failures: 0 };
  const startedAt = performance.now();
  const send = async (dueAt: number): Promise<void> => {
    const text = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body(),
    }).then(
      (response) => response.text(),
      () => null,
    );
    if (text === null || !isSuccess(text)) result.failures++;
    else result.latencies.push(performance.now() - dueAt);
  };
  const sent: Promise<void>[] = [];
  while (sent.length < requests) {
    const dueAt = startedAt + (sent.length * 1_000) / options.perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await new Promise((next) => setTimeout(next, waitMs));
    sent.push(send(dueAt));
  }
  await Promise.all(sent);
  return result;
}
