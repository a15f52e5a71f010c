import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

import { serveRpc } from '../rpc.ts';
import { openBareServer } from './bare-server.ts';

/** A message to a room, and when it is due: milliseconds after the first one. */
export interface Broadcast {
  room: number;
  message: string;
  afterMs: number;
}

export type Pacing = 'when due' | 'at once';

/** A plain `ws` server that broadcasts given messages. */
export interface BareWebSocket {
  /** Return the port. */
  listen(): Promise<number>;
  /** Send each message when it is due, or all without a pause. */
  broadcast(broadcasts: Broadcast[], pace: Pacing): Promise<void>;
}

const server = openBareServer();

serveRpc<BareWebSocket>({
  async listen() {
    return (await server).port;
  },
  async broadcast(broadcasts, pace) {
    const { rooms } = await server;
    const prepared = broadcasts.map(({ message, ...rest }) => ({ ...rest, bytes: Buffer.from(message) }));
    const startedAt = performance.now();
    for (const { room, bytes, afterMs } of prepared) {
      const waitMs = pace === 'when due' ? startedAt + afterMs - performance.now() : 0;
      if (waitMs >= 1) await pause(waitMs);
      else await nextTurn(); // sockets with a full buffer are flushed meanwhile
      for (const socket of rooms[room]!) socket.send(bytes, { binary: false });
    }
  },
});
