import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sellTickets } from '../../../src/booking/index.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { encodeId } from '../../../src/platform/ids.ts';
import type { Client } from '../../support/client.ts';
import { keyOf, reserved } from '../../support/holds.ts';
import { eventOnSale, ORGANISER } from '../../support/seed.ts';
import { openWorld, type World } from '../../support/world.ts';
import { seedVenue } from '../seed.ts';

let world: World;
let organiser: Client;
let berlin: string;
let london: string;
beforeAll(async () => {
  world = await openWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
  berlin = encodeId('Venue', await seedVenue(world.platform.db));
  london = encodeId(
    'Venue',
    await seedVenue(world.platform.db, { city: 'London', timezone: 'Europe/London' }),
  );
});
afterAll(() => world[Symbol.asyncDispose]());

const TIMES = `id startsAt startsAtLocal endsAt endsAtLocal saleStartsAt saleStartsAtLocal saleEndsAt saleEndsAtLocal timezone`;
const create = (fields: object) =>
  organiser.mutate(
    'createEvent',
    { event: { name: 'Gala', category: 'concert', venue: berlin, ...fields } },
    `... on EventCreated { event { ${TIMES} } } ... on InvalidInput { problems { path message } }`,
  );
const update = (id: string, event: object) =>
  organiser.mutate(
    'updateEvent',
    { id, event },
    `... on EventUpdated { soldTickets event { ${TIMES} } } ... on InvalidInput { problems { path message } }`,
  );
const created = async (fields: object): Promise<string> => (await create(fields)).event.id;
const problem = (field: string, message: unknown) => ({
  __typename: 'InvalidInput',
  problems: [{ path: ['event', field], message }],
});

