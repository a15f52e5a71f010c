/** What a script's header says of KEYS or ARGV. */
interface Documented {
  /** Numbers that have a line of their own. */
  numbers: Set<number>;
  /** From this number on there are as many as the caller likes; null: no more than the numbered ones. */
  openFrom: number | null;
}

const HEADER = /^--\[\[\n(?<header>[\s\S]*?)\n\]\]\n(?<body>[\s\S]*)$/;
const SECTIONS =
  /^(?<what>[\s\S]*?\S)\s*\n\nKEYS +(?<KEYS>[\s\S]+)\nARGV +(?<ARGV>[\s\S]+)\nReturns +(?<returns>[\s\S]+)$/;

/**
 * What is wrong with a script's header. It has to look like this, and to say what the body does:
 *
 *     --[[
 *     Lock every place for one holder, or none of them.
 *
 *     KEYS     1   the event's switch
 *              2…  one lock per place
 *     ARGV     1   holder   random token of this attempt
 *     Returns  the places somebody else holds
 *     ]]
 *
 * `none` stands for nothing at all, `2…` for "from here on", and a line without a number for "all of them".
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
  const usedAsAWhole = new RegExp(`\\b${list}\\b(?!\\[\\d+\\])`).test(code);
  const undocumented = [...used].filter((n) => !numbers.has(n) && (openFrom === null || n < openFrom));
  const unused = [...numbers].filter((n) => !used.has(n));
  return [
    ...undocumented.map((n) => `${list}[${n}] is used but not in the header`),
    ...unused.map((n) => `${list}[${n}] is in the header but not used`),
    ...(usedAsAWhole && openFrom === null
      ? [`${list} is used as a whole, but the header numbers all of it`]
      : []),
    ...(openFrom !== null && !usedAsAWhole
      ? [`${list} is open-ended in the header, but not used as a whole`]
      : []),
  ];
}

/**
 * Scripts that nobody reads, and readings of scripts that are not there.
 * A script is read as `new URL('./scripts/<name>.lua', import.meta.url)`.
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
      .map(([script, file]) => `${file} reads ${script}, which is not there`),
  ];
}
