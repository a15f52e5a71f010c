import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AdmissionSwitches } from '../../../src/waiting-room/admission/stock.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { SEED_OF_RUN } from '../../support/seed-of-run.ts';
import { runAdmissionTrial } from './run-admission-trial.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

/** Half the tickets that the room has capacity for. */
const SCARCE = 6;
const run = (seed: number, options?: { switches: AdmissionSwitches; tickets: number }) =>
  runAdmissionTrial(live.platform, { seed, steps: 60, ...options });

describe.each([0, 1, 2])(`seed ${SEED_OF_RUN} + %i`, (offset) => {
  test('keeps rate, order, capacity and stock while controllers are killed and Redis is lost', async () => {
    const { violations, admitted, sold } = await run(SEED_OF_RUN + offset);
    expect(violations).toEqual([]);
    expect(admitted).toBeGreaterThan(10);
    expect(sold).toBeGreaterThan(0);
  }, 60_000);
});

test('with fewer tickets than capacity the bound holds', async () => {
  expect(
    (await runAdmissionTrial(live.platform, { seed: 7, steps: 60, tickets: SCARCE })).violations,
  ).toEqual([]);
}, 60_000);

test('with the stock bound switched off the trial sees the violation', async () => {
  const { violations } = await run(7, { switches: { stockBound: false }, tickets: SCARCE });
  expect(violations.join()).toContain('more inside than tickets');
}, 60_000);
