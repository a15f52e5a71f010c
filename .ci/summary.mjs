// Prints "N passed, N failed" from vitest's report. A file that could not be loaded, a check that failed and a report
// that is not there count as one failure each: no way to go red looks green here.
import { existsSync, readFileSync } from 'node:fs';

const { REPORT = '', CHECKED } = process.env;
const none = { numPassedTests: 0, numFailedTests: 1, testResults: [] };
const report = existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : none;

const unloaded = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
);
const failed = report.numFailedTests + unloaded.length + (CHECKED === '0' ? 0 : 1);

if (CHECKED !== '0') console.log('npm run check failed; its list is above the tests.');
console.log(`${report.numPassedTests} passed, ${failed} failed`);
