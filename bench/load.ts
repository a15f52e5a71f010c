import autocannon from 'autocannon';

/** One measurement of a load. */
interface LoadMeasurement {
  /** In the unit of the row. */
  rate: number;
  /** What the load completed, for the processor time of each. */
  operations: number;
  /** Processor time of the server, if it is not the stack's. */
  processorSeconds?: number;
}

/** A load on one server that can be measured repeatedly, such as the numerator of a row. */
export interface ServerLoad extends AsyncDisposable {
  /** Warm up, or restore the state that every measurement starts from. */
  prepare(): Promise<void>;
  /** Measure once. */
  run(): Promise<LoadMeasurement>;
}

/** Result of a closed loop. */
export interface LoadResult {
  perSecond: number;
  responses: number;
  failures: number;
}

/** Generate HTTP load in a closed loop: each of `connections` clients sends its next request after a response. */
export async function closedLoop(options: {
  url: string;
  connections: number;
  /** How long, or how many. */
  seconds?: number;
  requests?: number;
  /** Called for each request, as is a `body` that is a function. */
  headers: () => Record<string, string>;
  body: string | (() => string);
  /** Whether a response counts; the others are failures. */
  isSuccess?: (body: string) => boolean;
}): Promise<LoadResult> {
  const { body, isSuccess } = options;
  let successes = 0;
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
    ...(isSuccess
      ? {
          onResponse: (_status: number, response: string) => {
            if (isSuccess(response)) successes++;
            else failures++;
          },
        }
      : {}),
  };
  const result = await autocannon({
    url: new URL(options.url).origin,
    connections: options.connections,
    ...(options.requests === undefined ? { duration: options.seconds! } : { amount: options.requests }),
    requests: [request],
  });
  const responses = isSuccess ? successes : result['2xx'];
  return {
    perSecond: responses / result.duration,
    responses,
    failures: failures + result.non2xx + result.errors + result.timeouts,
  };
}
