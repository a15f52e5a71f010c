import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tests run the README's commands, so that they keep working. */
const TEXT = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** Server address in the README's commands. */
export const ADDRESS = 'http://127.0.0.1:4000';

/** Code blocks of a language between a marker such as `<!-- tried: journey -->` and the next heading or marker. */
export function blocksAfter(marker: string, language: string): string[] {
  const start = TEXT.indexOf(`<!-- tried: ${marker} -->`);
  if (start < 0) throw new Error(`README.md has no marker "${marker}"`);
  const rest = TEXT.slice(start + 1);
  const end = rest.search(/^(## |<!-- tried: )/m);
  const section = end < 0 ? rest : rest.slice(0, end);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(([, , code]) => code!);
}
