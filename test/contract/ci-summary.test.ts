import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { ROOT } from '../../scripts/check/tree.ts';

const PASSED = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const FAILED = { status: 'failed', assertionResults: [{ status: 'failed' }] };
const NOT_LOADED = { status: 'failed', assertionResults: [] };

test.each([
  [
    'all tests passed',
    { numPassedTests: 7, numFailedTests: 0, testResults: [PASSED] },
    '0',
    '7 passed, 0 failed',
  ],
  [
    'a test failed',
    { numPassedTests: 6, numFailedTests: 1, testResults: [PASSED, FAILED] },
    '0',
    '6 passed, 1 failed',
  ],
  [
    'a file did not load',
    { numPassedTests: 6, numFailedTests: 0, testResults: [NOT_LOADED] },
    '0',
    '6 passed, 1 failed',
  ],
  [
    'the check failed',
    { numPassedTests: 7, numFailedTests: 0, testResults: [PASSED] },
    '1',
    '7 passed, 1 failed',
  ],
  ['the report is missing', null, '0', '0 passed, 1 failed'],
])('the last line of CI counts passed and failed tests when %s', (_case, report, checked, line) => {
  const directory = mkdtempSync(join(tmpdir(), 'onsale-summary-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'tests.json');
  if (report !== null) writeFileSync(file, JSON.stringify(report));

  const output = execFileSync(process.execPath, [join(ROOT, '.ci/summary.mjs')], {
    env: { REPORT: file, CHECKED: checked },
    encoding: 'utf8',
  });

  expect(output.trimEnd().split('\n').at(-1)).toBe(line);
});
