import type { FastifyInstance } from 'fastify';
import { ruruHTML, type RuruClientConfig } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

import { CodedError } from '../../platform/errors.ts';
import type { ContentSecurityPolicy } from '../../platform/http/security-headers.ts';

const FILES = '/graphiql/files/';

const FIRST_QUERY = `# Reading needs no token. For the rest, add one under "Headers":
#   { "authorization": "Bearer <what npm run token printed>" }
{
  events(first: 3) {
    nodes {
      id
      name
      startsAtLocal
      venue { name city }
      lowestPrice { formatted }
    }
  }
}
`;

/** GraphiQL uses inline styles and scripts; everything else is of this origin. */
const CONTENT_SECURITY_POLICY: ContentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'unsafe-inline'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    frameAncestors: ["'none'"],
  },
};

/** Serve GraphiQL at `/graphiql` from disk, so that it works offline. */
export function addGraphiqlRoutes(server: FastifyInstance): void {
  const page = ruruHTML({
    endpoint: '/graphql',
    staticPath: FILES,
    clientConfig: { defaultQuery: FIRST_QUERY } as RuruClientConfig, // the other fields are optional, against its types
    htmlParts: { titleTag: '<title>Onsale: GraphiQL</title><link rel="icon" href="data:,">' },
  });

  server.get(
    '/graphiql',
    { config: { contentSecurityPolicy: CONTENT_SECURITY_POLICY } },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(page),
  );

  // Some 30 static files a page view: not counted against the rate limit.
  server.get(`${FILES}*`, { config: { probe: true } }, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: FILES,
      urlPath: request.url,
      acceptEncoding: request.headers['accept-encoding'],
      disallowDevAssets: true,
    });
    if (file === null) throw new CodedError('NOT_FOUND', 'GraphiQL has no such file.');
    reply.headers({ ...file.headers, vary: 'accept-encoding', 'cache-control': 'public, max-age=3600' });
    return reply.send(file.content);
  });
}
