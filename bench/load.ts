import autocannon from 'autocannon';

/** What a run of load saw. */
export interface LoadResult {
  perSecond: number;
  answers: number;
  failures: number;
}

/** A closed loop over HTTP: `connections` clients that each send the next request when the last is answered. */
export async function closedLoop(options: {
  url: string;
  connections: number;
  seconds: number;
  /** Made anew for each request, as is a `body` that is a function. */
  headers: () => Record<string, string>;
  body: string | (() => string);
  /** Tells from an answer whether it counts; others are failures. */
  counts?: (body: string) => boolean;
}): Promise<LoadResult> {
  const { body, counts } = options;
  let counted = 0;
  let failures = 0;
  const request: autocannon.Request = {
    method: 'POST',
    path: new URL(options.url).pathname,
    headers: { 'content-type': 'application/json', ...options.headers() },
    ...(typeof body === 'string'
      ? { body }
      : {
          setupRequest: (next) => ({
            ...next,
            headers: { ...next.headers, ...options.headers() },
            body: body(),
          }),
        }),
    ...(counts
      ? {
          onResponse: (_status: number, answer: string) => {
            if (counts(answer)) counted++;
            else failures++;
          },
        }
      : {}),
  };
  const result = await autocannon({
    url: new URL(options.url).origin,
    connections: options.connections,
    duration: options.seconds,
    requests: [request],
  });
  const answers = counts ? counted : result['2xx'];
  return {
    perSecond: answers / result.duration,
    answers,
    failures: failures + result.non2xx + result.errors + result.timeouts,
  };
}
