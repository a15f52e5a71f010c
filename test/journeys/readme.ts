import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The README, whose commands are a promise. */
const TEXT = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** Where the README says that everything is. */
export const ADDRESS = 'http://127.0.0.1:4000';

/** The code blocks of a language between a mark such as `<!-- tried: journey -->` and the next heading or mark. */
export function blocksAfter(mark: string, language: string): string[] {
  const begin = TEXT.indexOf(`<!-- tried: ${mark} -->`);
  if (begin < 0) throw new Error(`the README has no mark "${mark}"`);
  const rest = TEXT.slice(begin + 1);
  const end = rest.search(/^(## |<!-- tried: )/m);
  const section = end < 0 ? rest : rest.slice(0, end);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(([, , code]) => code!);
}
