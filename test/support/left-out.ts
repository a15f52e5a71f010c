import { test } from 'vitest';

/** Leave tests out because a program is `missing`: a skipped test says why; in CI it fails. */
export function leaveOut(program: string, missing: string): void {
  if (process.env['CI'] !== 'true') return test.skip(`left out: ${missing}`, () => {});
  test(`${program} is there`, () => {
    throw new Error(missing);
  });
}
