import { Writable } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';

import { reportError } from '../../../src/platform/http/public-error.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';

test('an outage is logged with what the driver reported, not with the statement', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const platform = { log: openLog('warn', sink), metrics: openMetrics() };
  const error = new DrizzleQueryError('select secret', [], new Error('Connection terminated unexpectedly'));
  reportError(platform, error, 'SERVICE_UNAVAILABLE', 'r1');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { requestId: 'r1', reason: 'Connection terminated unexpectedly', msg: 'dependency unavailable' },
  ]);
});
