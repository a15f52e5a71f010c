import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP relay between client and server that injects connection faults. */
export interface Relay extends AsyncDisposable {
  url: string;
  /** Destroy all connections. */
  cut(): void;
  /** Discard all bytes of the present connections, without closing them. */
  blackHole(): void;
  /** Stop reading from the server on the present connections, so that its buffer fills; or resume. */
  stall(stalling: boolean): void;
  /** Refuse new connections; or accept them again. */
  refuse(refusing: boolean): void;
  /** Discard the next chunk from the server that contains this text. In these tests each chunk is one message. */
  dropMessage(text: string): void;
  readonly dropped: number;
}

/** The same address through the relay. */
export function throughRelay(address: string, relay: Relay): string {
  const url = new URL(address);
  url.host = new URL(relay.url).host;
  return url.href;
}

/** Open a relay to one server, or to one chosen for each connection, as by a load balancer. */
export async function openRelay(target: string | (() => string)): Promise<Relay> {
  const connections = new Set<{ client: Socket; upstream: Socket; isBlackHole: boolean }>();
  let refusing = false;
  let dropping: string | null = null;
  let dropped = 0;

  const server = createServer((client) => {
    client.on('error', () => {});
    if (refusing) return void client.destroy();
    const { hostname, port } = new URL(typeof target === 'string' ? target : target());
    const upstream = connect(Number(port), hostname);
    const connection = { client, upstream, isBlackHole: false };
    connections.add(connection);
    client.on('data', (bytes) => connection.isBlackHole || upstream.write(bytes));
    upstream.on('data', (bytes) => {
      if (connection.isBlackHole) return;
      if (dropping !== null && bytes.includes(dropping)) {
        dropping = null;
        dropped++;
        return;
      }
      client.write(bytes);
    });
    const end = () => {
      connections.delete(connection);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const { client, upstream } of connections) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    blackHole() {
      for (const connection of connections) connection.isBlackHole = true;
    },
    stall(stalling) {
      for (const { upstream } of connections) {
        if (stalling) upstream.pause();
        else upstream.resume();
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
