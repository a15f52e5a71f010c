import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

import { serveRpc } from '../rpc.ts';
import { openBareServer } from './bare-server.ts';

/** A message for everybody in a room, and when it is due: milliseconds after the first. */
export interface Broadcast {
  room: number;
  message: string;
  afterMs: number;
}

/** Whether to wait. */
export type Pacing = 'when due' | 'at once';

/** A bare `ws` server that sends what it is given. */
export interface BareWebSocket {
  /** The port it listens on. */
  listen(): Promise<number>;
  /** Send each of these when it is due, or all one after the other without a pause. */
  broadcast(broadcasts: Broadcast[], pace: Pacing): Promise<void>;
}

const server = openBareServer();

serveRpc<BareWebSocket>({
  async listen() {
    return (await server).port;
  },
  async broadcast(broadcasts, pace) {
    const { rooms } = await server;
    const ready = broadcasts.map(({ message, ...rest }) => ({ ...rest, bytes: Buffer.from(message) }));
    const began = performance.now();
    for (const { room, bytes, afterMs } of ready) {
      const waitMs = pace === 'when due' ? began + afterMs - performance.now() : 0;
      if (waitMs >= 1) await pause(waitMs);
      else await turn(); // sockets that could not take it all are written to in between
      for (const socket of rooms[room]!) socket.send(bytes, { binary: false });
    }
  },
});
