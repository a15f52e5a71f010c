import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { feedKeys } from '../../src/seat-map/board/keys.ts';
import { SEED_OF_RUN } from '../support/seed-of-run.ts';
import { eventOnSale } from '../support/seed.ts';
import { untilNothing } from '../support/wait-until.ts';
import { DeltaDropper } from './delta-dropper.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { openParticipants, TRANSPORTS, type Participants } from './participants.ts';
import { ORGANISER_PLACES_FROM, VENUE } from './shopping.ts';
import type { Supervised } from './supervised.ts';
import { changePlace, findings, trial } from './trial.ts';
import type { Watcher } from './watcher.ts';

// Trials kill and restart processes, on a machine that may be busy.
const TIMEOUT_MS = 240_000;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment();
}, TIMEOUT_MS);
afterAll(() => deployment?.[Symbol.asyncDispose]());

/** Wait until this holds for all stable clients. */
async function untilAll(
  participants: Participants,
  what: string,
  holds: (watcher: Watcher) => boolean,
): Promise<void> {
  const others = async () => participants.stable.filter((watcher) => !holds(watcher)).map(({ name }) => name);
  expect(await untilNothing(others), `clients still waiting for: ${what}`).toEqual([]);
}
const areStale = (participants: Participants) =>
  untilAll(participants, 'the map is stale', ({ observer }) => observer.stale);
const areLive = (participants: Participants) =>
  untilAll(participants, 'the map is live', ({ observer }) => !observer.stale);
function receiveUpdates(participants: Participants, times = 3): Promise<void> {
  const enough = new Map(
    participants.stable.map(({ name, observer }) => [name, observer.count.updates + times]),
  );
  return untilAll(
    participants,
    'more updates',
    ({ name, observer }) => observer.count.updates >= enough.get(name)!,
  );
}

/** Wait until a count has grown by that much. */
async function untilMore(what: string, more: number, count: () => number): Promise<void> {
  const enough = count() + more;
  expect(await untilNothing(async () => (count() < enough ? [what] : []))).toEqual([]);
}

describe(`with TRIAL_SEED=${SEED_OF_RUN}, all subscribers end up with the map in the database`, () => {
  test(
    'after a rush in which clients join, leave, disconnect, stall and resume',
    { timeout: TIMEOUT_MS },
    async () => {
      const { failures } = await trial(deployment, SEED_OF_RUN);
      expect(failures).toEqual([]);
    },
  );

  test('after kill -9 of workers: one after the other, and both', { timeout: TIMEOUT_MS }, async () => {
    const { failures } = await trial(deployment, SEED_OF_RUN + 1, async ({ participants }) => {
      const [owner, standby] = slotOwnerFirst();
      for (const [dies, takesOver] of [
        [owner, standby],
        [standby, owner],
      ] as const) {
        await takesOver.start();
        const before = takesOver.slotAcquiredAt();
        await dies.kill();
        await untilAll(
          participants,
          'the other worker takes over',
          () => takesOver.slotAcquiredAt() > before,
        );
        await receiveUpdates(participants);
      }
      await owner.kill();
      await areStale(participants);
      await receiveUpdates(participants, 1); // polled from Postgres every two seconds
      await Promise.all(deployment.workers.map((worker) => worker.start()));
      await areLive(participants);
    });
    expect(failures).toEqual([]);
  });

  test('after kill -9 of Redis, which comes back empty', { timeout: TIMEOUT_MS }, async () => {
    const { failures } = await trial(deployment, SEED_OF_RUN + 2, async ({ participants }) => {
      await deployment.redis.kill();
      await deployment.redis.start();
      await receiveUpdates(participants);
      await deployment.redis.kill();
      await areStale(participants);
      await receiveUpdates(participants, 1);
      await deployment.redis.start();
      await areLive(participants);
    });
    expect(failures).toEqual([]);
  });

  test('after kill -9 of Postgres', { timeout: TIMEOUT_MS }, async () => {
    const { failures } = await trial(deployment, SEED_OF_RUN + 3, async ({ participants, shopping }) => {
      for (const isLong of [false, true, false]) {
        await deployment.postgres.kill();
        await untilMore('failures', 5, () => shopping.failures.length);
        if (isLong) expect(await untilNothing(() => feedHeartbeats())).toEqual([]);
        await deployment.postgres.start();
        await untilMore(
          'reservations',
          3,
          () => shopping.answers.get('reserveTickets: TicketsReserved') ?? 0,
        );
        await receiveUpdates(participants);
      }
      await areLive(participants);
    });
    expect(failures.filter((failure) => !failure.includes('SERVICE_UNAVAILABLE'))).toEqual([]);
  });
});

/** The worker that owns the replication slot, and the other. */
function slotOwnerFirst(): [Supervised, Supervised] {
  const [one, other] = [deployment.workers[0]!, deployment.workers[1]!];
  return one.slotAcquiredAt() > other.slotAcquiredAt() ? [one, other] : [other, one];
}

/** Keys of the feed's heartbeat, which expire within seconds. */
const feedHeartbeats = () => deployment.redis.run((redis) => redis.keys(feedKeys('*')[0]!));

describe.each(TRANSPORTS)('a delta lost in transit over %s', (transport) => {
  const victim = `stable client 2 over ${transport}`;

  /** Change two places; the victim receives the second change only. */
  async function dropDelta(hidesGap: boolean): Promise<Participants> {
    const event = await eventOnSale(deployment.platform, VENUE);
    const dropper = new DeltaDropper({ hidesGap });
    await using opening = new AsyncDisposableStack();
    const participants = opening.use(
      await openParticipants(deployment, event, SEED_OF_RUN, { of: transport, tamper: dropper.tamper }),
    );
    expect(await findings(deployment, participants)).toEqual([]);
    dropper.dropNext();
    await changePlace(deployment, event, ORGANISER_PLACES_FROM);
    await untilAll(participants, 'a delta is dropped', () => dropper.dropped.length === 1);
    await changePlace(deployment, event, ORGANISER_PLACES_FROM + 1);
    opening.move();
    return participants;
  }

  test('is detected by the client, which starts over from a whole map', async () => {
    await using participants = await dropDelta(false);
    expect(await findings(deployment, participants)).toEqual([
      expect.stringContaining(`${victim}: a gap: after`),
    ]);
    const { lost, observer } = participants.stable.find(({ name }) => name === victim)!;
    expect(lost).toEqual(['delta missing: starting over from a whole map']);
    expect(observer.count.wholeMaps).toBe(2);
  });

  test('with its gap hidden from the client is found by every check of the trial', async () => {
    await using participants = await dropDelta(true);
    const wrong = `${victim} is wrong about ${ORGANISER_PLACES_FROM}: A for B`;
    const others = async () =>
      (await participants.differences()).filter((difference) => difference !== wrong);
    expect(await untilNothing(others)).toEqual([]);
    expect(await findings(deployment, participants, { withinMs: 0 })).toEqual(
      expect.arrayContaining([
        wrong,
        expect.stringMatching(`^${victim}: .* places are available`),
        expect.stringContaining("a map that differs from other clients'"),
      ]),
    );
  });
});
