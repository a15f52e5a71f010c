import { afterAll, beforeAll, expect, test } from 'vitest';

import { followQueue, type QueuePosition } from '../../src/client/index.ts';
import { waitingRoomAdmissions } from '../../src/waiting-room/tables.ts';
import { openClient } from '../support/client.ts';
import { eventOnSale, ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openDeployedParts, type DeployedParts } from './deployed-parts.ts';
import type { Supervised } from './supervised.ts';

const FANS = 16;
/** Opens only once all have joined. */
const OPENS_IN_MS = 3_600_000;

let parts: DeployedParts;
let apis: Supervised[];
let worker: Supervised;
beforeAll(async () => {
  parts = await openDeployedParts();
  apis = await Promise.all([parts.launch('api 1', 'api'), parts.launch('api 2', 'api')]);
  worker = await parts.launch('worker', 'worker');
});
afterAll(() => parts?.[Symbol.asyncDispose]());

/** A fan who waits over one of the transports, and leaves once admitted. */
class Fan {
  readonly positions: QueuePosition[] = [];
  isConnectedAnew = false;
  #lost = 0;
  readonly done: Promise<void>;

  constructor(api: Supervised, event: string, { name, index }: { name: string; index: number }) {
    this.done = this.#wait(api, event, name, index);
  }

  get last(): QueuePosition | undefined {
    return this.positions.at(-1);
  }

  async #wait(api: Supervised, event: string, name: string, index: number): Promise<void> {
    const token = await parts.tokenOf(name, ['FAN']);
    const client = openClient(api.url, token);
    const join = () => client.mutate('joinQueue', { event }, '... on QueueJoined { entry { token } }');
    const entry = await eventually('the process knows of the room', async () => (await join()).entry);
    for await (const position of followQueue({
      ...{ url: api.url, event, entryToken: entry.token, token },
      transport: index % 2 === 0 ? 'websocket' : 'sse',
      ...{ random: () => 0, onLost: () => void this.#lost++ }, // without a pause
    })) {
      this.positions.push(position);
      this.isConnectedAnew = this.#lost > 0;
    }
    await client.mutate('leaveQueue', { event });
  }
}

test('api processes and the worker are killed under the line: clients reconnect, no place moves, and all are admitted in order', async () => {
  const { platform } = parts;
  const { id, event } = await eventOnSale(platform, { seats: 200 });
  const organiser = await parts.clientOf(apis[0]!, ORGANISER, ['ORGANISER']);
  const steer = (action: string) => organiser.mutate('steerWaitingRoom', { event, action });
  const opensAt = new Date(Date.now() + OPENS_IN_MS);
  const settings = { opensAt, capacity: 3, admissionsPerMinute: 1_200, requiresChallenge: false };
  expect(await organiser.mutate('openWaitingRoom', { event, ...settings })).toMatchObject({
    __typename: 'WaitingRoomOpened',
  });
  await steer('PAUSE');
  const fans = Array.from(
    { length: FANS },
    (_, index) => new Fan(apis[index % 2]!, event, { name: `fan-${index}`, index }),
  );
  const all = Promise.all(fans.map(({ done }) => done));
  const untilAllAre = (state: string) =>
    Promise.race([
      all,
      eventually(`all are ${state}`, async () => fans.every(({ last }) => last?.state === state)),
    ]);
  await untilAllAre('BEFORE_OPENING');
  await eventually('the opening is moved', async () => {
    const soon = new Date(Date.now() + 500); // refused if it comes too late for that
    const answer = await organiser.mutate('updateWaitingRoom', { event, opensAt: soon });
    return answer.__typename === 'WaitingRoomUpdated';
  });
  await untilAllAre('PAUSED');

  await Promise.all([...apis, worker].map((process) => process.kill()));
  await Promise.all([...apis, worker].map((process) => process.start()));
  await eventually('all are back', async () => fans.every(({ isConnectedAnew }) => isConnectedAnew));
  await steer('RESUME');
  await all;

  for (const { positions, last } of fans) {
    expect(new Set(positions.map(({ place }) => place).filter((place) => place !== null)).size).toBe(1);
    expect(last).toMatchObject({ state: 'ADMITTED', pass: expect.stringMatching(/^p1\.1\./) });
  }
  const admissions = await platform.db.select().from(waitingRoomAdmissions);
  expect(admissions.every(({ eventId }) => eventId === id)).toBe(true);
  const byTime = admissions.toSorted(
    (a, b) => Number(a.admittedAt) - Number(b.admittedAt) || a.place - b.place,
  );
  expect(byTime.map(({ place }) => place)).toEqual(Array.from({ length: FANS }, (_, index) => index + 1));
  expect(parts.unexpectedExits).toEqual([]);
}, 120_000);
