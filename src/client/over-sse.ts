import type { ConnectionAttempt } from './connection.ts';
import { ConnectionLost, FollowRefused, toClientError, type ServerError } from './errors.ts';
import type { ResultMessage } from './messages.ts';
import { readEvents } from './read-events.ts';

/** Subscribe over SSE by `fetch`: unlike EventSource it sends a token, and exposes the status and body of a refusal. */
export async function overSse(attempt: ConnectionAttempt): Promise<void> {
  const { query, variables, token, signal, silenceMs } = attempt;
  const { fetch } = attempt; // called as a method of `attempt`, it throws in browsers
  const request = new AbortController();
  const stop = () => request.abort();
  signal.addEventListener('abort', stop);
  let isAlive = true;
  const heartbeatTimer = setInterval(() => {
    if (!isAlive) return request.abort();
    isAlive = false;
  }, silenceMs);

  let retryMs: number | null = null;
  try {
    if (signal.aborted) return;
    const response = await fetch(`${attempt.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: request.signal,
    });
    if (response.status !== 200 || response.body === null) throw await responseError(response);
    for await (const event of readEvents(response.body, () => (isAlive = true))) {
      if (event.retryMs !== null) retryMs = event.retryMs;
      if (event.name === 'next') attempt.onResult(JSON.parse(event.data) as ResultMessage);
      if (event.name === 'complete') break;
    }
    if (!signal.aborted) throw new ConnectionLost('the stream ended', retryMs);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof ConnectionLost || error instanceof FollowRefused) throw error;
    throw new ConnectionLost(
      request.signal.aborted ? 'heartbeat timeout: the stream fell silent' : String(error),
      retryMs,
    );
  } finally {
    clearInterval(heartbeatTimer);
    signal.removeEventListener('abort', stop);
    request.abort();
  }
}

async function responseError(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => ({}))) as { errors?: ServerError[] };
  if (body.errors) return toClientError(body.errors);
  const text = `the server answered ${response.status}`;
  return response.status >= 500 || response.status === 429
    ? new ConnectionLost(text)
    : new FollowRefused(String(response.status), text);
}
