import type { Role } from '../platform/auth/viewer.ts';
import type { OpenedOutside } from './outside.ts';

/** Who gets a token in the banner, and as what. */
const DEMO_VIEWERS: readonly { sub: string; role: Role }[] = [
  { sub: 'ana', role: 'FAN' },
  { sub: 'olga', role: 'ORGANISER' },
  { sub: 'gus', role: 'GATE' },
  { sub: 'pia', role: 'PARTNER' },
  { sub: 'ada', role: 'ADMIN' },
];

/** What a newcomer asks first. */
const FIRST_QUERY =
  '{ searchEvents(input: { term: "philharmonic", onSale: true }, first: 3) { nodes { id name startsAtLocal city lowestPrice { formatted } } } }';

/** Write what a person needs who just started Onsale: where everything is, a first query to paste, tokens to use. */
export async function writeBanner(
  url: string,
  outside: Pick<OpenedOutside, 'standIns' | 'developmentIssuer'>,
  options: { development: boolean; seconds: number },
): Promise<string> {
  const lines = ['', `  Onsale is ready after ${options.seconds.toFixed(1)} s`, ''];
  lines.push(row('API', `${url}/graphql${options.development ? '  (Apollo Sandbox in a browser)' : ''}`));
  if (options.development) lines.push(row('GraphiQL', `${url}/graphiql  (works offline)`));
  lines.push(row('Health', `${url}/readyz  ${url}/metrics`));
  for (const { name, address } of outside.standIns) lines.push(row(name, address));

  lines.push('', '  A first query to paste into another terminal:', '');
  lines.push(`curl -s ${url}/graphql -H 'content-type: application/json' \\`);
  lines.push(`  -d '${JSON.stringify({ query: FIRST_QUERY })}'`);

  if (outside.developmentIssuer !== null) {
    lines.push(
      '',
      '  Tokens for the demo, good for 30 days (more: npm run token -- --role fan --sub ana):',
      '',
    );
    for (const { sub, role } of DEMO_VIEWERS) {
      const token = await outside.developmentIssuer.sign({ sub, roles: [role] });
      lines.push(`${`${role.toLowerCase()} ${sub}`.padEnd(14)} ${token}`);
    }
  }
  return `${lines.join('\n')}\n\n  Ctrl-C stops everything.\n\n`;
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(9)} ${value}`;
}
