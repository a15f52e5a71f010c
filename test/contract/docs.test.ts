import { expect, test } from 'vitest';

import { pathsOf, textOf, textsOf } from '../../scripts/check/tree.ts';
import {
  deadLinks,
  decisionIndexProblems,
  missingPaths,
  numberingProblems,
  unknownScripts,
  type Project,
} from './docs.ts';

const PAGES = textsOf('**/*.md', '.github/**/*.md');
const INDEX = 'docs/decisions/README.md';
const RECORDS = textsOf('docs/decisions/*.md');
RECORDS.delete(INDEX);

/** Pages with paths outside this tree: `data/` names files of its sources, superseded decisions name former files. */
const namesForeignPaths = (path: string, text: string) =>
  path.startsWith('data/') || /^Date: .* · Status: superseded/m.test(text);

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

const project: Project = {
  pages: PAGES,
  paths: new Set(pathsOf('**/*', '.*', '.ci/**', '.github/**')),
  scripts: Object.keys(scripts),
};

test('pages are found', () => {
  expect([...PAGES.keys()]).toEqual(expect.arrayContaining(['CONTRIBUTING.md', 'docs/architecture.md']));
});

test('links have a target', () => {
  expect(deadLinks(project)).toEqual([]);
});

test('npm scripts that pages name exist', () => {
  expect(unknownScripts(project)).toEqual([]);
});

test('files that pages name exist', () => {
  const current = [...PAGES].filter(([path, text]) => !namesForeignPaths(path, text));
  expect(missingPaths({ ...project, pages: new Map(current) })).toEqual([]);
});

test('decisions are numbered without gaps', () => {
  expect(RECORDS.size).toBeGreaterThan(5);
  expect(numberingProblems(RECORDS)).toEqual([]);
});

test('the index lists every decision with its title, date and status', () => {
  expect(decisionIndexProblems(RECORDS, textOf(INDEX))).toEqual([]);
});

test('planted mistakes in a page are found', () => {
  const page = [
    '# A page & more',
    '[a](other.md) [b](other.md#here) [c](#a-page--more) [d](https://example.org/x.md) `[e](nowhere.md)`',
    '[f](gone.md) [g](other.md#there) [h](../src/)',
    '`npm run check`, `npm run chekc`',
    '`src/app/start.ts`, `src/*/start.ts`, `src/app/stop.ts`, `src/**/*.lua`, `test/`, `a/b.ts`',
    '```\n[i](gone.md) `src/gone.ts`\n```',
  ].join('\n');
  const planted: Project = {
    pages: new Map([
      ['docs/page.md', page],
      ['docs/other.md', '# Other\n## Here\n'],
    ]),
    paths: new Set(['docs/page.md', 'docs/other.md', 'src', 'src/app/start.ts', 'test']),
    scripts: ['check'],
  };
  expect(deadLinks(planted)).toEqual([
    'docs/page.md: gone.md does not exist',
    'docs/page.md: other.md#there: heading not found',
  ]);
  expect(unknownScripts(planted)).toEqual(['docs/page.md: npm run chekc']);
  expect(missingPaths(planted)).toEqual([
    'docs/page.md: `src/app/stop.ts` does not exist',
    'docs/page.md: `src/**/*.lua` does not exist',
  ]);
});

test('a gap, a duplicate and a misnamed file among decisions are found', () => {
  const record = (name: string, title: string) => [`docs/decisions/${name}`, title] as const;
  const valid = [record('0001-one.md', '# 0001: One'), record('0002-two.md', '# 0002: Two')];
  expect(numberingProblems(new Map(valid))).toEqual([]);
  expect(numberingProblems(new Map([...valid, record('0004-four.md', '# 0004: Four')]))).toEqual([
    '0004-four.md: expected number 0003',
  ]);
  expect(numberingProblems(new Map([...valid, record('0002-zwei.md', '# 0002: Zwei')]))).toEqual([
    '0002-zwei.md: expected number 0003',
  ]);
  expect(numberingProblems(new Map([...valid, record('0003_Three.md', '# Three')]))).toEqual([
    '0003_Three.md: file name is not NNNN-title.md',
    '0003_Three.md: expected number 0003',
    '0003_Three.md: title does not begin with the number',
  ]);
});

test('a decision without date or status, and an index that differs from the records, are found', () => {
  const record = (number: string, status: string) =>
    [`docs/decisions/${number}-it.md`, `# ${number}: It\n\nDate: 2026-11-21 · Status: ${status}\n`] as const;
  const row = (number: string, status: string) =>
    `| [${number}](${number}-it.md) | It    | 2026-11-21 | ${status} |`;
  const replaced = 'superseded by [0002](0002-it.md)';

  const valid = new Map([record('0001', replaced), record('0002', 'accepted')]);
  expect(decisionIndexProblems(valid, `${row('0001', replaced)}\n${row('0002', 'accepted')}`)).toEqual([]);
  expect(decisionIndexProblems(valid, `${row('0001', 'accepted')}\n${row('0002', 'accepted')}`)).toEqual([
    '0001-it.md: missing in the index: | [0001](0001-it.md) | It | 2026-11-21 | superseded by [0002](0002-it.md) |',
    'index: matches no record: | [0001](0001-it.md) | It | 2026-11-21 | accepted |',
  ]);
  const rows = [row('0001', replaced), row('0002', 'accepted')];
  for (const listed of [[...rows, rows[1]], rows.toReversed()])
    expect(decisionIndexProblems(valid, listed.join('\n'))).toEqual([
      expect.stringContaining('is listed twice, or after a later one'),
    ]);
  expect(decisionIndexProblems(new Map([record('0001', 'maybe')]), '')).toEqual([
    '0001-it.md: date or known status missing',
  ]);
});
