import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseSelection, quantityOf } from '../../../src/booking/reserve/parse-selection.ts';
import type { TicketSelectionInput } from '../../../src/generated/graphql.ts';
import { encodeId, encodeTicketId, newId } from '../../../src/platform/ids.ts';
import { layOut } from '../../support/seed.ts';

const eventId = newId();
const layout = layOut({
  seats: 30,
  areas: [
    { key: 'floor', places: 10 },
    { key: 'pit', places: 5 },
  ],
});
const ticket = (place: number) => encodeTicketId(eventId, place);
const select = (input: object) => parseSelection(input as TicketSelectionInput, eventId, layout);
const mistakes = (input: object) => {
  const selection = select(input);
  return selection.kind === 'INVALID'
    ? selection.problems.map(({ path, message }) => `${path.join('.')} ${message}`)
    : selection;
};

describe('seats', () => {
  test('are in order of place, however they were selected', () => {
    expect(select({ places: [9, 2, 29] })).toEqual({ kind: 'PLACES', places: [2, 9, 29] });
    expect(select({ tickets: [ticket(9), ticket(2)] })).toEqual({ kind: 'PLACES', places: [2, 9] });
  });

  test.each([
    [{ places: [] }, ['selection.places is empty']],
    [{ tickets: [] }, ['selection.tickets is empty']],
    [{ places: [1, 2, 1] }, ['selection.places.2 is listed twice']],
    [{ places: [-1, 45] }, ['selection.places.0 is not a place of this Event', 'selection.places.1 is not a place of this Event']], // prettier-ignore
    [
      { places: [30] },
      ['selection.places.0 is in the area `floor`, which is sold by quantity: use `generalAdmission`'],
    ],
    [
      { places: [44] },
      ['selection.places.0 is in the area `pit`, which is sold by quantity: use `generalAdmission`'],
    ],
    [{ tickets: ['', 'tkt_1', 'x'.repeat(1_000)] }, [0, 1, 2].map((index) => `selection.tickets.${index} is not the id of a Ticket`)], // prettier-ignore
    [{ tickets: [encodeId('Event', eventId)] }, ['selection.tickets.0 is not the id of a Ticket']],
    [{ tickets: [encodeTicketId(newId(), 1)] }, ['selection.tickets.0 is a Ticket of another Event']],
    [{ tickets: [ticket(45)] }, ['selection.tickets.0 is not a place of this Event']],
  ])('%j are refused', (input, problems) => {
    expect(mistakes(input)).toEqual(problems);
  });
});

describe('general admission', () => {
  test('is in order of place, however it was selected', () => {
    const selection = select({ generalAdmission: [{ area: 'pit', quantity: 2 }, { area: 'floor', quantity: 1 }] }); // prettier-ignore
    expect(selection).toMatchObject({
      kind: 'AREAS',
      areas: [
        { area: { key: 'floor' }, quantity: 1 },
        { area: { key: 'pit' }, quantity: 2 },
      ],
    });
    expect(selection.kind !== 'INVALID' && quantityOf(selection)).toBe(3);
  });

  test.each([
    [[], [' is empty']],
    [[{ area: 'moon', quantity: 1 }], ['.0.area is not an area of this Event']],
    [[{ area: 'stalls', quantity: 1 }], ['.0.area has numbered seats: use `places` or `tickets`']],
    [[{ area: 'floor', quantity: 0 }], ['.0.quantity must be at least 1']],
    [[{ area: 'floor', quantity: -2147483648 }], ['.0.quantity must be at least 1']],
    [[{ area: 'pit', quantity: 1 }, { area: 'pit', quantity: 1 }], ['.1.area is listed twice']], // prettier-ignore
    [[{ area: '__proto__', quantity: 0 }], ['.0.quantity must be at least 1', '.0.area is not an area of this Event']], // prettier-ignore
  ])('%j is refused', (generalAdmission, problems) => {
    expect(mistakes({ generalAdmission })).toEqual(
      problems.map((problem) => `selection.generalAdmission${problem}`),
    );
  });
});

test('any list of places is either exactly those seats in order, or invalid', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 50 }), { maxLength: 12 }), (places) => {
      const selection = select({ places });
      const sound = places.length > 0 && new Set(places).size === places.length && places.every((place) => place >= 0 && place < 30); // prettier-ignore
      expect(selection).toEqual(
        sound
          ? { kind: 'PLACES', places: places.toSorted((a, b) => a - b) }
          : { kind: 'INVALID', problems: expect.any(Array) },
      );
    }),
  );
});
