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

// Processes are killed and start again here, while others may need the machine, too.
const TIMEOUT_MS = 240_000;

let stage: Deployment;
beforeAll(async () => {
  stage = await openDeployment();
}, TIMEOUT_MS);
afterAll(() => stage?.[Symbol.asyncDispose]());

/** Wait until this holds for everybody who stays. */
async function untilAll(
  cast: Participants,
  what: string,
  holds: (watcher: Watcher) => boolean,
): Promise<void> {
  const others = async () => cast.stable.filter((watcher) => !holds(watcher)).map(({ name }) => name);
  expect(await untilNothing(others), `those for whom it did not happen: ${what}`).toEqual([]);
}
const areStale = (cast: Participants) =>
  untilAll(cast, 'the map lags behind', ({ observer }) => observer.stale);
const areLive = (cast: Participants) => untilAll(cast, 'the map is live', ({ observer }) => !observer.stale);
function areTold(cast: Participants, times = 3): Promise<void> {
  const enough = new Map(cast.stable.map(({ name, observer }) => [name, observer.count.updates + times]));
  return untilAll(cast, 'more is told', ({ name, observer }) => observer.count.updates >= enough.get(name)!);
}

/** Wait until there is so much more of something that is counted. */
async function untilMore(what: string, more: number, count: () => number): Promise<void> {
  const enough = count() + more;
  expect(await untilNothing(async () => (count() < enough ? [what] : []))).toEqual([]);
}

describe(`with TRIAL_SEED=${SEED_OF_RUN}, everybody who watches sees what is in the database`, () => {
  test(
    'after a rush in which watchers come, go, break off, stall and resume',
    { timeout: TIMEOUT_MS },
    async () => {
      const { failures } = await trial(stage, SEED_OF_RUN);
      expect(failures).toEqual([]);
    },
  );

  test('after kill -9 of workers: one after the other, and both', { timeout: TIMEOUT_MS }, async () => {
    const { failures } = await trial(stage, SEED_OF_RUN + 1, async ({ cast }) => {
      const [doomed, survivor] = whoReadsTheSlot();
      for (const [dies, takesOver] of [
        [doomed, survivor],
        [survivor, doomed],
      ] as const) {
        await takesOver.start();
        const before = takesOver.slotAcquiredAt();
        await dies.kill();
        await untilAll(cast, 'the other worker takes over', () => takesOver.slotAcquiredAt() > before);
        await areTold(cast);
      }
      await doomed.kill();
      await areStale(cast);
      await areTold(cast, 1); // by somebody who asks Postgres every two seconds
      await Promise.all(stage.workers.map((worker) => worker.start()));
      await areLive(cast);
    });
    expect(failures).toEqual([]);
  });

  test('after kill -9 of Redis, which comes back empty', { timeout: TIMEOUT_MS }, async () => {
    const { failures } = await trial(stage, SEED_OF_RUN + 2, async ({ cast }) => {
      await stage.redis.kill();
      await stage.redis.start();
      await areTold(cast);
      await stage.redis.kill();
      await areStale(cast);
      await areTold(cast, 1);
      await stage.redis.start();
      await areLive(cast);
    });
    expect(failures).toEqual([]);
  });

  test('after kill -9 of Postgres', { timeout: TIMEOUT_MS }, async () => {
    const { failures } = await trial(stage, SEED_OF_RUN + 3, async ({ cast, shopping }) => {
      for (const isLong of [false, true, false]) {
        await stage.postgres.kill();
        await untilMore('failures', 5, () => shopping.failures.length);
        if (isLong) expect(await untilNothing(() => whoHearsTheFeed())).toEqual([]);
        await stage.postgres.start();
        await untilMore(
          'reservations',
          3,
          () => shopping.answers.get('reserveTickets: TicketsReserved') ?? 0,
        );
        await areTold(cast);
      }
      await areLive(cast);
    });
    expect(failures.filter((failure) => !failure.includes('SERVICE_UNAVAILABLE'))).toEqual([]);
  });
});

/** The worker that reads the replication slot, and the other. */
function whoReadsTheSlot(): [Supervised, Supervised] {
  const [one, other] = [stage.workers[0]!, stage.workers[1]!];
  return one.slotAcquiredAt() > other.slotAcquiredAt() ? [one, other] : [other, one];
}

/** Who was told in the last seconds that the boards are in step with Postgres: all or nobody. */
const whoHearsTheFeed = () => stage.redis.run((redis) => redis.keys(feedKeys('*')[0]!));

describe.each(TRANSPORTS)('a delta that is lost on its way over %s', (transport) => {
  const robbed = `resident 2 over ${transport}`;

  /** Change two places; the victim is told of the second alone. */
  async function rob(coversUp: boolean): Promise<Participants> {
    const event = await eventOnSale(stage.platform, VENUE);
    const thief = new DeltaDropper({ coversUp });
    await using opening = new AsyncDisposableStack();
    const cast = opening.use(
      await openParticipants(stage, event, SEED_OF_RUN, { of: transport, meddle: thief.tamper }),
    );
    expect(await findings(stage, cast)).toEqual([]);
    thief.dropNext();
    await changePlace(stage, event, ORGANISER_PLACES_FROM);
    await untilAll(cast, 'something is taken', () => thief.dropped.length === 1);
    await changePlace(stage, event, ORGANISER_PLACES_FROM + 1);
    opening.move();
    return cast;
  }

  test('is noticed by the client, who starts over', async () => {
    await using cast = await rob(false);
    expect(await findings(stage, cast)).toEqual([expect.stringContaining(`${robbed}: a gap: after`)]);
    const { lost, observer } = cast.stable.find(({ name }) => name === robbed)!;
    expect(lost).toEqual(['delta missing: starting over from a whole map']);
    expect(observer.count.wholeMaps).toBe(2);
  });

  test('so that the client cannot know is found by all that is looked at here', async () => {
    await using cast = await rob(true);
    const wrong = `${robbed} is wrong about ${ORGANISER_PLACES_FROM}: A for B`;
    const others = async () => (await cast.differences()).filter((difference) => difference !== wrong);
    expect(await untilNothing(others)).toEqual([]);
    expect(await findings(stage, cast, { withinMs: 0 })).toEqual(
      expect.arrayContaining([
        wrong,
        expect.stringMatching(`^${robbed}: .* places are free`),
        expect.stringContaining('another map than others have'),
      ]),
    );
  });
});
