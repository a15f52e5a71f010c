import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { stableFreePort } from '../../src/local-stack/index.ts';
import { isInstalled, processesOn, run, start, type Running } from '../support/process.ts';
import { ADDRESS, blocksAfter } from './readme.ts';

// The README's commands are curl's; the smallest Debian comes without.
const withCurl = test.skipIf(!(await isInstalled('curl')));

/** The whole of it as a newcomer meets it: one process that is given nothing, and the README's own commands. */
describe('a newcomer follows the README', () => {
  let directory: string;
  let port: number;
  let server: Running;
  let banner: string;

  const environment = () => ({
    DATA_DIRECTORY: directory,
    PORT: String(port),
    LIMIT_REQUESTS_PER_MINUTE: '1000',
    // `npm run token` reads the .env of whoever runs the tests, who may have an issuer there
    ...{ AUTH_ISSUER: '', AUTH_AUDIENCE: '', AUTH_JWKS_URL: '' },
  });
  const atOurs = (commands: string) => commands.replaceAll(ADDRESS, `http://127.0.0.1:${port}`);
  const shell = (commands: string) => run('bash', ['-euc', atOurs(commands)], environment());

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'onsale-journey-'));
    port = await stableFreePort();
    server = start('node', ['src/bin/onsale.ts'], environment());
    banner = await server.says(/Ctrl-C stops everything/);
  });

  afterAll(async () => {
    await server.stop('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  });

  test('the banner says where everything is, and brings one token per role', () => {
    expect(banner).toContain(`http://127.0.0.1:${port}/graphql`);
    for (const role of ['fan', 'organiser', 'gate', 'partner', 'admin']) {
      expect(banner).toMatch(new RegExp(`^${role} \\w+ +ey[\\w-]+\\.[\\w-]+\\.[\\w-]+$`, 'm'));
    }
  });

  withCurl("the banner's query answers with real events", async () => {
    const query = /^curl .*?'$/ms.exec(banner)![0];
    const { data } = JSON.parse((await shell(query)).out);
    expect(data.searchEvents.nodes).toHaveLength(3);
    expect(data.searchEvents.nodes[0].name).toMatch(/philharmonic/i);
  });

  withCurl("the README's first query finds what the README says", async () => {
    const [query] = blocksAfter('first-query', 'sh');
    const [shown] = blocksAfter('first-answer', 'json');
    const { data } = JSON.parse((await shell(query!)).out);
    const [found] = data.searchEvents.nodes;
    const [example] = JSON.parse(shown!).data.searchEvents.nodes;
    // which of its concerts is next depends on the day, for the demo's dates move with it
    for (const { name } of [found, example]) expect(name).toMatch(/philharmonic/i);
    expect(Object.keys(found)).toEqual(Object.keys(example));
  });

  withCurl(
    "the README's journey ends with two owned seats, and a second buyer who was told who was faster",
    async () => {
      const { code, out, err } = await shell(blocksAfter('journey', 'sh').join('\n'));
      expect(err).toBe('');
      expect(code).toBe(0);
      const [, reserved, refused, booked, owned] = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).data);
      expect(reserved.reserveTickets).toMatchObject({ __typename: 'TicketsReserved' });
      expect(refused.reserveTickets).toMatchObject({ __typename: 'TicketsUnavailable', places: [14] });
      expect(booked.confirmBooking).toMatchObject({
        __typename: 'BookingConfirmed',
        booking: { status: 'CONFIRMED' },
      });
      expect(owned.viewer.bookings.nodes).toMatchObject([
        { status: 'CONFIRMED', tickets: [{ status: 'SOLD' }, { status: 'SOLD' }] },
      ]);
    },
  );

  withCurl('whoever watches sees the best seats go, as the README shows', async () => {
    const [watch] = blocksAfter('watch', 'sh');
    const watcher = start('bash', ['-euc', atOurs(watch!)], environment());
    await watcher.says(/"__typename":"SeatMap"/);
    const [tokens, event] = blocksAfter('journey', 'sh');
    const { out } = await shell([tokens, event, ...blocksAfter('best', 'sh')].join('\n'));
    expect(out).toContain('"__typename":"TicketsReserved"');
    expect(await watcher.says(/SeatMapDelta/)).toMatch(/"statuses":"RR"/);
    await watcher.stop('SIGTERM');
  });

  test('a second start on the same data is refused and says how to get out', async () => {
    const second = await run('node', ['src/bin/onsale.ts'], environment());
    expect(second.code).toBe(1);
    expect(second.err).toContain(`process ${server.pid}`);
    expect(second.err).toContain('DATA_DIRECTORY');
  });

  test('a taken port is named, and nothing that was started for it is left', async () => {
    const elsewhere = join(directory, 'elsewhere');
    const second = await run('node', ['src/bin/onsale.ts'], { ...environment(), DATA_DIRECTORY: elsewhere });
    expect(second.code).toBe(1);
    expect(second.err).toContain(`port ${port}`);
    expect(second.err).toContain('set PORT to another');
    expect(await processesOn(elsewhere)).toEqual([]);
  });

  withCurl('Ctrl-C stops all of it, and the next start has the booking', async () => {
    const stopped = await server.stop('SIGINT');
    expect(stopped.code).toBe(0);
    expect(await processesOn(directory)).toEqual([]);

    server = start('node', ['src/bin/onsale.ts'], environment());
    await server.says(/Ctrl-C stops everything/);
    const journey = blocksAfter('journey', 'sh');
    const { out } = await shell([journey[0], journey.at(-1)].join('\n'));
    expect(JSON.parse(out).data.viewer.bookings.nodes).toHaveLength(1);
  });

  test('a start that is stopped while it loads the catalogue ends in order, and leaves nothing running', async () => {
    const hasty = join(directory, 'hasty');
    const early = start('node', ['src/bin/onsale.ts'], {
      ...environment(),
      DATA_DIRECTORY: hasty,
      PORT: '0',
    });
    await early.says(/Loading the demo catalogue/);
    const { code, err } = await early.stop('SIGTERM');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(await processesOn(hasty)).toEqual([]);
  });

  test('every mistake in the configuration is listed at once', async () => {
    const { code, err } = await run('node', ['src/bin/onsale.ts', '--role', 'api'], {
      PORT: 'http',
      REDIS_URL: 'localhost',
      AUTH_ISSUER: 'https://login.example.org',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'REDIS_URL', 'AUTH_JWKS_URL']) expect(err).toContain(name);
  });
});
