import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { textOf } from '../../../scripts/check/tree.ts';
import { encodeId } from '../../../src/platform/ids.ts';
import { openRoom } from '../../../src/waiting-room/draw/open-room.ts';
import { Line } from '../../../src/waiting-room/line/line.ts';
import { findRoom } from '../../../src/waiting-room/store/lists.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { eventOnSale, inDays, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

const run = promisify(execFile);

let world: World;
let event: string;
let seedHash: string;
let mine: string;
let place: number;
let inArrival: Awaited<ReturnType<typeof drawnRoom>>;
beforeAll(async () => {
  world = await openWorld();
  ({ event, seedHash, mine, place } = await drawnRoom('SHUFFLED'));
  inArrival = await drawnRoom('ARRIVAL');
});
afterAll(() => world[Symbol.asyncDispose]());

/** A room of 200 entries whose list is closed, and the place of one of them. */
async function drawnRoom(order: 'SHUFFLED' | 'ARRIVAL') {
  const { id } = await eventOnSale(world.platform, { seats: 20 });
  const event = encodeId('Event', id);
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  const { waitingRoom } = await organiser.mutate(
    'openWaitingRoom',
    { event, opensAt: inDays(1), capacity: 1, admissionsPerMinute: 1, order, requiresChallenge: false },
    '... on WaitingRoomOpened { waitingRoom { seedHash } }',
  );
  const line = new Line(world.platform);
  const room = (await findRoom(world.platform.db, { eventId: id, generation: 1 }))!;
  const entries = Array.from({ length: 200 }, (_, viewer) => entryOf(room, `fan-${viewer}`));
  for (const entry of entries) await line.join(room, entry);
  expect(await openRoom(world.platform, line, room)).toBe('opened');
  const mine = entries[77]!;
  const [state] = (await line.find(room, [mine]))!;
  const place = state?.kind === 'waiting' ? state.place : 0;
  return { event, seedHash: waitingRoom.seedHash as string, mine, place };
}

const base = (of: string = event) => `${world.url}/waiting-rooms/${of}/1`;

describe('npm run verify-queue', () => {
  const command = fileURLToPath(new URL('../../../src/bin/verify-queue.ts', import.meta.url));
  const verify = (...options: string[]) =>
    run(process.execPath, [command, '--url', world.url, '--event', event, ...options]).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
    );

  test('recomputes the order and finds the place of an entry', async () => {
    const { code, output } = await verify('--entry', mine, '--seed-hash', seedHash);
    expect(output).toContain(`${mine} has place ${place}`);
    expect(output).toContain('The seed is the one whose hash you noted.');
    expect(code).toBe(0);
  });

  test('says what it has not compared, and that an order of arrival was not drawn', async () => {
    const shuffled = await verify();
    expect(shuffled.output).toContain('not compared with a hash noted before the opening');
    expect(shuffled.code).toBe(0);
    const { code, output } = await verify('--event', inArrival.event, '--entry', inArrival.mine);
    expect(output).toContain(`${inArrival.mine} has place ${inArrival.place}`);
    expect(output).toContain('nothing was drawn');
    expect(output).not.toContain('seed give');
    expect(code).toBe(0);
  });

  test('an entry that is not in the list may have been left out, which is no success', async () => {
    expect(await verify('--entry', 'nosuchentry')).toMatchObject({
      code: 1,
      output: expect.stringContaining(
        'NOT in the list: it left before the closing, joined after it, or was left out',
      ),
    });
  });

  test('says that a server cannot be reached', async () => {
    expect(await verify('--url', 'http://127.0.0.1:2')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^http:.* cannot be reached \(.+\)\.\n.*--url, and try again\.\n$/),
    });
  });

  test('reports another seed than was promised, and what it cannot check', async () => {
    expect(await verify('--seed-hash', '0'.repeat(64))).toMatchObject({
      code: 1,
      output: expect.stringContaining('WRONG: the seed is not the one'),
    });
    expect(await verify('--seed-hash', '0'.repeat(63))).toMatchObject({
      code: 1,
      output: expect.stringContaining('--seed-hash: must be the 64 hexadecimal digits'),
    });
    expect((await verify('--seed-hash', seedHash.toUpperCase())).code).toBe(0);
    expect(await verify('--generation', '2')).toMatchObject({
      code: 1,
      output: expect.stringContaining('answered 404'),
    });
    expect(await verify('--event', 'evt_1')).toMatchObject({
      code: 1,
      output: expect.stringContaining('--event: must be the global id of an Event'),
    });
  });
});

describe('without our code', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  const [, recipe = ''] = /```python\n(?<code>[\s\S]*?)```/.exec(textOf('docs/waiting-room.md')) ?? [];

  test('the recipe has at most twenty lines', () => {
    const lines = recipe.split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(20);
  });

  test.skipIf(!hasPython)(
    hasPython ? 'the recipe finds the place' : 'NOT TESTED: the recipe, for python3 is not installed',
    async () => {
      const { stdout } = await run('python3', ['-c', recipe, base(), mine, seedHash]);
      expect(stdout).toBe(`${place}\n`);
      const arrival = [base(inArrival.event), inArrival.mine, inArrival.seedHash];
      expect((await run('python3', ['-c', recipe, ...arrival])).stdout).toBe(`${inArrival.place}\n`);
    },
  );

  test.skipIf(!hasPython)(
    'the recipe finds another seed than was noted, and an entry that is not listed',
    async () => {
      const failsWith = (entry: string, hash: string) =>
        run('python3', ['-c', recipe, base(), entry, hash]).then(
          () => '',
          ({ stderr }) => stderr as string,
        );
      expect(await failsWith(mine, '0'.repeat(64))).toContain('AssertionError: another seed');
      expect(await failsWith('nosuchentry', seedHash)).toBe(
        'not in the list: it left before the closing, joined after it, or was left out\n',
      );
    },
  );

  const SCRIPT = `
    const { createHash } = require('node:crypto');
    const sha256 = (data) => createHash('sha256').update(data).digest('hex');
    (async ([base, mine]) => {
      const draw = await (await fetch(base + '/draw.json')).json();
      const file = Buffer.from(await (await fetch(base + '/entries.txt')).arrayBuffer());
      if (sha256(Buffer.from(draw.seed, 'hex')) !== draw.seedHash) throw new Error('another seed');
      if (sha256(file) !== draw.listHash) throw new Error('another list');
      const entries = file.toString().split('\\n').slice(0, -1);
      if (String(entries) !== String([...new Set(entries)].sort())) throw new Error('not sorted');
      const lots = entries.map((entry) => sha256(draw.seed + ':' + draw.listHash + ':' + entry) + entry).sort();
      console.log(lots.findIndex((lot) => lot.endsWith(mine)) + 1);
    })(process.argv.slice(1));`;

  test('a script for a bare Node finds the place, too', async () => {
    const { stdout } = await run(process.execPath, ['-e', SCRIPT, base(), mine]);
    expect(stdout).toBe(`${place}\n`);
  });
});
