import { afterAll, expect, test } from 'vitest';

import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openWorld } from '../../support/world.ts';

const opened = new AsyncDisposableStack();
afterAll(() => opened.disposeAsync());

/** Send a request with each of the headers; returns the warnings that the server logs. */
async function warningsFor(trustProxy: string, ...sent: Record<string, string>[]) {
  const lines: Record<string, unknown>[] = [];
  const log = openLog('warn', { write: (line) => void lines.push(JSON.parse(line)) });
  const { url } = opened.use(await openWorld({ log, environment: { TRUST_PROXY: trustProxy } }));
  for (const headers of sent) await (await fetch(`${url}/livez`, { headers })).text();
  return lines.map(({ msg, peer, header }) => ({ msg, peer, header }));
}

test('a header of an untrusted peer is warned of once, with the peer', async () => {
  const header = { 'x-forwarded-for': '192.0.2.1' };
  const warnings = await warningsFor('false', {}, header, { 'x-forwarded-for': '192.0.2.2' }, header);
  expect(warnings).toEqual([
    {
      msg: expect.stringMatching(/^x-forwarded-for from an untrusted peer: .* TRUST_PROXY/),
      peer: '127.0.0.1',
      header: 'x-forwarded-for',
    },
  ]);
});

test('also if other proxies are trusted', async () => {
  const warnings = await warningsFor('203.0.113.7', { 'x-forwarded-for': '192.0.2.1' });
  expect(warnings).toMatchObject([{ peer: '127.0.0.1', header: 'x-forwarded-for' }]);
});

test('a header of a trusted proxy is believed, without a warning', async () => {
  expect(await warningsFor('loopback', { 'x-forwarded-for': '192.0.2.1' }, {})).toEqual([]);
});

test('a header that names no client is not warned of', async () => {
  const empty = [{ 'x-forwarded-for': '' }, { 'x-forwarded-for': ' , ' }];
  for (const trustProxy of ['false', 'loopback']) expect(await warningsFor(trustProxy, ...empty)).toEqual([]);
  expect(await warningsFor('loopback', { ...empty[0], forwarded: 'for=192.0.2.1' })).toMatchObject([
    { header: 'forwarded' },
  ]);
});

test('the Forwarded header is not read from any peer, and warned of', async () => {
  const forwarded = { forwarded: 'for=192.0.2.1' };
  for (const trustProxy of ['false', 'loopback'])
    expect(await warningsFor(trustProxy, forwarded)).toMatchObject([{ header: 'forwarded' }]);
  expect(await warningsFor('loopback', { ...forwarded, 'x-forwarded-for': '192.0.2.1' })).toEqual([]);
});
