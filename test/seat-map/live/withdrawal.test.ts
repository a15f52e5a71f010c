import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { SeatMaps } from '../../../src/seat-map/index.ts';
import { eventOnSale, ORGANISER, viewerOf, type SeededEvent } from '../../support/seed.ts';
import { eventually, sessionsWaitingForLocks } from '../../support/wait-until.ts';
import { openLivePlatform, type LivePlatform } from '../live-platform.ts';
import { mapInDatabase } from '../random-sales.ts';
import { changeTickets } from '../ticket-rows.ts';
import { VerifyingSubscriber } from '../verifying-subscriber.ts';

let live: LivePlatform;
let maps: SeatMaps;
let event: SeededEvent;

beforeAll(async () => {
  live = await openLivePlatform();
  live.startFeed();
  maps = live.openMaps({ metadataTtlMs: 50 });
});
afterAll(() => live[Symbol.asyncDispose]());
beforeEach(async () => {
  event = await eventOnSale(live.platform, { seats: 40 });
  await eventually('the map is live', async () => (await maps.read(null, event.id))?.stale === false);
});

const organiser = viewerOf(ORGANISER, 'ORGANISER');
const REFUSAL = 'event: has no seat map, or none that you may see';

async function join(subscriber: VerifyingSubscriber, of = maps): Promise<void> {
  const channel = (await of.subscribe(subscriber.viewer, event.id))!;
  for (const update of channel.join(null, subscriber)) subscriber.onUpdate(update);
}

const setStatus = (status: string) =>
  live.platform.sql`update events set status = ${status} where id = ${event.id}`;

const converged = (subscriber: VerifyingSubscriber) =>
  eventually('the subscriber has the map in the database', async () => {
    return subscriber.map === (await mapInDatabase(live.platform.db, event.id));
  });

test('subscribers that may not see an Event any more are ended, once, and receive nothing after', async () => {
  const [stranger, fan, owner, admin] = [null, viewerOf('ana'), organiser, viewerOf('boss', 'ADMIN')].map(
    (viewer) => new VerifyingSubscriber(viewer),
  ) as [VerifyingSubscriber, VerifyingSubscriber, VerifyingSubscriber, VerifyingSubscriber];
  for (const subscriber of [stranger, fan, owner, admin]) await join(subscriber);
  await changeTickets(live.platform, event, [1], 'BLOCKED');
  await Promise.all([stranger, fan, owner, admin].map(converged));

  await setStatus('DRAFT');
  await eventually('they are ended', async () => stranger.refusals.length > 0 && fan.refusals.length > 0);
  await changeTickets(live.platform, event, [2], 'BLOCKED');
  await Promise.all([owner, admin].map(converged));
  for (const subscriber of [stranger, fan]) {
    expect(subscriber).toMatchObject({ refusals: [REFUSAL], deltas: 1, violations: [] });
  }
  for (const subscriber of [owner, admin]) {
    expect(subscriber).toMatchObject({ refusals: [], deltas: 2, violations: [] });
  }
});

test.each(['ANNOUNCED', 'CANCELLED'])('an Event that becomes %s keeps its subscribers', async (status) => {
  const [stranger, owner] = [new VerifyingSubscriber(), new VerifyingSubscriber(organiser)];
  await join(stranger);
  await join(owner);
  await setStatus(status);
  await eventually('the channel has reloaded the Event', async () => {
    const channel = await maps.subscribe(null, event.id);
    const [map] = channel!.join(null, new VerifyingSubscriber());
    return map?.__typename === 'SeatMap' && map.event.status === status;
  });
  await changeTickets(live.platform, event, [1], 'BLOCKED');
  await converged(stranger);
  expect(stranger.refusals).toEqual([]);
});

test.each([
  [
    'prices change',
    () => live.platform.sql`update price_tiers set amount_minor = 7000 where event_id = ${event.id}`,
  ],
  [
    'the sale is paused',
    () => live.platform.sql`update events set sale_paused_at = now() where id = ${event.id}`,
  ],
])('subscribers are sent a complete map when %s, and no gap', async (_what, change) => {
  const subscriber = new VerifyingSubscriber();
  await join(subscriber);
  expect(subscriber.snapshots).toBe(1);
  await change();
  await eventually('it gets a complete map', async () => subscriber.snapshots === 2);
  await changeTickets(live.platform, event, [1], 'BLOCKED');
  await converged(subscriber);
  expect(subscriber).toMatchObject({ refusals: [], violations: [], snapshots: 2 });
});

test('a subscriber that joins right after a withdrawal is refused', async () => {
  const owner = new VerifyingSubscriber(organiser);
  await join(owner); // keeps the channel open
  const channel = (await maps.subscribe(null, event.id))!;
  await setStatus('DRAFT');
  await eventually('it is withdrawn', async () => (await maps.subscribe(null, event.id)) === null);
  expect(() => channel.join(null, new VerifyingSubscriber())).toThrow(REFUSAL);
  expect(channel.join(null, new VerifyingSubscriber(organiser))).toHaveLength(1);
});

