import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError, parse, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';

import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import type { Payload } from '../../../src/realtime/encoding/payload.ts';
import {
  LiveStream,
  type LiveChannel,
  type LiveSubscriber,
} from '../../../src/realtime/subscription/live-stream.ts';
import { SharedExecutions } from '../../../src/realtime/subscription/shared-executions.ts';
import {
  resolveTarget,
  Subscription,
  type SubscriptionTarget,
} from '../../../src/realtime/subscription/subscription.ts';

interface Update {
  __typename: string;
  cursor: string;
}
const update = (cursor: string): Update => ({ __typename: 'Message', cursor });

/** A channel that publishes what the test passes in. */
class TestChannel implements LiveChannel<Update> {
  readonly subscribers = new Set<LiveSubscriber<Update>>();
  join(after: string | null, subscriber: LiveSubscriber<Update>): readonly Update[] {
    if (after === 'nonsense') throw new GraphQLError('invalid cursor');
    if (after === 'unexpected') throw new Error('unexpected error');
    this.subscribers.add(subscriber);
    return [update(after ?? 'whole')];
  }
  leave(subscriber: LiveSubscriber<Update>): void {
    this.subscribers.delete(subscriber);
  }
  publish(cursor: string): void {
    for (const subscriber of this.subscribers) subscriber.onUpdate(update(cursor));
  }
  complete(): void {
    for (const subscriber of this.subscribers) subscriber.complete();
  }
  end(message: string): void {
    for (const subscriber of this.subscribers) subscriber.end(new GraphQLError(message));
  }
}

const SUBSCRIBER = { viewer: null, address: 'here', passes: [], requestId: 'test' };

/** Records what it writes. */
class RecordingSubscription extends Subscription {
  readonly written: string[] = [];
  protected override get transport() {
    return 'websocket' as const;
  }
  protected override write({ json }: Payload): void {
    this.written.push(JSON.parse(json.toString()).data.message.cursor);
  }
  protected override sendError({ message }: GraphQLError): void {
    this.written.push(message);
  }
  protected override sendComplete(): void {
    this.written.push('complete');
  }
}

/** A channel and subscriptions to it; `delayed` holds back results, by cursor. */
function open() {
  const channel = new TestChannel();
  const delayed = new Map<string, PromiseWithResolvers<string>>();
  const schema = makeExecutableSchema({
    typeDefs: `type Query { none: Int } type Message { cursor: String }
      type Subscription { message(after: String): Message }`,
    resolvers: {
      Subscription: {
        message: { subscribe: (_root, { after }) => new LiveStream(channel, after ?? null) as never },
      },
      Message: { cursor: ({ cursor }: Update) => delayed.get(cursor)?.promise ?? cursor },
    },
  });
  const metrics = openMetrics();
  const contextFor = () => ({}) as never;
  const executions = new SharedExecutions(
    { schema, metrics, contextFor, formatError: (error) => error.toJSON() },
    { documentsPerAddress: 20, documentsPerEvent: 100, exemptDocuments: [] },
  );
  const parts = {
    schema,
    metrics,
    executions,
    contextFor,
    rateLimits: {
      arrival: () => expect.fail('an ordinary subscription weighs 1'),
      weigh: () => Promise.reject(new Error('an ordinary subscription weighs 1')),
      withdraw: () => {},
    },
    checkOperation({ query }: { query: string }) {
      const document = parse(query);
      return {
        document,
        bytes: 0,
        operation: document.definitions[0] as OperationDefinitionNode,
        variables: {},
        weight: 1,
      };
    },
  };
  const resolve = async (argument = '', resumeAfter?: string) => {
    const query = `subscription { message${argument} { cursor } }`;
    return (await resolveTarget(parts, { query }, SUBSCRIBER, null, resumeAfter)) as SubscriptionTarget;
  };
  const subscribe = async (...args: Parameters<typeof resolve>) => {
    const subscription = new RecordingSubscription(parts, SUBSCRIBER);
    subscription.start(await resolve(...args));
    return subscription;
  };
  const activeCount = async () => (await metrics.realtimeSubscriptions.get()).values[0]?.value;
  return {
    channel,
    delayed,
    resolve,
    subscribe,
    activeCount,
    create: () => new RecordingSubscription(parts, SUBSCRIBER),
  };
}

test('the first updates of the channel are written first, then later ones in order', async () => {
  const { channel, subscribe } = open();
  const { written } = await subscribe();
  channel.publish('second');
  channel.publish('third');
  expect(written).toEqual(['whole', 'second', 'third']);
});

test('a cursor sent by the transport overrides the argument', async () => {
  const { subscribe } = open();
  expect((await subscribe('(after: "five")')).written).toEqual(['five']);
  expect((await subscribe('(after: "five")', 'seven')).written).toEqual(['seven']);
});

test('asynchronous results delay later ones, and none is lost or written twice', async () => {
  const { channel, delayed, subscribe } = open();
  delayed.set('whole', Promise.withResolvers());
  delayed.set('third', Promise.withResolvers());
  const { written } = await subscribe();
  for (const cursor of ['second', 'third', 'fourth']) channel.publish(cursor);
  delayed.get('third')!.resolve('third');
  await new Promise(setImmediate);
  expect(written).toEqual([]);
  delayed.get('whole')!.resolve('whole');
  await new Promise(setImmediate);
  channel.publish('fifth');
  expect(written).toEqual(['whole', 'second', 'third', 'fourth', 'fifth']);
});

test.each([
  ['nonsense', 'invalid cursor'],
  ['unexpected', 'unexpected error'],
])('a failed join is written as an error, and leaves nothing behind: after %s', async (after, error) => {
  const { channel, subscribe, activeCount } = open();
  expect((await subscribe(`(after: "${after}")`)).written).toEqual([error]);
  expect(channel.subscribers.size).toBe(0);
  expect(await activeCount()).toBe(0);
});

test('a refusal while subscribed is written as an error, and nothing after it', async () => {
  const { channel, delayed, subscribe, activeCount } = open();
  delayed.set('second', Promise.withResolvers());
  const { written } = await subscribe();
  expect(await activeCount()).toBe(1);
  channel.publish('second');
  channel.end('not for you');
  channel.publish('third');
  delayed.get('second')!.resolve('second');
  await new Promise(setImmediate);
  expect(written).toEqual(['whole', 'not for you']);
  expect(await activeCount()).toBe(0);
});

test('completion is written after results that are delayed, and nothing after it', async () => {
  const { channel, delayed, subscribe, activeCount } = open();
  delayed.set('second', Promise.withResolvers());
  const { written } = await subscribe();
  channel.publish('second');
  channel.complete();
  await new Promise(setImmediate);
  expect(written).toEqual(['whole']);
  delayed.get('second')!.resolve('second');
  await new Promise(setImmediate);
  channel.publish('third');
  expect(written).toEqual(['whole', 'second', 'complete']);
  expect(channel.subscribers.size).toBe(0);
  expect(await activeCount()).toBe(0);
});

test('after stop nothing is written, also if that was before start', async () => {
  const { channel, resolve, subscribe, create, activeCount } = open();
  const [subscription, never] = [await subscribe(), create()];
  subscription.stop();
  subscription.stop();
  never.stop();
  never.start(await resolve());
  channel.publish('second');
  expect(subscription.written).toEqual(['whole']);
  expect(never.written).toEqual([]);
  expect(channel.subscribers.size).toBe(0);
  expect(await activeCount()).toBe(0);
});
