import { once } from 'node:events';
import { WebSocketServer, type WebSocket } from 'ws';

/** Open a plain `ws` server. Sockets that connect to the same path, a number, are in the same room. */
export async function openBareServer(): Promise<{ port: number; rooms: readonly ReadonlySet<WebSocket>[] }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  const rooms: Set<WebSocket>[] = [];
  server.on('connection', (socket, request) => {
    const room = (rooms[Number(request.url!.slice(1))] ??= new Set());
    room.add(socket);
    socket.on('message', () => {});
    socket.on('error', () => {});
    socket.once('close', () => room.delete(socket));
  });
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, rooms };
}
