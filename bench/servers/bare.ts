import fastify from 'fastify';

/** Plain Fastify that responds to every POST with bytes received over IPC: the upper bound of an event view (P7). */
async function serve({ body }: { body: string }): Promise<void> {
  const bytes = Buffer.from(body);
  const server = fastify();
  server.post('/graphql', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(bytes),
  );
  process.send?.({ url: await server.listen({ host: '127.0.0.1', port: 0 }) });
}

process.once('message', (message: { body: string }) => void serve(message));
process.on('disconnect', () => process.exit(0));