describe('local times', () => {
  test('are those of the Venue, beside instants', async () => {
    const { event } = await create({
      startsAtLocal: '2031-05-01T20:00',
      endsAtLocal: '2031-05-01T23:00:00',
      saleStartsAt: '2031-01-01T09:00:00Z',
      saleEndsAtLocal: '2031-05-01T21:00',
    });
    expect(event).toMatchObject({
      ...{ startsAt: '2031-05-01T18:00:00.000Z', startsAtLocal: '2031-05-01T20:00' },
      ...{ endsAt: '2031-05-01T21:00:00.000Z', endsAtLocal: '2031-05-01T23:00' },
      ...{ saleStartsAt: '2031-01-01T09:00:00.000Z', saleStartsAtLocal: '2031-01-01T10:00' },
      ...{ saleEndsAt: '2031-05-01T19:00:00.000Z', saleEndsAtLocal: '2031-05-01T21:00' },
    });
    const cleared = await update(event.id, {
      endsAtLocal: null,
      saleStartsAtLocal: null,
      saleEndsAtLocal: null,
    });
    expect(cleared.event).toMatchObject({ endsAt: null, endsAtLocal: null, saleStartsAt: null, saleStartsAtLocal: null, saleEndsAt: null, saleEndsAtLocal: null }); // prettier-ignore
    expect((await update(event.id, { startsAtLocal: '2031-07-01T20:00' })).event).toMatchObject({
      startsAt: '2031-07-01T18:00:00.000Z',
    });
  });

  test('are given in place of the instant', async () => {
    const both = { startsAt: '2031-05-01T18:00:00Z', startsAtLocal: '2031-05-01T20:00' };
    expect(await create(both)).toMatchObject(
      problem('startsAtLocal', 'cannot be given together with `startsAt`'),
    );
    expect(await create({ startsAt: null, startsAtLocal: '2031-05-01T20:00' })).toMatchObject({ __typename: 'EventCreated' }); // prettier-ignore
    expect(await create({ startsAtLocal: null })).toMatchObject(problem('startsAt', 'is required'));
    expect(await create({ startsAtLocal: 'at eight' })).toMatchObject(
      problem('startsAtLocal', expect.stringMatching(/without offset/)),
    );
    expect(await create({ startsAtLocal: '0031-05-01T20:00' })).toMatchObject(
      problem('startsAtLocal', expect.stringMatching(/1900 to 9998/)),
    );
  });

  test('that are shown are accepted, to the last instant', async () => {
    const startsAt = '9998-12-31T23:59:59.000Z';
    const startsAtLocal = '9999-01-01T00:59:59';
    const id = await created({ startsAt });
    expect(await update(id, { startsAtLocal })).toMatchObject({ event: { startsAt, startsAtLocal } });
    expect(await update(id, { startsAtLocal: '9999-01-01T01:00' })).toMatchObject(
      problem('startsAtLocal', expect.stringMatching(/1900 to 9998/)),
    );
  });

  test('that clocks skip or repeat are refused, with what to give', async () => {
    expect(await create({ startsAtLocal: '2031-03-30T02:30' })).toMatchObject(
      problem('startsAtLocal', expect.stringMatching(/does not exist in Europe\/Berlin.*01:30`.*03:30`/)),
    );
    expect(await create({ startsAtLocal: '2031-10-26T02:30' })).toMatchObject(
      problem('startsAtLocal', expect.stringMatching(/give `startsAt`, `2031-10-26T02:30:00\+02:00` or/)),
    );
    expect(await create({ startsAt: '2031-10-26T02:30:00+02:00' })).toMatchObject({
      event: { startsAtLocal: '2031-10-26T02:30' },
    });
    const id = await created({ startsAt: '2031-05-01T18:00:00Z' });
    expect(await update(id, { endsAtLocal: '2031-10-26T02:30' })).toMatchObject(
      problem('endsAtLocal', expect.stringMatching(/give `endsAt`/)),
    );
  });

  test('of a new Venue are its own; the instants stay where no time is given', async () => {
    const id = await created({ startsAtLocal: '2031-05-01T20:00' });
    expect((await update(id, { venue: london })).event).toMatchObject({
      ...{
        startsAt: '2031-05-01T18:00:00.000Z',
        startsAtLocal: '2031-05-01T19:00',
        timezone: 'Europe/London',
      },
    });
    expect((await update(id, { venue: berlin, startsAtLocal: '2031-05-01T20:00' })).event).toMatchObject({
      startsAt: '2031-05-01T18:00:00.000Z',
    });
    expect((await update(id, { venue: london, startsAtLocal: '2031-05-01T20:00' })).event).toMatchObject({
      startsAt: '2031-05-01T19:00:00.000Z',
    });
  });

  test('are named in problems as they were given', async () => {
    expect(
      await create({ startsAtLocal: '2031-05-01T20:00', endsAtLocal: '2031-05-01T19:00' }),
    ).toMatchObject(problem('endsAtLocal', 'is before `startsAt`'));
  });
});

