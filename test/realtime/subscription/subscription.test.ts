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
import { SharedExecutions } from '../../../src/realtime/subscription/shared-execution.ts';
import {
  resolveTarget,
  Subscription,
  type SubscriptionTarget,
} from '../../../src/realtime/subscription/subscription.ts';

interface Update {
  __typename: string;
  cursor: string;
}
const update = (cursor: string): Update => ({ __typename: 'Said', cursor });

/** A channel that says what the test says. */
class TestChannel implements LiveChannel<Update> {
  readonly followers = new Set<LiveSubscriber<Update>>();
  join(after: string | null, follower: LiveSubscriber<Update>): readonly Update[] {
    if (after === 'nonsense') throw new GraphQLError('no cursor');
    if (after === 'trouble') throw new Error('not foreseen');
    this.followers.add(follower);
    return [update(after ?? 'whole')];
  }
  leave(follower: LiveSubscriber<Update>): void {
    this.followers.delete(follower);
  }
  publish(cursor: string): void {
    for (const follower of this.followers) follower.onUpdate(update(cursor));
  }
  end(message: string): void {
    for (const follower of this.followers) follower.end(new GraphQLError(message));
  }
}

const SUBSCRIBER = { viewer: null, address: 'here', requestId: 'test' };

/** Writes down what it has to write. */
class RecordingSubscription extends Subscription {
  readonly written: string[] = [];
  protected override write({ json }: Payload): void {
    this.written.push(JSON.parse(json.toString()).data.said.cursor);
  }
  protected override sendError({ message }: GraphQLError): void {
    this.written.push(message);
  }
}

/** A channel, what is asked of it, and results that can be made to wait: `held` are those that do, by cursor. */
function open() {
  const channel = new TestChannel();
  const held = new Map<string, PromiseWithResolvers<string>>();
  const schema = makeExecutableSchema({
    typeDefs: `type Query { none: Int } type Said { cursor: String }
      type Subscription { said(after: String): Said }`,
    resolvers: {
      Subscription: {
        said: { subscribe: (_root, { after }) => new LiveStream(channel, after ?? null) as never },
      },
      Said: { cursor: ({ cursor }: Update) => held.get(cursor)?.promise ?? cursor },
    },
  });
  const metrics = openMetrics();
  const contextFor = () => ({}) as never;
  const executions = new SharedExecutions({
    schema,
    metrics,
    contextFor,
    formatError: (error) => error.toJSON(),
  });
  const parts = {
    schema,
    metrics,
    executions,
    contextFor,
    checkOperation({ query }: { query: string }) {
      const document = parse(query);
      return {
        query,
        document,
        operation: document.definitions[0] as OperationDefinitionNode,
        variables: {},
      };
    },
  };
  const ask = async (argument = '', resumeAfter?: string) => {
    const query = `subscription { said${argument} { cursor } }`;
    return (await resolveTarget(parts, { query }, SUBSCRIBER, resumeAfter)) as SubscriptionTarget;
  };
  const follow = async (...asked: Parameters<typeof ask>) => {
    const following = new RecordingSubscription(parts, SUBSCRIBER);
    following.start(await ask(...asked));
    return following;
  };
  const counted = async () => (await metrics.realtimeSubscriptions.get()).values[0]?.value;
  return { channel, held, ask, follow, counted, writing: () => new RecordingSubscription(parts, SUBSCRIBER) };
}

test('what there is comes first, and then everything in order', async () => {
  const { channel, follow } = open();
  const { written } = await follow();
  channel.publish('second');
  channel.publish('third');
  expect(written).toEqual(['whole', 'second', 'third']);
});

test('where the transport says that the client stands counts for more than what is asked', async () => {
  const { follow } = open();
  expect((await follow('(after: "five")')).written).toEqual(['five']);
  expect((await follow('(after: "five")', 'seven')).written).toEqual(['seven']);
});

test('results that take a while hold up those behind them, and none is lost or told twice', async () => {
  const { channel, held, follow } = open();
  held.set('whole', Promise.withResolvers());
  held.set('third', Promise.withResolvers());
  const { written } = await follow();
  for (const cursor of ['second', 'third', 'fourth']) channel.publish(cursor);
  held.get('third')!.resolve('third');
  await new Promise(setImmediate);
  expect(written).toEqual([]);
  held.get('whole')!.resolve('whole');
  await new Promise(setImmediate);
  channel.publish('fifth');
  expect(written).toEqual(['whole', 'second', 'third', 'fourth', 'fifth']);
});

test.each([
  ['nonsense', 'no cursor'],
  ['trouble', 'not foreseen'],
])('whoever cannot join is told so, and nothing is left: after %s', async (after, told) => {
  const { channel, follow, counted } = open();
  expect((await follow(`(after: "${after}")`)).written).toEqual([told]);
  expect(channel.followers.size).toBe(0);
  expect(await counted()).toBe(0);
});

test('whoever is refused later is told so, and nothing after it', async () => {
  const { channel, held, follow, counted } = open();
  held.set('second', Promise.withResolvers());
  const { written } = await follow();
  expect(await counted()).toBe(1);
  channel.publish('second');
  channel.end('not for you');
  channel.publish('third');
  held.get('second')!.resolve('second');
  await new Promise(setImmediate);
  expect(written).toEqual(['whole', 'not for you']);
  expect(await counted()).toBe(0);
});

test('whoever stops is told nothing, also if that was before it began', async () => {
  const { channel, ask, follow, writing, counted } = open();
  const [following, never] = [await follow(), writing()];
  following.stop();
  following.stop();
  never.stop();
  never.start(await ask());
  channel.publish('second');
  expect(following.written).toEqual(['whole']);
  expect(never.written).toEqual([]);
  expect(channel.followers.size).toBe(0);
  expect(await counted()).toBe(0);
});
