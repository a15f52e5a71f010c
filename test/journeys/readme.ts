import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a page, by its path. */
export const pageOf = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

/** The tests run the README's commands, so that they keep working. */
const README = pageOf('README.md');

/** Server address in the README's commands. */
export const ADDRESS = 'http://127.0.0.1:4000';

/** Code blocks of a language between a marker such as `<!-- tried: journey -->` and the next heading or marker. */
export function blocksAfter(marker: string, language: string, page: string = README): string[] {
  const start = page.indexOf(`<!-- tried: ${marker} -->`);
  if (start < 0) throw new Error(`the page has no marker "${marker}"`);
  const rest = page.slice(start + 1);
  const end = rest.search(/^(## |<!-- tried: )/m);
  const section = end < 0 ? rest : rest.slice(0, end);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(([, , code]) => code!);
}
