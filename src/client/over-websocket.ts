import type { ConnectionAttempt } from './connection.ts';
import { ConnectionLost, FollowRefused, toClientError, type ServerError } from './errors.ts';
import type { ResultMessage } from './messages.ts';

const PROTOCOL = 'graphql-transport-ws';
/** Equal for all clients, so that the server can send them the same frame. */
const OPERATION_ID = '1';
/** Permanent close codes, after which a reconnect would fail again; see docs/realtime-protocol.md. */
const FATAL_CLOSE_CODES = new Set([1002, 1003, 1007, 1008, 1009, 4400, 4401, 4403, 4406, 4409, 4429]);

type ServerMessage =
  | { type: 'connection_ack' | 'ping' | 'pong' }
  | { type: 'next'; payload: ResultMessage }
  | { type: 'error'; payload: ServerError[] }
  | { type: 'complete' };

/** Subscribe over `graphql-transport-ws`. */
export function overWebSocket(attempt: ConnectionAttempt): Promise<void> {
  const { query, variables, token, signal, silenceMs } = attempt;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const socket = new attempt.webSocket(`${attempt.url.replace(/^http/, 'ws')}/graphql`, PROTOCOL);
  const send = (message: object) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };

  // Heartbeat: browsers hide the server's ping frames, so the client sends pings of the protocol to detect a dead connection.
  let isAlive = true;
  const heartbeatTimer = setInterval(() => {
    if (!isAlive) return finish(new ConnectionLost('heartbeat timeout: the connection fell silent'));
    isAlive = false;
    send({ type: 'ping' });
  }, silenceMs / 2);

  const stop = () => finish(null);
  signal.addEventListener('abort', stop);
  socket.onopen = () =>
    send({
      type: 'connection_init',
      ...(token !== null && { payload: { authorization: `Bearer ${token}` } }),
    });
  socket.onmessage = ({ data }) => {
    isAlive = true;
    onMessage(JSON.parse(String(data)) as ServerMessage);
  };
  socket.onerror = () => finish(new ConnectionLost('the connection could not be made'));
  socket.onclose = ({ code, reason }) => {
    const hint = /retry after (\d+) ms/.exec(reason)?.[1];
    const text = reason || `the connection was closed (${code})`;
    finish(
      FATAL_CLOSE_CODES.has(code)
        ? new FollowRefused(String(code), text)
        : new ConnectionLost(text, hint === undefined ? null : Number(hint)),
    );
  };
  return promise;

  function onMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'connection_ack':
        return send({ id: OPERATION_ID, type: 'subscribe', payload: { query, variables } });
      case 'ping':
        return send({ type: 'pong' });
      case 'next':
        return attempt.onResult(message.payload);
      case 'error':
        return finish(toClientError(message.payload));
      case 'complete':
        return finish(new ConnectionLost('the server ended the subscription'));
      case 'pong':
    }
  }

  function finish(problem: Error | null): void {
    clearInterval(heartbeatTimer);
    signal.removeEventListener('abort', stop);
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {}; // closing a socket that is not open yet emits an error
    socket.close(1000);
    if (problem) reject(problem);
    else resolve();
  }
}
