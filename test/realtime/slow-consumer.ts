import { once } from 'node:events';
import { connect } from 'node:net';

import { SUBSCRIPTION } from './transports.ts';

/** Selects the places 900 times, so that a few updates exceed the kernel's buffers of some megabytes. */
export const LARGE_SUBSCRIPTION = `subscription ($event: ID!) { seatMapChanged(event: $event) {
  ... on SeatMapDelta { ${Array.from({ length: 900 }, (_, copy) => `p${copy}: places`).join(' ')} }
} }`;

/** Subscribe over a raw TCP connection that never reads updates. */
export async function subscribeWithoutReading(
  name: string,
  url: string,
  event: string,
  query = SUBSCRIPTION,
) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const operation = { query, variables: { event } };
  if (name === 'SSE') {
    const body = JSON.stringify(operation);
    socket.write(
      `POST /graphql/stream HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  } else {
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: ${hostname}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: ${Buffer.alloc(16).toString('base64')}\r\n` +
        'sec-websocket-protocol: graphql-transport-ws\r\n\r\n',
    );
    await once(socket, 'data'); // protocol switched
    socket.write(masked({ type: 'connection_init' }));
    await once(socket, 'data'); // acknowledged
    socket.write(masked({ id: 'slow', type: 'subscribe', payload: operation }));
  }
  socket.removeAllListeners('data');
  socket.pause();
  socket.on('error', () => {});
  return socket;
}

/** A text frame of a client, masked with zeros. */
export function masked(message: object): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(8);
  header[0] = 0x81;
  header[1] = 0x80 | 126;
  header.writeUInt16BE(text.length, 2);
  return Buffer.concat([header, text]);
}
