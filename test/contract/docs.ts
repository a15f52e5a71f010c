import { posix } from 'node:path';

/** Paths in backticks that are checked for existence. */
const PATH = /^(?:src|test|schema|docs|drizzle|scripts|bench|data|\.ci|\.github)\/[\w./*-]*[\w*/]$/;

/** Parts of the project that pages refer to. */
export interface Project {
  /** Files and folders, as paths from the root. */
  paths: ReadonlySet<string>;
  /** Markdown by path. */
  pages: ReadonlyMap<string, string>;
  /** Script names in package.json. */
  scripts: readonly string[];
}

/** Relative links to a missing file or heading. */
export function deadLinks({ pages, paths }: Project): string[] {
  return [...pages].flatMap(([page, markdown]) => {
    const links = [...withoutCode(markdown).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(
      ([, target]) => target ?? '',
    );
    return links.flatMap((link) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), path).replace(/\/$/, '');
      if (!paths.has(target)) return [`${page}: ${link} does not exist`];
      const text = pages.get(target);
      if (anchor === undefined || text === undefined || anchorsOf(text).includes(anchor)) return [];
      return [`${page}: ${link}: heading not found`];
    });
  });
}

/** `npm run …` with a script that is not in package.json. */
export function unknownScripts({ pages, scripts }: Project): string[] {
  return [...pages].flatMap(([page, markdown]) =>
    [...markdown.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)]
      .filter(([, name]) => !scripts.includes(name ?? ''))
      .map(([command]) => `${page}: ${command}`),
  );
}

/** Paths in backticks that do not exist. A glob needs at least one match. */
export function missingPaths({ pages, paths }: Project): string[] {
  return [...pages].flatMap(([page, markdown]) => {
    const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
    const named = [...prose.matchAll(/`([^`\n]+)`/g)]
      .map(([, code]) => code ?? '')
      .filter((code) => PATH.test(code));
    return named
      .filter((code) => ![...paths].some((path) => posix.matchesGlob(path, code.replace(/\/$/, ''))))
      .map((code) => `${page}: \`${code}\` does not exist`);
  });
}

/** Decision records that break the sequence 0001, 0002, …, or whose title has another number. */
export function numberingProblems(records: ReadonlyMap<string, string>): string[] {
  const names = [...records.keys()].map((path) => posix.basename(path)).toSorted();
  return [
    ...names
      .filter((name) => !/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(name))
      .map((name) => `${name}: file name is not NNNN-title.md`),
    ...names.flatMap((name, index) => {
      const expected = String(index + 1).padStart(4, '0');
      return name.startsWith(`${expected}-`) ? [] : [`${name}: expected number ${expected}`];
    }),
    ...[...records]
      .filter(([path, text]) => !text.startsWith(`# ${posix.basename(path).slice(0, 4)}: `))
      .map(([path]) => `${posix.basename(path)}: title does not begin with the number`),
  ];
}

/** Decision records without a date and status, and rows of the index that differ from the records. */
export function decisionIndexProblems(records: ReadonlyMap<string, string>, index: string): string[] {
  const rows = new Set(index.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim()));
  const expected = [...records].map(([path, text]) => {
    const name = posix.basename(path);
    const [, number = '', title = ''] = /^# (\d{4}): (.+)$/m.exec(text) ?? [];
    const [, date, status] = /^Date: (\d{4}-\d\d-\d\d) · Status: (.+)$/m.exec(text) ?? [];
    const isKnown = /^(?:accepted|superseded by \[\d{4}\]\(\S+\))$/.test(status ?? '');
    return { name, row: `| [${number}](${name}) | ${title} | ${date} | ${status} |`, isKnown };
  });
  const decided = new Set(expected.map(({ row }) => row));
  const listed = [...index.matchAll(/^\| \[(\d{4})\]/gm)].map(([, number]) => number!);
  return [
    ...listed
      .filter((number, at) => at > 0 && number <= listed[at - 1]!)
      .map((number) => `index: ${number} is listed twice, or after a later one`),
    ...expected.filter(({ isKnown }) => !isKnown).map(({ name }) => `${name}: date or known status missing`),
    ...expected
      .filter(({ isKnown, row }) => isKnown && !rows.has(row))
      .map(({ name, row }) => `${name}: missing in the index: ${row}`),
    ...[...rows]
      .filter((row) => /^\| \[\d{4}\]/.test(row) && !decided.has(row))
      .map((row) => `index: matches no record: ${row}`),
  ];
}

/** Headings as GitHub's anchors. */
function anchorsOf(markdown: string): string[] {
  const headings = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+?) *$/gm);
  return [...headings].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
}
