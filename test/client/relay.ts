import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between client and server that can fail in every way that lines do. */
export interface Relay extends AsyncDisposable {
  url: string;
  /** Break every connection. */
  cut(): void;
  /** Let nothing through on the connections there are, and say nothing about it. */
  blackHole(): void;
  /** Take in nothing more of what the server says on the connections there are, so that it has to wait; or go on. */
  stall(stalling: boolean): void;
  /** Break new connections, too. */
  refuse(refusing: boolean): void;
  /** Lose the next message from the server that holds this text. Messages arrive one by one in these tests. */
  dropMessage(text: string): void;
  readonly dropped: number;
}

/** The same address, by way of the relay. */
export function throughRelay(address: string, relay: Relay): string {
  const url = new URL(address);
  url.host = new URL(relay.url).host;
  return url.href;
}

/** Open a relay to a server, or for each connection to one that is chosen for it, as a load balancer does. */
export async function openRelay(target: string | (() => string)): Promise<Relay> {
  const lines = new Set<{ near: Socket; far: Socket; held: boolean }>();
  let refusing = false;
  let dropping: string | null = null;
  let dropped = 0;

  const server = createServer((near) => {
    near.on('error', () => {});
    if (refusing) return void near.destroy();
    const { hostname, port } = new URL(typeof target === 'string' ? target : target());
    const far = connect(Number(port), hostname);
    const line = { near, far, held: false };
    lines.add(line);
    near.on('data', (bytes) => line.held || far.write(bytes));
    far.on('data', (bytes) => {
      if (line.held) return;
      if (dropping !== null && bytes.includes(dropping)) {
        dropping = null;
        dropped++;
        return;
      }
      near.write(bytes);
    });
    const end = () => {
      lines.delete(line);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const { near, far } of lines) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    blackHole() {
      for (const line of lines) line.held = true;
    },
    stall(stalling) {
      for (const { far } of lines) {
        if (stalling) far.pause();
        else far.resume();
      }
    },
    refuse(now) {
      refusing = now;
    },
    dropMessage(text) {
      dropping = text;
    },
    get dropped() {
      return dropped;
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
