import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { validateLayout, type SeatingPlanLayout } from '../../../src/seating-plan/index.ts';
import { numberPlaces, type SectionDraft } from '../../../src/seating-plan/number-places.ts';
import { openCheckoutWorld, type CheckoutWorld } from '../../support/checkout-world.ts';
import type { Client } from '../../support/client.ts';
import { reserveBest } from '../../support/holds.ts';
import { draftEvent, ORGANISER } from '../../support/seed.ts';

// Plans are validated when they are created. Those of an earlier version, which asked for less, are sold as they are.

let world: CheckoutWorld;
let organiser: Client;
beforeAll(async () => {
  world = await openCheckoutWorld();
  organiser = await world.as(ORGANISER, 'ORGANISER');
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** The first section is drawn twice, as `left-1` and `left-2`. */
const left = (key: string, y: number) => ({
  ...{ key, name: 'Left', level: '' },
  rows: [
    { label: 'A', category: 0, seats: ['1', 'l', '1\u200b'], x: [1, 2, 3], y: [y, y, y] },
    { label: '\u0410', category: 1, seats: ['1', '2'], x: [1, 2], y: [y + 1, y + 1] }, // Cyrillic
  ],
});
const area = (key: string, name: string) => ({
  ...{ key, name, level: '', places: 3, category: 1, outline: [0, 0, 9, 0, 9, 9] },
});
const DRAWN = {
  ...{ width: 20, height: 20, stageX: 10, stageY: 0, categories: ['Dear', 'De\u0430r'] },
  sections: [
    { seated: left('left-1', 1) },
    { seated: left('left-2', 5) },
    { generalAdmission: area('floor', '\u200b') }, // nothing that is seen
  ],
};

function layoutOf(drawn: typeof DRAWN, name = 'Hall'): SeatingPlanLayout {
  const { stageX, stageY, sections, ...rest } = drawn;
  return numberPlaces({
    ...rest,
    name,
    stage: { x: stageX, y: stageY, label: 'Stage' },
    sections: sections.map(({ seated, generalAdmission }): SectionDraft =>
      seated === undefined
        ? { kind: 'GENERAL_ADMISSION', ...generalAdmission }
        : { kind: 'SEATED', ...seated, rows: seated.rows.map((row) => ({ ...row, accessible: [] })) },
    ),
  });
}

describe('an Event with a plan that would be refused today', () => {
  let event: string;
  beforeAll(async () => {
    const layout = layoutOf(DRAWN);
    expect(validateLayout(layout).map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['categories.1', 'sections.0.rows.0.seats.1', 'sections.1.name', 'sections.2.name']), // prettier-ignore
    );
    ({ event } = await draftEvent(world.platform, { layout }, { orphanRule: true }));
  });

  test('is published, with a price for each category', async () => {
    const input = {
      event,
      currency: 'EUR',
      prices: [
        { tier: 0, amount: 9_000 },
        { tier: 1, amount: 4_000 },
      ],
    };
    expect(
      await organiser.mutate(
        'publishEvent',
        input,
        '... on EventPublished { tickets event { priceTiers { tier name } } }',
      ),
    ).toEqual({
      __typename: 'EventPublished',
      tickets: 13,
      event: {
        priceTiers: [
          { tier: 0, name: 'Dear' },
          { tier: 1, name: 'De\u0430r' },
        ],
      },
    });
  });

  test('shows its plan and its seat map', async () => {
    const { event: read, seatMap } = await world.stranger.ask(
      `query ($event: ID!) {
        event(id: $event) { seatingPlan { categories sections { key name ... on SeatedSection { rows { label seats } } } } }
        seatMap(event: $event) { sections { key statuses } } }`,
      { event },
    );
    expect(read.seatingPlan.sections[0]).toEqual({
      ...{ key: 'left-1', name: 'Left' },
      rows: [
        { label: 'A', seats: ['1', 'l', '1\u200b'] },
        { label: '\u0410', seats: ['1', '2'] },
      ],
    });
    expect(seatMap.sections).toEqual([
      { key: 'left-1', statuses: 'AAAAA' },
      { key: 'left-2', statuses: 'AAAAA' },
      { key: 'floor', statuses: 'AAA' },
    ]);
  });

  test('is sold: selected, chosen and standing places, held and paid for', async () => {
    const selected = await world.as('ana');
    const answer = await selected.ask(
      `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) { __typename
        ... on TicketsReserved { reservation { id tickets { place label } } } } }`,
      { input: { event, selection: { places: [0, 1, 2] }, idempotencyKey: 'lax' } },
    );
    const { reservation } = answer.reserveTickets;
    expect(reservation.tickets.map(({ label }: { label: string }) => label)).toEqual([
      'Left, row A, seat 1',
      'Left, row A, seat l',
      'Left, row A, seat 1\u200b',
    ]);
    const payment = { amount: { amount: 27_000, currency: 'EUR' }, paymentMethod: 'pm_card_visa' };
    expect(
      await selected.mutate(
        'confirmBooking',
        { reservation: reservation.id, payment, idempotencyKey: 'lax payment' },
        '... on BookingConfirmed { booking { status } }',
      ),
    ).toMatchObject({ booking: { status: 'CONFIRMED' } });

    const chosen = await world.as('ben');
    expect(await reserveBest(chosen, event, 2, { sections: ['left-2'] })).toMatchObject({
      __typename: 'TicketsReserved',
    });
    expect(await reserveBest(await world.as('cleo'), event, 3, { sections: ['floor'] })).toMatchObject({
      __typename: 'TicketsReserved',
    });
    expect(await world.findings()).toEqual([]);
  });
});

describe('a new version of such a plan', () => {
  /** Look-alikes, and nothing that is removed from input. */
  const STORED = {
    ...DRAWN,
    sections: [
      { seated: { ...left('left', 1), rows: [{ ...left('left', 1).rows[0]!, seats: ['1', 'l', '2'] }] } },
      { generalAdmission: area('floor', 'Floor') },
    ],
  } as typeof DRAWN;
  const update = async (name: string, layout: object) => {
    const { event } = await draftEvent(world.platform, { layout: layoutOf(STORED, name) });
    const { event: read } = await organiser.ask(
      'query ($event: ID!) { event(id: $event) { seatingPlan { id } } }',
      { event },
    );
    const { id } = read.seatingPlan;
    const answer = await organiser.mutate(
      'updateSeatingPlan',
      { id, source: { layout } },
      '... on SeatingPlanUpdated { seatingPlan { id version } } ... on InvalidInput { problems { path message } }',
    );
    return { id, answer };
  };
  const seatedIn = (seats: string[]) => ({
    ...STORED,
    sections: [
      { seated: { ...left('left', 1), rows: [{ ...left('left', 1).rows[0]!, seats }] } },
      { generalAdmission: area('floor', 'Floor') },
    ],
  });

  test('is none if the drawing is the stored one', async () => {
    const { id, answer } = await update('Hall', STORED);
    expect(answer).toEqual({ __typename: 'SeatingPlanUpdated', seatingPlan: { id, version: 1 } });
  });

  test('is refused with the field if it keeps what is refused today', async () => {
    const { answer } = await update('Hall', seatedIn(['1', 'l', '3']));
    expect(answer.problems.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'source.layout.categories.1',
      'source.layout.sections.0.seated.rows.0.seats.1',
    ]);
  });

  test('is not refused for the name of the plan, which it cannot change', async () => {
    const valid = { ...seatedIn(['1', '2', '3']), categories: ['Dear', 'Cheap'] };
    const { answer } = await update('\u200b', valid);
    expect(answer).toMatchObject({ __typename: 'SeatingPlanUpdated', seatingPlan: { version: 2 } });
  });
});