describe('the times of an Event are compared with each other', () => {
  const [start, end] = ['2031-05-01T18:00:00Z', '2031-05-01T22:00:00Z'];
  test.each<[object, string, string | RegExp]>([
    [{ endsAt: '2031-05-01T17:00:00Z' }, 'endsAt', 'is before `startsAt`'],
    [{ saleStartsAt: '2031-05-01T18:00:01Z' }, 'saleStartsAt', 'is after `startsAt`'],
    [{ saleStartsAt: '2031-05-01T18:00:01Z', saleEndsAt: '2031-05-01T19:00:00Z', endsAt: end }, 'saleStartsAt', 'is after `startsAt`'], // prettier-ignore
    [{ saleStartsAt: start }, 'saleStartsAt', /when the sale ends without/],
    [{ saleStartsAt: '2031-04-01T00:00:00Z', saleEndsAt: '2031-04-01T00:00:00Z' }, 'saleEndsAt', 'must be later than `saleStartsAt`'], // prettier-ignore
    [{ endsAt: end, saleEndsAt: '2031-05-01T22:00:01Z' }, 'saleEndsAt', 'is after `endsAt`'],
    [{ saleEndsAt: '2031-05-01T21:00:01Z' }, 'saleEndsAt', /plus 3 hours/],
  ])('%j is refused', async (times, field, message) => {
    expect(await create({ startsAt: start, ...times })).toMatchObject(
      problem(field, typeof message === 'string' ? message : expect.stringMatching(message)),
    );
  });

  test('of three that contradict each other, each is named', async () => {
    const times = { startsAt: start, endsAt: '2031-05-01T17:00:00Z', saleEndsAt: '2031-05-01T19:00:00Z' };
    expect(await create(times)).toMatchObject({
      message: expect.stringContaining('(and 1 more)'),
      problems: [
        { path: ['event', 'endsAt'], message: 'is before `startsAt`' },
        { path: ['event', 'saleEndsAt'], message: 'is after `endsAt`' },
      ],
    });
  });

  test.each([
    { endsAt: start },
    { saleStartsAt: start, saleEndsAt: '2031-05-01T21:00:00Z' },
    { endsAt: end, saleEndsAt: end },
    { saleStartsAt: '2031-04-01T00:00:00Z', saleEndsAt: '2031-04-02T00:00:00Z' },
  ])('%j is right', async (times) => {
    expect(await create({ startsAt: start, ...times })).toMatchObject({ __typename: 'EventCreated' });
  });

  test('as they are after an update, defaults included', async () => {
    const id = await created({
      ...{ startsAt: start, endsAt: end, saleStartsAt: '2031-05-01T18:00:00Z', saleEndsAt: end },
    });
    const cases: [object, string][] = [
      [{ startsAt: '2031-05-01T17:59:59Z' }, 'startsAt'],
      [{ startsAt: '2031-05-01T22:00:01Z' }, 'startsAt'],
      [{ endsAt: '2031-05-01T21:59:59Z' }, 'endsAt'],
      [{ endsAt: null }, 'endsAt'],
      [{ saleEndsAt: null }, 'saleEndsAt'],
      [{ saleEndsAt: '2031-05-01T18:00:00Z' }, 'saleEndsAt'],
      [{ saleStartsAt: '2031-05-01T18:00:01Z' }, 'saleStartsAt'],
    ];
    for (const [change, field] of cases)
      expect(await update(id, change), JSON.stringify(change)).toMatchObject(
        problem(field, expect.anything()),
      );
  });

  test('does not stop other changes of an old row that contradicts itself', async () => {
    const id = await created({ startsAt: start });
    await world.platform
      .sql`update events set sale_ends_at = starts_at + interval '1 year' where name = 'Gala' and starts_at = ${start}`;
    expect(await update(id, { description: 'New' })).toMatchObject({ __typename: 'EventUpdated' });
    expect(await update(id, { startsAt: '2031-05-02T18:00:00Z' })).toMatchObject(
      problem('startsAt', expect.anything()),
    );
  });
});

test('an Event on sale is not moved into the past', async () => {
  const { event } = await eventOnSale(world.platform);
  expect(await update(event, { startsAt: '2020-01-01T00:00:00Z' })).toMatchObject(
    problem('startsAt', 'is in the past, and tickets are on sale'),
  );
  expect(
    await update(event, { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-01T01:00:00Z' }),
  ).toMatchObject(problem('endsAt', 'is in the past, and tickets are on sale'));
  expect(await update(await created({ startsAt: '2031-05-01T18:00:00Z' }), { startsAt: '2020-01-01T00:00:00Z' })).toMatchObject({ __typename: 'EventUpdated' }); // prettier-ignore
});

test('moving an Event says how many tickets are sold', async () => {
  const seeded = await eventOnSale(world.platform, { seats: 20 });
  const ana = await world.as('ana');
  const sold = await reserved(ana, seeded.event, { places: [0, 1, 2] });
  await inTransaction(world.platform, 'test.sell', (tx) => sellTickets(tx, keyOf(sold)));
  await reserved(ana, seeded.event, { places: [5] }); // held, not sold

  expect(await update(seeded.event, { startsAtLocal: '2031-05-01T20:00' })).toMatchObject({
    soldTickets: 3,
    event: { startsAt: '2031-05-01T18:00:00.000Z' },
  });
});
