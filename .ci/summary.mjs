// Prints "N passed, N failed" from vitest's report. A test file that failed to load, a failed check and a missing report
// count as one failure each, so that no failure is reported as success.
import { existsSync, readFileSync } from 'node:fs';

const { REPORT = '', CHECKED } = process.env;
const missing = { numPassedTests: 0, numFailedTests: 1, testResults: [] };
const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : missing;

const unloaded = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
);
const failed = report.numFailedTests + unloaded.length + (CHECKED === '0' ? 0 : 1);

if (CHECKED !== '0') console.log('npm run check failed; its report is above the tests.');
console.log(`${report.numPassedTests} passed, ${failed} failed`);