test('an Event without a map any more ends its organiser, too, and can be subscribed to once it has one again', async () => {
  const owner = new VerifyingSubscriber(organiser);
  await join(owner);
  const tiers = await live.platform.sql`delete from price_tiers where event_id = ${event.id} returning *`;
  await eventually('they are ended', async () => owner.refusals.length > 0);
  expect(owner.refusals).toEqual([REFUSAL]);
  expect(await maps.subscribe(organiser, event.id)).toBeNull();

  await live.platform.sql`insert into price_tiers ${live.platform.sql(tiers)}`;
  const again = new VerifyingSubscriber(organiser);
  await join(again);
  await changeTickets(live.platform, event, [3], 'BLOCKED');
  await converged(again);
  expect(again).toMatchObject({ refusals: [], violations: [] });
});

describe('after a change notification, until the Event is reloaded,', () => {
  /** No periodic reload or resync, so that only the notification causes one. */
  const openSlow = () => live.openMaps({ metadataTtlMs: 3_600_000, resyncMs: 3_600_000, pollMs: 50 });

  /** Block all reads of prices, and with them reloads of the Event, during `work`. */
  async function whileReadsAreBlocked(work: () => Promise<void>): Promise<void> {
    await live.platform.sql.begin(async (tx) => {
      await tx`lock table price_tiers in access exclusive mode`;
      await work();
    });
  }

  /** Change two places, one after the other: a channel that broadcasts has broadcast the first by then. */
  async function changeTwice(witness: VerifyingSubscriber): Promise<void> {
    for (const place of [1, 2]) {
      const received = witness.deltas;
      await changeTickets(live.platform, event, [place], 'BLOCKED');
      await eventually('the witness has received it', async () => witness.deltas > received);
    }
  }

  test.each([
    ['withdrawn', 'DRAFT', 0],
    ['cancelled', 'CANCELLED', 1],
  ])('nothing is broadcast: it was %s', async (_what, status, updates) => {
    const [slow, notNotified] = [openSlow(), openSlow()];
    const [stranger, owner, witness] = [
      new VerifyingSubscriber(),
      new VerifyingSubscriber(organiser),
      new VerifyingSubscriber(),
    ];
    await join(stranger, slow);
    await join(owner, slow);
    await join(witness, notNotified);
    await setStatus(status);
    await whileReadsAreBlocked(async () => {
      slow.eventsChanged([event.id]);
      await changeTwice(witness);
      expect([stranger.deltas, owner.deltas]).toEqual([0, 0]);
    });
    await converged(owner);
    expect(owner).toMatchObject({ deltas: 1, snapshots: 1, violations: [] });
    expect(stranger).toMatchObject({ deltas: updates, violations: [] });
    expect(stranger.refusals).toEqual(updates === 0 ? [REFUSAL] : []);
  });

  test('no subscriber can join', async () => {
    const slow = openSlow();
    await join(new VerifyingSubscriber(organiser), slow);
    await setStatus('DRAFT');
    expect(await slow.subscribe(null, event.id)).not.toBeNull(); // not notified yet
    let pending: ReturnType<SeatMaps['subscribe']> | undefined;
    await whileReadsAreBlocked(async () => {
      slow.eventsChanged([event.id]);
      pending = slow.subscribe(null, event.id);
      await sessionsWaitingForLocks(live.platform.db);
    });
    expect(await pending).toBeNull();
  });

  test('a failed reload is retried until it succeeds', async () => {
    const [slow, notNotified] = [openSlow(), openSlow()];
    const [stranger, owner, witness] = [
      new VerifyingSubscriber(),
      new VerifyingSubscriber(organiser),
      new VerifyingSubscriber(),
    ];
    await join(stranger, slow);
    await join(owner, slow);
    await join(witness, notNotified);
    await setStatus('DRAFT');
    await live.platform.sql`alter table price_tiers rename to hidden`;
    try {
      slow.eventsChanged([event.id]);
      await changeTwice(witness);
      await expect(slow.subscribe(organiser, event.id)).rejects.toMatchObject({
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
      expect([stranger.deltas, owner.deltas]).toEqual([0, 0]);
    } finally {
      await live.platform.sql`alter table hidden rename to price_tiers`;
    }
    await converged(owner);
    expect(stranger).toMatchObject({ deltas: 0, refusals: [REFUSAL] });
  });
});

test('an Event withdrawn while its channel opens is refused', async () => {
  const [reading, opening] = [
    live.openMaps({ metadataTtlMs: 3_600_000 }),
    live.openMaps({ metadataTtlMs: 3_600_000 }),
  ];
  event = await eventOnSale(live.platform, { seats: 40 }); // without a board, so that opening reads tickets
  let pending: ReturnType<SeatMaps['subscribe']>[] = [];
  await live.platform.sql.begin(async (tx) => {
    await tx`lock table tickets in access exclusive mode`;
    pending = [reading, opening].map((of) => of.subscribe(null, event.id));
    await sessionsWaitingForLocks(live.platform.db);
    await setStatus('DRAFT');
    opening.eventsChanged([event.id]);
  });
  expect(await pending[0]).not.toBeNull(); // not notified
  expect(await pending[1]).toBeNull();
});
