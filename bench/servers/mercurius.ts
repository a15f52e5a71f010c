import { globSync, readFileSync } from 'node:fs';
import fastify from 'fastify';
import mercurius from 'mercurius';

import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';

/** Mercurius with JIT on Onsale's schema, resolving the event view from an object received over IPC (P6). */
async function serve({ data }: { data: { event: object } }): Promise<void> {
  const server = fastify();
  const schema = globSync(SCHEMA_FILES)
    .toSorted()
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  await server.register(mercurius as never, {
    schema,
    jit: 1,
    resolvers: { Query: { event: () => data.event } },
  });
  process.send?.({ url: await server.listen({ host: '127.0.0.1', port: 0 }) });
}

process.once('message', (message: { data: { event: object } }) => void serve(message));
process.on('disconnect', () => process.exit(0));
