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
  for (const reader of opened.splice(0)) reader.close();
  await eventually('no subscription is left', async () => (await live.count('realtimeSubscriptions')) === 0);
});

const NOBODY = 'evt_00000000000000000000000000000000';

for (const transport of [overWebSocket, overSse]) {
  describe(transport.name, () => {
    const follow = async (variables: object, asking: object = {}) => {
      const reader = await transport.subscribe(live.url, { variables, ...asking });
      opened.push(reader);
      return reader;
    };
    const refusalOf = async (variables: object, asking: object = {}) => {
      const reader = await follow(variables, asking);
      const { data, errors } = await reader.next();
      expect(data ?? null).toBeNull();
      await reader.ended; // a refusal is the last that is said
      return errors[0];
    };

    test('a follower gets the whole map, and then each change, in order', async () => {
      const { event, set } = await live.onSale(40);
      const reader = await follow({ event });
      const map = (await reader.next()).data.seatMapChanged;
      expect(map).toMatchObject({ __typename: 'SeatMap', available: 40 });
      expect(map.sections.map(({ statuses }: any) => statuses).join('')).toBe('A'.repeat(40));

      await set([3, 5], 'B');
      const delta = (await reader.next()).data.seatMapChanged;
      expect(delta).toMatchObject({
        __typename: 'SeatMapDelta',
        epoch: map.epoch,
        fromSequence: map.sequence + 1,
        places: [3, 5],
        statuses: 'BB',
        available: 38,
      });
      await set([3], 'A');
      expect((await reader.next()).data.seatMapChanged).toMatchObject({
        fromSequence: delta.sequence + 1,
        places: [3],
        statuses: 'A',
      });
    });

    test.each([
      ['the field', '{ F @skip(if: $yes) { __typename } }'],
      ['one of two fields', '{ a: F @skip(if: $yes) { __typename } b: F @include(if: $yes) { __typename } }'],
      ['a named fragment', '{ ...R @include(if: $yes) } fragment R on Subscription { F { __typename } }'],
    ])('what a variable may leave out is refused as a mistake: %s', async (_what, selection) => {
      const { event } = await live.onSale();
      const query = `subscription ($event: ID!, $yes: Boolean = true) ${selection.replaceAll('F ', 'seatMapChanged(event: $event) ')}`;
      expect(await refusalOf({ event }, { query })).toMatchObject({
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      });
    });

    test('whoever gives a cursor gets what they missed, and nothing else', async () => {
      const { event, set } = await live.onSale();
      const reader = await follow({ event });
      const { cursor, sequence } = (await reader.next()).data.seatMapChanged;
      await set([1], 'B');
      await reader.next();
      reader.close();
      await set([2], 'B');

      const again = await follow({ event, after: cursor });
      const missed = [(await again.next()).data.seatMapChanged];
      if (missed[0].places.length === 1) missed.push((await again.next()).data.seatMapChanged); // one by one, or as one
      expect(missed[0]).toMatchObject({ __typename: 'SeatMapDelta', fromSequence: sequence + 1 });
      expect(missed.flatMap(({ places }) => places)).toEqual([1, 2]);
      await set([3], 'B');
      expect((await again.next()).data.seatMapChanged).toMatchObject({ places: [3] });
    });

    test.each([
      ['an Event that does not exist', { event: NOBODY }],
      ['an id of nothing', { event: 'nothing' }],
    ])('%s cannot be followed', async (_what, variables) => {
      expect(await refusalOf(variables)).toMatchObject({
        path: ['seatMapChanged'],
        extensions: { code: 'BAD_USER_INPUT', argument: 'event', requestId: expect.any(String) },
      });
    });

    test('a cursor that is none is refused', async () => {
      const { event } = await live.onSale();
      expect(await refusalOf({ event, after: '§' })).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      });
    });

    test('a draft is followed by its organiser, and by nobody else', async () => {
      const { event } = await live.draft();
      expect((await refusalOf({ event })).extensions.argument).toBe('event');
      const token = await live.token('somebody', 'ORGANISER');
      expect((await refusalOf({ event }, { token })).extensions.argument).toBe('event');

      const reader = await follow({ event }, { token: await live.token(ORGANISER, 'ORGANISER') });
      expect((await reader.next()).data.seatMapChanged.__typename).toBe('SeatMap');
    });

    test.each([
      ['what is no GraphQL', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['what is not in the schema', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      [
        'two things at once',
        `subscription { a: seatMapChanged(event: "a") { __typename } b: seatMapChanged(event: "b") { __typename } }`,
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['a query', '{ viewer { subject } }', 'INVALID_REQUEST'],
      [
        'one of two operations without saying which',
        `${SUBSCRIPTION} query Q { viewer { subject } }`.replace('subscription', 'subscription S'),
        'INVALID_REQUEST',
      ],
      ['a missing variable', SUBSCRIPTION, 'BAD_USER_INPUT'],
      [
        'what is too deep',
        `subscription { seatMapChanged(event: "a") { ... on SeatMap { event { venue { events { nodes { venue { events { nodes { venue { events { nodes { id } } } } } } } } } } } } }`,
        'OPERATION_TOO_COMPLEX',
      ],
      [
        'what is too much',
        `subscription { seatMapChanged(event: "a") { ... on SeatMap { event { venue { events(first: 100) { nodes { venue { events(first: 100) { nodes { id } } } } } } } } } }`,
        'OPERATION_TOO_COMPLEX',
      ],
    ])('%s is refused', async (_what, query, code) => {
      expect((await refusalOf({}, { query })).extensions).toMatchObject({
        code,
        requestId: expect.any(String),
      });
    });

    test('all who ask alike share one execution, and are sent the same bytes', async () => {
      const { event, set } = await live.onSale();
      const { cursor } = await (async () => {
        const reader = await follow({ event });
        const first = (await reader.next()).data.seatMapChanged;
        reader.close();
        await eventually('it is gone', async () => (await live.count('realtimeSubscriptions')) === 0);
        return first;
      })();
      const readers = await Promise.all([
        ...Array.from({ length: 5 }, () => follow({ event })),
        ...Array.from({ length: 5 }, () => follow({ event, after: cursor })), // where one begins makes no difference
      ]);
      await Promise.all(readers.slice(0, 5).map((reader) => reader.next()));
      const subscribed = async () => (await live.count('realtimeSubscriptions')) === readers.length;
      await eventually('all of them are subscribed', subscribed);

      const executed = await live.count('realtimeExecutions');
      const delivered = await live.count('realtimeDeliveries');
      await set([7], 'B');
      const results = await Promise.all(readers.map((reader) => reader.next()));
      expect(results.every(({ data }) => data.seatMapChanged.places[0] === 7)).toBe(true);
      expect(await live.count('realtimeExecutions')).toBe(executed + 1);
      expect(await live.count('realtimeDeliveries')).toBe(delivered + readers.length);
      expect(new Set(readers.map(({ bytes }) => bytes.at(-1))).size).toBe(1);

      const other = await follow({ event }, { query: SUBSCRIPTION.replace('places', 'available') });
      await other.next();
      await set([8], 'B');
      await Promise.all([...readers, other].map((reader) => reader.next()));
      expect(await live.count('realtimeExecutions')).toBe(executed + 1 + 1 + 2); // its own map, and two for one delta
    });

    test('who leaves a variable to its default does not ask alike with who says null', async () => {
      const { event } = await live.onSale();
      const query = `subscription ($event: ID!, $count: Boolean = true) { seatMapChanged(event: $event) {
        ... on SeatMap { cursor available @include(if: $count) }
      } }`;
      const [odd, plain] = [
        await follow({ event, count: null }, { query }),
        await follow({ event }, { query }),
      ];
      expect((await odd.next()).errors).toHaveLength(1); // null is neither true nor false
      expect((await plain.next()).data.seatMapChanged.available).toBe(40);
    });

    test('what one viewer may see is not shown to another who asks alike', async () => {
      const shown = await live.onSale();
      const hidden = await live.draft(shown);
      const query = `subscription { seatMapChanged(event: "${shown.event}") {
        ... on SeatMap { event { venue { events { nodes { id } } } } } ... on SeatMapDelta { places }
      } }`;
      const token = await live.token(ORGANISER, 'ORGANISER');
      const readers = [await follow({}, { query, token }), await follow({}, { query })];
      const seen = await Promise.all(
        readers.map(async (reader) => (await reader.next()).data.seatMapChanged.event.venue.events.nodes),
      );
      expect(seen.map((nodes) => nodes.some(({ id }: { id: string }) => id === hidden.event))).toEqual([
        true,
        false,
      ]);

      const executed = await live.count('realtimeExecutions');
      await shown.set([1], 'B');
      await Promise.all(readers.map((reader) => reader.next()));
      expect(await live.count('realtimeExecutions')).toBe(executed + 1); // what changed is the same for all
    });

    test('whoever ends a subscription is sent nothing more, and nothing of it is left', async () => {
      const { event, set } = await live.onSale();
      const [staying, leaving] = [await follow({ event }), await follow({ event })];
      await Promise.all([staying.next(), leaving.next()]);
      expect(await live.count('realtimeSubscriptions')).toBe(2);
      leaving.close();
      await leaving.ended;
      await eventually('it is gone', async () => (await live.count('realtimeSubscriptions')) === 1);
      const delivered = await live.count('realtimeDeliveries');
      await set([1], 'B');
      await staying.next();
      expect(await live.count('realtimeDeliveries')).toBe(delivered + 1);
    });
  });
}
