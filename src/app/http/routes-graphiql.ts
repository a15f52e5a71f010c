import type { FastifyInstance } from 'fastify';
import { ruruHTML, type RuruClientConfig } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

import { CodedError } from '../../platform/errors.ts';
import type { ContentSecurityPolicy } from '../../platform/http/security-headers.ts';

const FILES = '/graphiql/files/';

/** What a newcomer finds in the editor. */
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

/** The editor styles itself and starts from scripts in its page; all it loads and asks is here. */
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

/** Serve GraphiQL at `/graphiql`, whole from our own disk, so that it works without the internet. */
export function addGraphiqlRoutes(server: FastifyInstance): void {
  const page = ruruHTML({
    endpoint: '/graphql',
    staticPath: FILES,
    clientConfig: { defaultQuery: FIRST_QUERY } as RuruClientConfig, // the others are optional to all but its types
    htmlParts: { titleTag: '<title>Onsale: GraphiQL</title><link rel="icon" href="data:,">' },
  });

  server.get(
    '/graphiql',
    { config: { contentSecurityPolicy: CONTENT_SECURITY_POLICY } },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(page),
  );

  // Some thirty files make up the page; they are no use of the API.
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
