import { expect, test } from 'vitest';

import { maskErrors } from '../../../src/app/graphql/mask-errors.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';

const platform = { log: openLog('silent'), metrics: openMetrics() };
const options = { tokens: 1_000, development: false };
const shown = (error: Error, more: { retryAfterSeconds?: number } = {}) =>
  maskErrors(platform, { ...options, ...more })({ message: error.message }, error).extensions;

test('an outage that names no delay is answered with one, unless clients back off by themselves', () => {
  const away = new CodedError('SERVICE_UNAVAILABLE', 'The line cannot be read now.');
  expect(shown(away, { retryAfterSeconds: 1 })).toMatchObject({ retryAfterSeconds: 1 });
  expect(shown(away)).not.toHaveProperty('retryAfterSeconds');
  const busy = new CodedError('SERVICE_UNAVAILABLE', 'Too many ask.', { retryAfterSeconds: 5 });
  expect(shown(busy, { retryAfterSeconds: 1 })).toMatchObject({ retryAfterSeconds: 5 });
  expect(shown(new CodedError('FORBIDDEN', 'no'), { retryAfterSeconds: 1 })).not.toHaveProperty(
    'retryAfterSeconds',
  );
});
