import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';

import { openRedis, type RedisHelper } from '../../../src/platform/redis/client.ts';
import type { RedisUrl } from '../../../src/platform/redis/shards.ts';
import { Subscriptions, type ChannelListener } from '../../../src/platform/redis/subscriptions.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import { openRelay, throughRelay } from '../../client/relay.ts';
import { ownRedis } from '../../seat-map/own-redis.ts';
import { eventually } from '../../support/wait-until.ts';
import {
  clusterIsHere,
  ownCluster,
  type ClusterNode,
  type ClusterOptions,
  type OwnCluster,
} from './own-cluster.ts';

let opened: AsyncDisposableStack;
let redis: RedisHelper;
let subscriptions: Subscriptions;

beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

function open(url: RedisUrl): void {
  redis = opened.use(openRedis(url, { prefix: '', log: openLog('silent'), metrics: openMetrics() }));
  subscriptions = opened.use(new Subscriptions(redis, openLog('silent')));
}

/** A listener, and what it received. */
class Ear implements ChannelListener {
  readonly heard: string[] = [];
  stood = 0;
  onMessage(message: string) {
    this.heard.push(message);
  }
  subscribed() {
    this.stood++;
  }
}

async function listen(channel: string): Promise<Ear> {
  const ear = new Ear();
  await subscriptions.add(channel, ear);
  await eventually('it is subscribed', async () => ear.stood > 0);
  return ear;
}

/** Publish until a subscriber receives it, which proves that it has subscribed again. */
const hears = (ear: Ear, channel: string, message: string) =>
  eventually(`"${message}" is heard on ${channel}`, async () => {
    await redis.attempt('test', channel, 0, async (to) => Number(await to.spublish(channel, message)));
    return ear.heard.includes(message);
  });

describe.skipIf(inject('redisUrl') === null)('one Redis', () => {
  test('that comes back is subscribed to again, and listeners are notified', async () => {
    const own = opened.use(await ownRedis());
    open(own.url);
    const [one, other] = [await listen('one'), await listen('other')];
    await hears(one, 'one', 'before');
    await own.kill();
    await own.start();
    await hears(one, 'one', 'after');
    await hears(other, 'other', 'after');
    expect([one.stood > 1, other.stood > 1]).toEqual([true, true]);
    expect(other.heard).not.toContain('before');
  });

  test('gets no connection before the first subscription', async () => {
    const own = opened.use(await ownRedis());
    open(own.url);
    const listeners = () =>
      own.run(async (to) => String(await to.call('CLIENT', 'LIST', 'TYPE', 'pubsub')).trim());
    await eventually('commands go through', async () => redis.available());
    expect(await listeners()).toBe('');
    await listen('one');
    expect(await listeners()).toMatch(/ssub=1/);
  });

  test('that is unavailable at the first subscription is subscribed to once it is available', async () => {
    const own = opened.use(await ownRedis());
    await own.kill();
    open(own.url);
    const ear = new Ear();
    await subscriptions.add('one', ear);
    expect(ear.stood).toBe(0);
    await own.start();
    await hears(ear, 'one', 'hello');
  });

  test('behind a half-open connection is subscribed to over another', async () => {
    const relay = opened.use(await openRelay(inject('redisUrl')!));
    open(throughRelay(inject('redisUrl')!, relay));
    const channel = randomUUID();
    const ear = await listen(channel);
    await hears(ear, channel, 'before');
    relay.blackHole();
    await hears(ear, channel, 'after');
    expect(ear.stood).toBeGreaterThan(1);
  });

  test('messages of a removed channel are not delivered', async () => {
    open(inject('redisUrl')!);
    const ear = await listen('some-channel');
    await hears(ear, 'some-channel', 'before');
    subscriptions.remove('some-channel');
    await eventually('the channel has no subscriber', async () => {
      return (
        (await redis.attempt('test', '', null, async (to) => to.spublish('some-channel', 'after'))) === 0
      );
    });
    expect(ear.heard).not.toContain('after');
  });
});

describe.skipIf(!clusterIsHere)('a cluster', () => {
  let cluster: OwnCluster;
  let channels: string[];
  let ears: Ear[];

  async function openAll(options?: ClusterOptions): Promise<void> {
    cluster = opened.use(await ownCluster(options));
    channels = [0, 1, 2].map((master) => `${cluster.keyOn(master)}channel`);
    open(cluster.urls);
    ears = await Promise.all(channels.map(listen));
  }

  const allHear = (message: string) =>
    Promise.all(ears.map((ear, index) => hears(ear, channels[index]!, message)));
  const listenersOn = async (node: ClusterNode) => String(await node.run('CLIENT', 'LIST', 'TYPE', 'pubsub'));

  test('is subscribed to on the shards of the channels', async () => {
    await openAll();
    await allHear('hello');
    for (const [index, node] of cluster.nodes.entries()) {
      expect(await node.run('PUBSUB', 'SHARDCHANNELS')).toEqual([channels[index]]);
    }
  });

  test('one of whose shards comes back is subscribed to there again; the other shards keep their subscriptions', async () => {
    await openAll();
    await allHear('before');
    await cluster.nodes[1]!.kill();
    await hears(ears[0]!, channels[0]!, 'meanwhile');
    await hears(ears[2]!, channels[2]!, 'meanwhile');
    await cluster.nodes[1]!.start();
    await allHear('after');
    expect(ears.map(({ stood }) => stood > 1)).toEqual([false, true, false]);
  });

  test('where a replica takes over is subscribed to there', async () => {
    await openAll({ replicas: 1 });
    await cluster.nodes[1]!.kill();
    await allHear('after');
    expect(ears.map(({ stood }) => stood > 1)).toEqual([false, true, false]);
    await cluster.nodes[1]!.start(); // as a replica, from now on
    await allHear('long after');
  });

  test('where a slot moves is subscribed to on its new shard, and the old connection is closed', async () => {
    await openAll();
    await cluster.moveSlot(channels[1]!, cluster.nodes[2]!);
    await allHear('after');
    expect(ears[1]!.stood).toBeGreaterThan(1);
    await eventually('the old shard has no subscriber', async () => {
      return (await listenersOn(cluster.nodes[1]!)).trim() === '';
    });
  });

  test('whose slot is unavailable for a moment is subscribed to again, as the subscription was lost', async () => {
    await openAll();
    await cluster.moveSlot(channels[1]!, cluster.nodes[2]!);
    await cluster.moveSlot(channels[1]!, cluster.nodes[1]!);
    await allHear('after');
  });

  test('where a slot leaves a connection that is still needed is subscribed to on both shards', async () => {
    await openAll();
    const moves = `${cluster.keyOn(1, 1)}moves`;
    const ear = await listen(moves);
    await cluster.moveSlot(moves, cluster.nodes[2]!);
    await hears(ear, moves, 'after');
    await allHear('after');
    expect(await cluster.nodes[1]!.run('PUBSUB', 'SHARDCHANNELS')).toEqual([channels[1]]);
  });

  test('of which a shard hangs does not block, and is subscribed to once the shard responds', async () => {
    await openAll();
    cluster.nodes[1]!.freeze();
    const late = new Ear();
    const channel = `${cluster.keyOn(1)}late`;
    await subscriptions.add(channel, late);
    expect(late.stood).toBe(0);
    await hears(ears[0]!, channels[0]!, 'meanwhile');
    cluster.nodes[1]!.thaw();
    await hears(late, channel, 'after');
    await allHear('after');
  });
});
