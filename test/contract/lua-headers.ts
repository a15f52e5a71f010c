/** KEYS or ARGV in a script's header. */
interface Documented {
  /** Numbers documented one by one. */
  numbers: Set<number>;
  /** First number of an open-ended rest; null: there is none. */
  openFrom: number | null;
}

const HEADER = /^--\[\[\n(?<header>[\s\S]*?)\n\]\]\n(?<body>[\s\S]*)$/;
const SECTIONS =
  /^(?<what>[\s\S]*?\S)\s*\n\nKEYS +(?<KEYS>[\s\S]+)\nARGV +(?<ARGV>[\s\S]+)\nReturns +(?<returns>[\s\S]+)$/;

/**
 * Problems of a script's header: its format, and KEYS and ARGV that differ from those the body uses. The format:
 *
 *     --[[
 *     Lock every place for one holder, or none of them.
 *
 *     KEYS     1   the event's switch
 *              2…  one lock per place
 *     ARGV     1   holder   random token of this attempt
 *     Returns  the places held by other buyers
 *     ]]
 *
 * `none`: no elements; `2…`: an open-ended rest from number 2; text without a number: all elements.
 */
export function headerProblems(script: string): string[] {
  const { header, body } = HEADER.exec(script)?.groups ?? {};
  if (header === undefined || body === undefined) return ['does not begin with a --[[ header ]]'];
  const sections = SECTIONS.exec(header)?.groups;
  if (sections === undefined) return ['the header is not a sentence, then KEYS, ARGV and Returns'];
  const code = body.replaceAll(/--\[\[[\s\S]*?\]\]|--.*/g, '');
  return (['KEYS', 'ARGV'] as const).flatMap((list) =>
    listProblems(list, documented(sections[list] ?? ''), code),
  );
}

function documented(section: string): Documented {
  if (/^none\b/.test(section)) return { numbers: new Set(), openFrom: null };
  const lines = [...section.matchAll(/^ *(\d+)(…?) /gm)];
  if (lines.length === 0) return { numbers: new Set(), openFrom: 1 };
  const open = lines.find(([, , more]) => more === '…');
  return {
    numbers: new Set(lines.filter(([, , more]) => more === '').map(([, number]) => Number(number))),
    openFrom: open === undefined ? null : Number(open[1]),
  };
}

function listProblems(list: 'KEYS' | 'ARGV', { numbers, openFrom }: Documented, code: string): string[] {
  const used = new Set(
    [...code.matchAll(new RegExp(`\\b${list}\\[(\\d+)\\]`, 'g'))].map(([, n]) => Number(n)),
  );
  const usedAsWhole = new RegExp(`\\b${list}\\b(?!\\[\\d+\\])`).test(code);
  const undocumented = [...used].filter((n) => !numbers.has(n) && (openFrom === null || n < openFrom));
  const unused = [...numbers].filter((n) => !used.has(n));
  return [
    ...undocumented.map((n) => `${list}[${n}] is used but not in the header`),
    ...unused.map((n) => `${list}[${n}] is in the header but not used`),
    ...(usedAsWhole && openFrom === null
      ? [`${list} is used as a whole, but numbered element by element in the header`]
      : []),
    ...(openFrom !== null && !usedAsWhole
      ? [`${list} is open-ended in the header, but not used as a whole`]
      : []),
  ];
}

/**
 * Scripts without a caller, and callers of missing scripts. A caller contains
 * `new URL('./scripts/<name>.lua', import.meta.url)`.
 */
export function callerProblems(scripts: readonly string[], sources: ReadonlyMap<string, string>): string[] {
  const read = new Map(
    [...sources].flatMap(([file, text]) =>
      [...text.matchAll(/new URL\('([^']+\.lua)', import\.meta\.url\)/g)].map(
        ([, specifier]) => [new URL(specifier ?? '', `file:///${file}`).pathname.slice(1), file] as const,
      ),
    ),
  );
  return [
    ...scripts.filter((script) => !read.has(script)).map((script) => `${script} has no caller`),
    ...[...read]
      .filter(([script]) => !scripts.includes(script))
      .map(([script, file]) => `${file} reads ${script}, which does not exist`),
  ];
}
