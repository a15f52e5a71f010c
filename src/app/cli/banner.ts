import type { Role } from '../../platform/auth/viewer.ts';
import type { OpenedDependencies } from '../dependencies.ts';

/** Viewers with a token in the banner. */
const DEMO_VIEWERS: readonly { sub: string; role: Role }[] = [
  { sub: 'ana', role: 'FAN' },
  { sub: 'olga', role: 'ORGANISER' },
  { sub: 'gus', role: 'GATE' },
  { sub: 'pia', role: 'PARTNER' },
  { sub: 'ada', role: 'ADMIN' },
];

const FIRST_QUERY =
  '{ searchEvents(input: { term: "philharmonic", onSale: true }, first: 3) { nodes { id name startsAtLocal city lowestPrice { formatted } } } }';

/**
 * Start-up banner: addresses of the services and, for the API role, a first query and demo tokens. A worker alone shows
 * neither: the API may run elsewhere with another issuer.
 */
export async function writeBanner(
  url: string,
  dependencies: Pick<OpenedDependencies, 'embeddedServices' | 'developmentIssuer'>,
  options: { api: boolean; development: boolean; seconds: number },
): Promise<string> {
  const lines = ['', `  Onsale is ready after ${options.seconds.toFixed(1)} s`, ''];
  if (options.api)
    lines.push(row('API', `${url}/graphql${options.development ? '  (Apollo Sandbox in a browser)' : ''}`));
  if (options.api && options.development) lines.push(row('GraphiQL', `${url}/graphiql  (works offline)`));
  lines.push(row('Health', `${url}/readyz  ${url}/metrics`));
  for (const { name, address } of dependencies.embeddedServices) lines.push(row(name, address));
  if (options.api) lines.push(...firstQuery(url), ...(await demoTokens(dependencies.developmentIssuer)));
  return `${lines.join('\n')}\n\n  Ctrl-C stops everything.\n\n`;
}

const firstQuery = (url: string): string[] => [
  '',
  '  A first query to paste into another terminal:',
  '',
  `curl -s ${url}/graphql -H 'content-type: application/json' \\`,
  `  -d '${JSON.stringify({ query: FIRST_QUERY })}'`,
];

async function demoTokens(issuer: OpenedDependencies['developmentIssuer']): Promise<string[]> {
  if (issuer === null) return [];
  const lines = DEMO_VIEWERS.map(async ({ sub, role }) => {
    const token = await issuer.sign({ sub, roles: [role] });
    return `${`${role.toLowerCase()} ${sub}`.padEnd(14)} ${token}`;
  });
  return [
    '',
    '  Tokens for the demo, good for 30 days (more: npm run token -- --role fan --sub ana):',
    '',
    ...(await Promise.all(lines)),
  ];
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(9)} ${value}`;
}
