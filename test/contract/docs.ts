import { posix } from 'node:path';

/** Folders and files at the root that a page may name in backticks, and that then have to be there. */
const PATH = /^(?:src|test|schema|docs|drizzle|scripts|bench|data|\.ci|\.github)\/[\w./*-]*[\w*/]$/;

/** Everything about the project that pages can be wrong about. */
export interface Truth {
  /** Every file and folder, by path from the root. */
  paths: ReadonlySet<string>;
  /** Pages, path → Markdown. */
  pages: ReadonlyMap<string, string>;
  /** Names that `npm run` knows. */
  scripts: readonly string[];
}

/** Relative links that lead nowhere: to no file, or to no heading of it. */
export function deadLinks({ pages, paths }: Truth): string[] {
  return [...pages].flatMap(([page, markdown]) => {
    const links = [...withoutCode(markdown).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(
      ([, target]) => target ?? '',
    );
    return links.flatMap((link) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), path).replace(/\/$/, '');
      if (!paths.has(target)) return [`${page}: ${link} is not there`];
      const text = pages.get(target);
      if (anchor === undefined || text === undefined || anchorsOf(text).includes(anchor)) return [];
      return [`${page}: ${link} has no such heading`];
    });
  });
}

/** `npm run …` of a script that package.json does not have. */
export function unknownScripts({ pages, scripts }: Truth): string[] {
  return [...pages].flatMap(([page, markdown]) =>
    [...markdown.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)]
      .filter(([, name]) => !scripts.includes(name ?? ''))
      .map(([command]) => `${page}: ${command}`),
  );
}

/** Paths in backticks that are not in the tree. A path may have stars; one match is enough. */
export function missingPaths({ pages, paths }: Truth): string[] {
  return [...pages].flatMap(([page, markdown]) => {
    const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
    const named = [...prose.matchAll(/`([^`\n]+)`/g)]
      .map(([, code]) => code ?? '')
      .filter((code) => PATH.test(code));
    return named
      .filter((code) => ![...paths].some((path) => posix.matchesGlob(path, code.replace(/\/$/, ''))))
      .map((code) => `${page}: \`${code}\` is not there`);
  });
}

/** Decision records that are not numbered 0001, 0002, … each once, or whose title has another number. */
export function numberingProblems(records: ReadonlyMap<string, string>): string[] {
  const names = [...records.keys()].map((path) => posix.basename(path)).toSorted();
  return [
    ...names
      .filter((name) => !/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(name))
      .map((name) => `${name}: not NNNN-title.md`),
    ...names.flatMap((name, index) => {
      const wanted = String(index + 1).padStart(4, '0');
      return name.startsWith(`${wanted}-`) ? [] : [`${name}: ${wanted} was to come here`];
    }),
    ...[...records]
      .filter(([path, text]) => !text.startsWith(`# ${posix.basename(path).slice(0, 4)}: `))
      .map(([path]) => `${posix.basename(path)}: the title does not begin with its number`),
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
  return [
    ...expected.filter(({ isKnown }) => !isKnown).map(({ name }) => `${name}: has no date and known status`),
    ...expected
      .filter(({ isKnown, row }) => isKnown && !rows.has(row))
      .map(({ name, row }) => `${name}: the index lacks ${row}`),
    ...[...rows]
      .filter((row) => /^\| \[\d{4}\]/.test(row) && !decided.has(row))
      .map((row) => `index: no record has ${row}`),
  ];
}

/** Headings as GitHub links to them. */
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
