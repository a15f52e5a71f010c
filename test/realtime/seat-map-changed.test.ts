import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openLiveServer, type LiveServer } from './live-server.ts';
import { overSse, overWebSocket, SUBSCRIPTION, type TestSubscriber } from './transports.ts';

let live: LiveServer;
beforeAll(async () => void (live = await openLiveServer()));
afterAll(() => live[Symbol.asyncDispose]());

const opened: TestSubscriber[] = [];
afterEach(async () => {
  for (const subscriber of opened.splice(0)) subscriber.close();
  await eventually('no subscription is left', async () => (await live.count('realtimeSubscriptions')) === 0);
});

const UNKNOWN_EVENT = 'evt_00000000000000000000000000000000';

for (const transport of [overWebSocket, overSse]) {
  describe(transport.name, () => {
    const subscribe = async (variables: object, more: object = {}) => {
      const subscriber = await transport.subscribe(live.url, { variables, ...more });
      opened.push(subscriber);
      return subscriber;
    };
    const refusalOf = async (variables: object, more: object = {}) => {
      const subscriber = await subscribe(variables, more);
      const { data, errors } = await subscriber.next();
      expect(data ?? null).toBeNull();
      await subscriber.ended; // nothing follows a refusal
      return errors[0];
    };

    test('a subscriber gets the whole map, and then each change, in order', async () => {
      const { event, set } = await live.onSale(40);
      const subscriber = await subscribe({ event });
      const map = (await subscriber.next()).data.seatMapChanged;
      expect(map).toMatchObject({ __typename: 'SeatMap', available: 40 });
      expect(map.sections.map(({ statuses }: any) => statuses).join('')).toBe('A'.repeat(40));

      await set([3, 5], 'B');
      const delta = (await subscriber.next()).data.seatMapChanged;
      expect(delta).toMatchObject({
        __typename: 'SeatMapDelta',
        epoch: map.epoch,
        fromSequence: map.sequence + 1,
        places: [3, 5],
        statuses: 'BB',
        available: 38,
      });
      await set([3], 'A');
      expect((await subscriber.next()).data.seatMapChanged).toMatchObject({
        fromSequence: delta.sequence + 1,
        places: [3],
        statuses: 'A',
      });
    });

    test.each([
      ['the field', '{ F @skip(if: $yes) { __typename } }'],
      ['one of two fields', '{ a: F @skip(if: $yes) { __typename } b: F @include(if: $yes) { __typename } }'],
      ['a named fragment', '{ ...R @include(if: $yes) } fragment R on Subscription { F { __typename } }'],
    ])('a root field under @skip or @include is refused: %s', async (_what, selection) => {
      const { event } = await live.onSale();
      const query = `subscription ($event: ID!, $yes: Boolean = true) ${selection.replaceAll('F ', 'seatMapChanged(event: $event) ')}`;
      expect(await refusalOf({ event }, { query })).toMatchObject({
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      });
    });

    test('a subscription after a cursor gets the missed changes, and nothing else', async () => {
      const { event, set } = await live.onSale();
      const subscriber = await subscribe({ event });
      const { cursor, sequence } = (await subscriber.next()).data.seatMapChanged;
      await set([1], 'B');
      await subscriber.next();
      subscriber.close();
      await set([2], 'B');

      const again = await subscribe({ event, after: cursor });
      const missed = [(await again.next()).data.seatMapChanged];
      if (missed[0].places.length === 1) missed.push((await again.next()).data.seatMapChanged); // in one delta or two
      expect(missed[0]).toMatchObject({ __typename: 'SeatMapDelta', fromSequence: sequence + 1 });
      expect(missed.flatMap(({ places }) => places)).toEqual([1, 2]);
      await set([3], 'B');
      expect((await again.next()).data.seatMapChanged).toMatchObject({ places: [3] });
    });

    test.each([
      ['an Event that does not exist', { event: UNKNOWN_EVENT }],
      ['an invalid id', { event: 'nothing' }],
    ])('%s is refused', async (_what, variables) => {
      expect(await refusalOf(variables)).toMatchObject({
        path: ['seatMapChanged'],
        extensions: { code: 'BAD_USER_INPUT', argument: 'event', requestId: expect.any(String) },
      });
    });

    test('an invalid cursor is refused', async () => {
      const { event } = await live.onSale();
      expect(await refusalOf({ event, after: '§' })).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      });
    });

    test('only its organiser can subscribe to a draft', async () => {
      const { event } = await live.draft();
      expect((await refusalOf({ event })).extensions.argument).toBe('event');
      const token = await live.token('another', 'ORGANISER');
      expect((await refusalOf({ event }, { token })).extensions.argument).toBe('event');

      const subscriber = await subscribe({ event }, { token: await live.token(ORGANISER, 'ORGANISER') });
      expect((await subscriber.next()).data.seatMapChanged.__typename).toBe('SeatMap');
    });

    test.each([
      ['invalid syntax', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      [
        'two root fields',
        `subscription { a: seatMapChanged(event: "a") { __typename } b: seatMapChanged(event: "b") { __typename } }`,
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['a query', '{ viewer { subject } }', 'INVALID_REQUEST'],
      [
        'two operations without an operation name',
        `${SUBSCRIPTION} query Q { viewer { subject } }`.replace('subscription', 'subscription S'),
        'INVALID_REQUEST',
      ],
      ['a missing variable', SUBSCRIPTION, 'BAD_USER_INPUT'],
      [
        'a selection too deep',
        `subscription { seatMapChanged(event: "a") { ... on SeatMap { event { venue { events { nodes { venue { events { nodes { venue { events { nodes { id } } } } } } } } } } } } }`,
        'OPERATION_TOO_COMPLEX',
      ],
      [
        'a selection too expensive',
        `subscription { seatMapChanged(event: "a") { ... on SeatMap { event { venue { events(first: 100) { nodes { venue { events(first: 100) { nodes { id } } } } } } } } } }`,
        'OPERATION_TOO_COMPLEX',
      ],
    ])('%s is refused', async (_what, query, code) => {
      expect((await refusalOf({}, { query })).extensions).toMatchObject({
        code,
        requestId: expect.any(String),
      });
    });

    test('a list of errors that goes on is ended by one that says so', async () => {
      const fields = Array.from({ length: 12 }, (_, at) => `f${at}`).join(' ');
      const subscriber = await subscribe(
        {},
        { query: `subscription { seatMapChanged(event: "a") { __typename ... on SeatMap { ${fields} } } }` },
      );
      const errors = (await subscriber.next()).errors;
      expect(errors).toHaveLength(11);
      expect(errors.at(-1)).toMatchObject({
        message: expect.stringContaining('more than 10 errors'),
        extensions: { code: 'OPERATION_TOO_COMPLEX', what: 'errors', limit: 10, measured: 11 },
      });
    });

    test('subscribers with equal operations share one execution, and are sent the same bytes', async () => {
      const { event, set } = await live.onSale();
      const { cursor } = await (async () => {
        const subscriber = await subscribe({ event });
        const first = (await subscriber.next()).data.seatMapChanged;
        subscriber.close();
        await eventually(
          'the subscription is gone',
          async () => (await live.count('realtimeSubscriptions')) === 0,
        );
        return first;
      })();
      const subscribers = await Promise.all([
        ...Array.from({ length: 5 }, () => subscribe({ event })),
        ...Array.from({ length: 5 }, () => subscribe({ event, after: cursor })), // the cursor makes no difference
      ]);
      await Promise.all(subscribers.slice(0, 5).map((subscriber) => subscriber.next()));
      const subscribed = async () => (await live.count('realtimeSubscriptions')) === subscribers.length;
      await eventually('all are subscribed', subscribed);

      const executed = await live.count('realtimeExecutions');
      const delivered = await live.count('realtimeDeliveries');
      await set([7], 'B');
      const results = await Promise.all(subscribers.map((subscriber) => subscriber.next()));
      expect(results.every(({ data }) => data.seatMapChanged.places[0] === 7)).toBe(true);
      expect(await live.count('realtimeExecutions')).toBe(executed + 1);
      expect(await live.count('realtimeDeliveries')).toBe(delivered + subscribers.length);
      expect(new Set(subscribers.map(({ bytes }) => bytes.at(-1))).size).toBe(1);

      const other = await subscribe({ event }, { query: SUBSCRIPTION.replace('places', 'available') });
      await other.next();
      await set([8], 'B');
      await Promise.all([...subscribers, other].map((subscriber) => subscriber.next()));
      expect(await live.count('realtimeExecutions')).toBe(executed + 1 + 1 + 2); // its own whole map, and the delta once per operation
    });

    test('an absent variable with a default, and null, make different operations', async () => {
      const { event } = await live.onSale();
      const query = `subscription ($event: ID!, $count: Boolean = true) { seatMapChanged(event: $event) {
        ... on SeatMap { cursor available @include(if: $count) }
      } }`;
      const [odd, plain] = [
        await subscribe({ event, count: null }, { query }),
        await subscribe({ event }, { query }),
      ];
      expect((await odd.next()).errors).toHaveLength(1); // null is not a Boolean
      expect((await plain.next()).data.seatMapChanged.available).toBe(40);
    });

    test('a result that depends on the viewer is not shared with another viewer', async () => {
      const shown = await live.onSale();
      const hidden = await live.draft(shown);
      const query = `subscription { seatMapChanged(event: "${shown.event}") {
        ... on SeatMap { event { venue { events { nodes { id } } } } } ... on SeatMapDelta { places }
      } }`;
      const token = await live.token(ORGANISER, 'ORGANISER');
      const subscribers = [await subscribe({}, { query, token }), await subscribe({}, { query })];
      const seen = await Promise.all(
        subscribers.map(
          async (subscriber) => (await subscriber.next()).data.seatMapChanged.event.venue.events.nodes,
        ),
      );
      expect(seen.map((nodes) => nodes.some(({ id }: { id: string }) => id === hidden.event))).toEqual([
        true,
        false,
      ]);

      const executed = await live.count('realtimeExecutions');
      await shown.set([1], 'B');
      await Promise.all(subscribers.map((subscriber) => subscriber.next()));
      expect(await live.count('realtimeExecutions')).toBe(executed + 1); // a delta does not depend on the viewer
    });

    test('after its end a subscription is sent nothing more, and leaves nothing behind', async () => {
      const { event, set } = await live.onSale();
      const [staying, leaving] = [await subscribe({ event }), await subscribe({ event })];
      await Promise.all([staying.next(), leaving.next()]);
      expect(await live.count('realtimeSubscriptions')).toBe(2);
      leaving.close();
      await leaving.ended;
      await eventually(
        'the subscription is gone',
        async () => (await live.count('realtimeSubscriptions')) === 1,
      );
      const delivered = await live.count('realtimeDeliveries');
      await set([1], 'B');
      await staying.next();
      expect(await live.count('realtimeDeliveries')).toBe(delivered + 1);
    });
  });
}
