import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { stableFreePort } from '../../src/local-stack/index.ts';
import { openClient } from '../support/client.ts';
import { isInstalled, processesOn, run, start, type Running } from '../support/process.ts';
import { eventually } from '../support/wait-until.ts';
import { ADDRESS, blocksAfter } from './readme.ts';

// The README's commands use curl, which slim Debian images lack.
const withCurl = test.skipIf(!(await isInstalled('curl')));

/** First start without any setting but directory and port, then the README's own commands. */
describe('the README works on a first start', () => {
  let directory: string;
  let port: number;
  let server: Running;
  let banner: string;

  const environment = () => ({
    DATA_DIRECTORY: directory,
    PORT: String(port),
    LIMIT_REQUESTS_PER_MINUTE: '1000',
    // `npm run token` reads .env, which may name another issuer on the machine that runs the tests
    ...{ AUTH_ISSUER: '', AUTH_AUDIENCE: '', AUTH_JWKS_URL: '' },
  });
  const withPort = (commands: string) => commands.replaceAll(ADDRESS, `http://127.0.0.1:${port}`);
  const shell = (commands: string) => run('bash', ['-euc', withPort(commands)], environment());

  /** Move the opening of a room, by a request that is refused if it comes too late for the time that it names. */
  const openSoon = (event: string) => {
    const admin = openClient(`http://127.0.0.1:${port}`, /^admin \w+ +(ey\S+)$/m.exec(banner)![1]);
    return eventually('the opening is moved', async () => {
      const opensAt = new Date(Date.now() + 500);
      return (
        (await admin.mutate('updateWaitingRoom', { event, opensAt })).__typename === 'WaitingRoomUpdated'
      );
    });
  };

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

  test('the banner shows the API address and one token per role', () => {
    expect(banner).toContain(`http://127.0.0.1:${port}/graphql`);
    for (const role of ['fan', 'organiser', 'gate', 'partner', 'admin']) {
      expect(banner).toMatch(new RegExp(`^${role} \\w+ +ey[\\w-]+\\.[\\w-]+\\.[\\w-]+$`, 'm'));
    }
  });

  withCurl("the banner's query returns events of the demo catalogue", async () => {
    const query = /^curl .*?'$/ms.exec(banner)![0];
    const { data } = JSON.parse((await shell(query)).out);
    expect(data.searchEvents.nodes).toHaveLength(3);
    expect(data.searchEvents.nodes[0].name).toMatch(/philharmonic/i);
  });

  withCurl("the README's first query returns what the README shows", async () => {
    const [query] = blocksAfter('first-query', 'sh');
    const [shown] = blocksAfter('first-answer', 'json');
    const { data } = JSON.parse((await shell(query!)).out);
    const [found] = data.searchEvents.nodes;
    const [example] = JSON.parse(shown!).data.searchEvents.nodes;
    // demo dates are relative to today, so the first concert found varies
    for (const { name } of [found, example]) expect(name).toMatch(/philharmonic/i);
    expect(Object.keys(found)).toEqual(Object.keys(example));
  });

  withCurl(
    'from search to paid seats: two seats are sold, and a second buyer is refused the one reserved before',
    async () => {
      const { code, out, err } = await shell(blocksAfter('journey', 'sh').join('\n'));
      expect(err).toBe('');
      expect(code).toBe(0);
      const [, reserved, refused, confirmed, owned] = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).data);
      expect(reserved.reserveTickets).toMatchObject({ __typename: 'TicketsReserved' });
      expect(refused.reserveTickets).toMatchObject({ __typename: 'TicketsUnavailable', places: [14] });
      expect(confirmed.confirmBooking).toMatchObject({
        __typename: 'BookingConfirmed',
        booking: { status: 'CONFIRMED' },
      });
      expect(owned.viewer.bookings.nodes).toMatchObject([
        { status: 'CONFIRMED', tickets: [{ status: 'SOLD' }, { status: 'SOLD' }] },
      ]);
    },
  );

  withCurl(
    'live seat map: a subscriber receives the delta of reserved best seats, as the README shows',
    async () => {
      const [watch] = blocksAfter('watch', 'sh');
      const subscriber = start('bash', ['-euc', withPort(watch!)], environment());
      await subscriber.says(/"__typename":"SeatMap"/);
      const [tokens, event] = blocksAfter('journey', 'sh');
      const { out } = await shell([tokens, event, ...blocksAfter('best', 'sh')].join('\n'));
      expect(out).toContain('"__typename":"TicketsReserved"');
      expect(await subscriber.says(/SeatMapDelta/)).toMatch(/"statuses":"RR"/);
      await subscriber.stop('SIGTERM');
    },
  );

  withCurl(
    'waiting room: who waits in a paused line is sent the pass when it moves, as the README shows',
    async () => {
      const [room, admit, close] = ['room', 'admit', 'close'].map((name) => blocksAfter(name, 'sh')[0]!);
      const opened = await shell(`${room!.replace('15_000', '3_600_000')}\necho "event $EVENT"`);
      expect(opened.out).toContain('"__typename":"WaitingRoomOpened"');
      expect(opened.out).toContain('"__typename":"WaitingRoomUpdated"');
      const [wait] = blocksAfter('wait', 'sh');
      const waiter = start('bash', ['-euc', withPort(wait!)], environment());
      await waiter.says(/"state":"BEFORE_OPENING"/);
      const event = /event (evt_\w+)/.exec(opened.out)![1]!;
      await openSoon(event);
      await waiter.says(/"state":"PAUSED","place":1,/);
      const [tokens, ask] = room!.split('\n');
      const inRoom = `${tokens}\n${ask}\nEVENT=${event}\n`;
      expect((await shell(inRoom + admit)).out).toContain('"__typename":"WaitingRoomUpdated"');
      expect(await waiter.says(/"state":"ADMITTED"/)).toMatch(/"pass":"\w/);
      expect((await shell(inRoom + close)).out).toContain('"__typename":"WaitingRoomClosed"');
    },
  );

  test('a second start on the same data is refused with the pid and a remedy', async () => {
    const second = await run('node', ['src/bin/onsale.ts'], environment());
    expect(second.code).toBe(1);
    expect(second.err).toContain(`process ${server.pid}`);
    expect(second.err).toContain('DATA_DIRECTORY');
  });

  test('a start on a port in use fails with its number and leaves no process', async () => {
    const elsewhere = join(directory, 'elsewhere');
    const second = await run('node', ['src/bin/onsale.ts'], { ...environment(), DATA_DIRECTORY: elsewhere });
    expect(second.code).toBe(1);
    expect(second.err).toContain(`port ${port}`);
    expect(second.err).toContain('set PORT to another');
    expect(await processesOn(elsewhere)).toEqual([]);
  });

  withCurl('Ctrl-C stops every process, and the next start still has the Booking', async () => {
    const stopped = await server.stop('SIGINT');
    expect(stopped.code).toBe(0);
    expect(await processesOn(directory)).toEqual([]);

    server = start('node', ['src/bin/onsale.ts'], environment());
    await server.says(/Ctrl-C stops everything/);
    const journey = blocksAfter('journey', 'sh');
    const { out } = await shell([journey[0], journey.at(-1)].join('\n'));
    expect(JSON.parse(out).data.viewer.bookings.nodes).toHaveLength(1);
  });

  test('SIGTERM while the catalogue loads exits with code 0 and leaves no process', async () => {
    const interrupted = join(directory, 'interrupted');
    const loading = start('node', ['src/bin/onsale.ts'], {
      ...environment(),
      DATA_DIRECTORY: interrupted,
      PORT: '0',
    });
    await loading.says(/Loading the demo catalogue/);
    const { code, err } = await loading.stop('SIGTERM');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(await processesOn(interrupted)).toEqual([]);
  });

  test('all mistakes in the configuration are listed at once', async () => {
    const { code, err } = await run('node', ['src/bin/onsale.ts', '--role', 'api'], {
      PORT: 'http',
      REDIS_URL: 'localhost',
      AUTH_ISSUER: 'https://login.example.org',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'REDIS_URL', 'AUTH_JWKS_URL']) expect(err).toContain(name);
  });
});
