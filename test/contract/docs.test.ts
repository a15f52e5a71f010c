import { expect, test } from 'vitest';

import { pathsOf, textOf, textsOf } from '../../scripts/check/tree.ts';
import {
  deadLinks,
  decisionIndexProblems,
  missingPaths,
  numberingProblems,
  unknownScripts,
  type Truth,
} from './docs.ts';

const PAGES = textsOf('**/*.md', '.github/**/*.md');
const INDEX = 'docs/decisions/README.md';
const RECORDS = textsOf('docs/decisions/*.md');
RECORDS.delete(INDEX);

/** Pages whose paths are not of this tree: `data/` names files of its sources, superseded decisions name the tree of their time. */
const isElsewhere = (path: string, text: string) =>
  path.startsWith('data/') || /^Date: .* · Status: superseded/m.test(text);

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

const truth: Truth = {
  pages: PAGES,
  paths: new Set(pathsOf('**/*', '.*', '.ci/**', '.github/**')),
  scripts: Object.keys(scripts),
};

test('there are pages to look at', () => {
  expect([...PAGES.keys()]).toEqual(expect.arrayContaining(['CONTRIBUTING.md', 'docs/architecture.md']));
});

test('links lead somewhere', () => {
  expect(deadLinks(truth)).toEqual([]);
});

test('commands exist', () => {
  expect(unknownScripts(truth)).toEqual([]);
});

test('files that pages speak of are there', () => {
  const current = [...PAGES].filter(([path, text]) => !isElsewhere(path, text));
  expect(missingPaths({ ...truth, pages: new Map(current) })).toEqual([]);
});

test('decisions are numbered without a gap', () => {
  expect(RECORDS.size).toBeGreaterThan(5);
  expect(numberingProblems(RECORDS)).toEqual([]);
});

test('the index lists every decision with its title, date and status', () => {
  expect(decisionIndexProblems(RECORDS, textOf(INDEX))).toEqual([]);
});

test('a page that is wrong is found', () => {
  const page = [
    '# A page & more',
    '[a](other.md) [b](other.md#here) [c](#a-page--more) [d](https://example.org/x.md) `[e](nowhere.md)`',
    '[f](gone.md) [g](other.md#there) [h](../src/)',
    '`npm run check`, `npm run chekc`',
    '`src/app/start.ts`, `src/*/start.ts`, `src/app/stop.ts`, `src/**/*.lua`, `test/`, `a/b.ts`',
    '```\n[i](gone.md) `src/gone.ts`\n```',
  ].join('\n');
  const wrong: Truth = {
    pages: new Map([
      ['docs/page.md', page],
      ['docs/other.md', '# Other\n## Here\n'],
    ]),
    paths: new Set(['docs/page.md', 'docs/other.md', 'src', 'src/app/start.ts', 'test']),
    scripts: ['check'],
  };
  expect(deadLinks(wrong)).toEqual([
    'docs/page.md: gone.md is not there',
    'docs/page.md: other.md#there has no such heading',
  ]);
  expect(unknownScripts(wrong)).toEqual(['docs/page.md: npm run chekc']);
  expect(missingPaths(wrong)).toEqual([
    'docs/page.md: `src/app/stop.ts` is not there',
    'docs/page.md: `src/**/*.lua` is not there',
  ]);
});

test('decisions with a gap, a double or a misnamed file are found', () => {
  const record = (name: string, title: string) => [`docs/decisions/${name}`, title] as const;
  const sound = [record('0001-one.md', '# 0001: One'), record('0002-two.md', '# 0002: Two')];
  expect(numberingProblems(new Map(sound))).toEqual([]);
  expect(numberingProblems(new Map([...sound, record('0004-four.md', '# 0004: Four')]))).toEqual([
    '0004-four.md: 0003 was to come here',
  ]);
  expect(numberingProblems(new Map([...sound, record('0002-zwei.md', '# 0002: Zwei')]))).toEqual([
    '0002-zwei.md: 0003 was to come here',
  ]);
  expect(numberingProblems(new Map([...sound, record('0003_Three.md', '# Three')]))).toEqual([
    '0003_Three.md: not NNNN-title.md',
    '0003_Three.md: 0003 was to come here',
    '0003_Three.md: the title does not begin with its number',
  ]);
});

test('a decision without date or status, and an index that differs from the records, are found', () => {
  const record = (number: string, status: string) =>
    [`docs/decisions/${number}-it.md`, `# ${number}: It\n\nDate: 2026-11-21 · Status: ${status}\n`] as const;
  const row = (number: string, status: string) =>
    `| [${number}](${number}-it.md) | It    | 2026-11-21 | ${status} |`;
  const replaced = 'superseded by [0002](0002-it.md)';

  const sound = new Map([record('0001', replaced), record('0002', 'accepted')]);
  expect(decisionIndexProblems(sound, `${row('0001', replaced)}\n${row('0002', 'accepted')}`)).toEqual([]);
  expect(decisionIndexProblems(sound, `${row('0001', 'accepted')}\n${row('0002', 'accepted')}`)).toEqual([
    '0001-it.md: the index lacks | [0001](0001-it.md) | It | 2026-11-21 | superseded by [0002](0002-it.md) |',
    'index: no record has | [0001](0001-it.md) | It | 2026-11-21 | accepted |',
  ]);
  expect(decisionIndexProblems(new Map([record('0001', 'maybe')]), '')).toEqual([
    '0001-it.md: has no date and known status',
  ]);
});
