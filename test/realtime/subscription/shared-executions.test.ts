import { makeExecutableSchema } from '@graphql-tools/schema';
import { getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';

import type { Viewer } from '../../../src/platform/auth/viewer.ts';
import { openMetrics } from '../../../src/platform/telemetry/metrics.ts';
import type { LiveChannel, LiveUpdate } from '../../../src/realtime/subscription/live-stream.ts';
import type { SharedExecution } from '../../../src/realtime/subscription/shared-execution.ts';
import {
  SharedExecutions,
  type ExecutionLimits,
} from '../../../src/realtime/subscription/shared-executions.ts';

const REFERENCE = 'subscription { map { count } }';
const schema = makeExecutableSchema({
  typeDefs: `type Query { none: Int } type Subscription { map: Map } type Map { count: Int owner: Owner } type Owner { name: String }`,
  resolvers: { Map: { owner: (_map, _args, context) => ({ name: context.viewer?.id ?? 'none' }) } },
});

const channel = (): LiveChannel => ({ join: () => [], leave: () => {} });
const variant = (n: number) => `subscription { map { alias${n}: count } }`;

function open(limits: Partial<ExecutionLimits> = {}) {
  const metrics = openMetrics();
  const executions = new SharedExecutions(
    {
      schema,
      metrics,
      contextFor: ({ viewer }) => ({ viewer }) as never,
      formatError: (error) => error.toJSON(),
    },
    { documentsPerAddress: 3, documentsPerEvent: 5, exemptDocuments: [REFERENCE], ...limits },
  );
  const acquire = (query: string, of: LiveChannel, address: string, bytes = 1_000) => {
    const document = parse(query);
    const checked = {
      document,
      bytes,
      operation: getOperationAST(document)!,
      variables: {},
      weight: 1,
    };
    const refusals: Error[] = [];
    const user = {
      address,
      evict(refusal: Error) {
        refusals.push(refusal);
        release();
      },
    };
    const execution = executions.acquire(checked, of, user);
    const release = () => executions.release(execution, of, user);
    return { execution, refusals, release };
  };
  const executed = async () => (await metrics.realtimeExecutions.get()).values[0]!.value;
  return { executions, acquire, executed };
}

const refusal = (scope: string, limit: number) =>
  expect.objectContaining({
    extensions: expect.objectContaining({ code: 'TOO_MANY_DOCUMENTS', scope, limit }),
  });

test('documents are limited by address, of all Events together', () => {
  const { acquire } = open();
  for (const n of [1, 2, 3]) acquire(variant(n), channel(), '1.2.3.4');
  expect(() => acquire(variant(4), channel(), '1.2.3.4')).toThrow(refusal('ADDRESS', 3));
  acquire(variant(2), channel(), '1.2.3.4'); // it has this one
  acquire(variant(4), channel(), '1.2.3.5');
});

test('addresses of one IPv6 network count as one', () => {
  const { acquire } = open();
  for (const n of [1, 2, 3]) acquire(variant(n), channel(), `2001:db8:0:${n}::1`);
  expect(() => acquire(variant(4), channel(), '2001:db8:0:4::1')).toThrow(refusal('ADDRESS', 3));
  acquire(variant(4), channel(), '2001:db8:1:4::1');
});

test('documents are limited by Event, of all addresses together', () => {
  const { acquire } = open();
  const event = channel();
  for (const n of [1, 2, 3, 4, 5]) acquire(variant(n), event, `1.2.3.${n}`);
  expect(() => acquire(variant(6), event, '1.2.3.6')).toThrow(refusal('EVENT', 5));
  acquire(variant(6), channel(), '1.2.3.6');
});

test('who shares a document of the Event, or sends a published one, is never refused', () => {
  const { acquire } = open();
  const event = channel();
  for (const n of [1, 2, 3, 4, 5]) acquire(variant(n), event, `1.2.3.${n}`);
  for (const n of [6, 7, 8]) acquire(variant(n), channel(), '9.9.9.9');
  expect(() => acquire(variant(9), event, '9.9.9.9')).toThrow(refusal('ADDRESS', 3));
  for (const n of [1, 2, 3, 4, 5]) acquire(variant(n), event, '9.9.9.9');
  for (let n = 0; n < 1_000; n++)
    acquire(REFERENCE.replaceAll(' ', ' '.repeat(1 + (n % 9))), event, '9.9.9.9');
});

test('the first document of an address displaces the newest of the address with most', () => {
  const { acquire, executions } = open();
  const event = channel();
  const ofFirst = [1, 2].map((n) => acquire(variant(n), event, '1.1.1.1'));
  const ofSecond = [3, 4, 5].map((n) => acquire(variant(n), event, '2.2.2.2'));
  const elsewhere = acquire(variant(5), channel(), '3.3.3.3');
  const newcomer = acquire(variant(6), event, '4.4.4.4');
  expect(ofSecond[2]!.refusals).toEqual([refusal('EVENT', 5)]);
  for (const { refusals } of [...ofFirst, ...ofSecond.slice(0, 2), elsewhere, newcomer])
    expect(refusals).toEqual([]);
  expect(executions.size).toBe(6); // the displaced one is still in use elsewhere
});

test('as few addresses as half of the limit cannot keep an address out', () => {
  const { acquire } = open({ documentsPerAddress: 20, documentsPerEvent: 100 });
  const event = channel();
  for (let n = 0; n < 100; n++) acquire(variant(n), event, `1.1.1.${n % 5}`);
  const honest = Array.from({ length: 50 }, (_, n) => acquire(variant(1_000 + n), event, `2.2.2.${n}`));
  for (let n = 0; n < 2_000; n++) {
    try {
      acquire(variant(10_000 + n), event, `3.3.3.${n % 49}`);
    } catch (error) {
      expect(error).toEqual(refusal('EVENT', 100));
    }
  }
  for (const { refusals } of honest) expect(refusals).toEqual([]);
});

test('the memory is shared fairly, too: a document displaces those of the address with most', () => {
  const { acquire, executions } = open({ documentBytes: 4_000, documentsPerAddress: 100 });
  const held = [1, 2, 3, 4].map((n) => acquire(variant(n), channel(), '1.1.1.1'));
  acquire(variant(5), channel(), '2.2.2.2');
  expect(held.map(({ refusals }) => refusals)).toEqual([[], [], [], [refusal('SERVER', 4_000)]]);
  expect(executions.size).toBe(4);
});

test('a document that is refused for its size displaces none', () => {
  const { acquire, executions } = open({ documentBytes: 10_000, documentsPerAddress: 100 });
  const small = Array.from({ length: 9 }, (_, n) => acquire(variant(n), channel(), '1.1.1.1'));
  const large = acquire(variant(10), channel(), '2.2.2.2', 6_000);
  const held = [...small, large];
  // four of the first address would give way, and then no address would be charged more than the newcomer
  expect(() => acquire(variant(11), channel(), '3.3.3.3', 6_000)).toThrow(refusal('SERVER', 10_000));
  expect(held.flatMap(({ refusals }) => refusals)).toEqual([]);
  expect(executions.size).toBe(10);

  acquire(variant(12), channel(), '3.3.3.3');
  expect(held.map(({ refusals }) => refusals.length)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  expect(executions.size).toBe(6);
});

test('the memory of all documents is limited', () => {
  const { acquire, executions } = open({ documentBytes: 2_000, documentsPerAddress: 100 });
  acquire(variant(1), channel(), '1.1.1.1');
  acquire(variant(2), channel(), '1.1.1.1');
  expect(() => acquire(variant(3), channel(), '1.1.1.1')).toThrow(refusal('SERVER', 2_000));
  acquire(variant(1), channel(), '2.2.2.2');
  expect(executions.size).toBe(2);
});

test('a released document makes room, and nothing of it is left', () => {
  const { acquire, executions } = open({ documentBytes: 3_000 });
  const event = channel();
  for (let round = 0; round < 10; round++) {
    const held = [1, 2, 3].map((n) => acquire(variant(10 * round + n), event, '1.2.3.4'));
    const again = acquire(variant(10 * round + 1), event, '1.2.3.4');
    expect(again.execution).toBe(held[0]!.execution);
    for (const { release } of [...held, again]) release();
    expect(executions.size).toBe(0);
  }
});

test('2,000 variants of one document cost as many executions per change as the Event permits', async () => {
  const { acquire, executed } = open({ documentsPerAddress: 20, documentsPerEvent: 100 });
  const event = channel();
  const admitted: SharedExecution[] = [];
  for (let n = 0; n < 2_000; n++) {
    try {
      admitted.push(acquire(variant(n), event, `1.1.1.${n % 40}`).execution);
    } catch (error) {
      expect(error).toEqual(expect.objectContaining({ name: 'CodedError' }));
    }
  }
  expect(admitted).toHaveLength(100);
  for (let change = 0; change < 20; change++) {
    const update: LiveUpdate = { __typename: 'Map', cursor: String(change) };
    for (const execution of admitted)
      await execution.payload(update, { viewer: null, address: '1.1.1.1', passes: [], requestId: 'test' });
  }
  expect(await executed()).toBe(20 * 100);
});

test('a result that depends on the viewer is shared by the subscriptions of that viewer alone', async () => {
  const { acquire, executed } = open();
  const { execution } = acquire('subscription { map { owner { name } } }', channel(), '1.1.1.1');
  const update = { __typename: 'Map', cursor: '1' };
  const viewer = (id: string, ...roles: string[]): Viewer => ({
    id,
    roles: new Set(roles) as Viewer['roles'],
  });
  const seen = async (of: Viewer | null) =>
    JSON.parse(
      (
        await execution.payload(update, { viewer: of, address: '1.1.1.1', passes: [], requestId: 'test' })
      ).json.toString(),
    ).data.map.owner.name;
  for (let n = 0; n < 50; n++) {
    expect(await seen(viewer('a', 'FAN'))).toBe('a');
    expect(await seen(viewer('b', 'FAN'))).toBe('b');
    expect(await seen(viewer('b', 'ADMIN', 'FAN'))).toBe('b');
    expect(await seen(viewer('b', 'FAN', 'ADMIN'))).toBe('b');
    expect(await seen(null)).toBe('none');
  }
  expect(await executed()).toBe(4); // a, b, b as an administrator, and all without a token
});
