import fc from 'fast-check';
import { buildSchema, getOperationAST, parse, print, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { textsOf } from '../../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../../src/app/graphql/schema-files.ts';
import { SEAT_MAP_CHANGED } from '../../../src/client/index.ts';
import { shapeOf } from '../../../src/realtime/subscription/operation-shape.ts';
import { SEED_OF_RUN } from '../../support/seed-of-run.ts';

const schema = buildSchema([...textsOf(SCHEMA_FILES).values()].join('\n'), { assumeValidSDL: true });

function shape(query: string, variables: Record<string, unknown> = {}, operationName?: string) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, operationName)!;
  return shapeOf(schema, { document, bytes: 0, operation, variables, weight: 1 });
}

const keyOf = (...of: Parameters<typeof shape>) => shape(...of)?.key;
const of = (selection: string) => `subscription { seatMapChanged(event: "a") ${selection} }`;
const event = (selection: string) => of(`{ ... on SeatMap { event ${selection} } }`);

describe('operations that are written differently, and mean the same, have one shape', () => {
  const plain = of('{ ... on SeatMap { epoch sequence } ... on SeatMapDelta { places } }');

  test.each([
    ['whitespace and comments', plain.replaceAll(' ', '\n # comment\n  ,')],
    ['an operation name', plain.replace('subscription', 'subscription Named')],
    [
      'variables of the root field',
      plain.replace('subscription', 'subscription ($e: ID!)').replace('"a"', '$e'),
      { e: 'b' },
    ],
    ['another Event', plain.replace('"a"', '"b"')],
    ['a cursor', plain.replace('"a"', '"a", after: "x"')],
    ['an inline fragment without a condition', plain.replace('epoch', '... { epoch }')],
    [
      'an inline fragment on the union',
      plain
        .replace('{ ...', '{ ... on SeatMapUpdate { ...')
        .replace('} ... on SeatMapDelta', '} } ... on SeatMapDelta'),
    ],
    [
      'a named fragment',
      `${of('{ ...A ... on SeatMapDelta { places } }')} fragment A on SeatMap { epoch ...B } fragment B on SeatMap { sequence }`,
    ],
    ['a field twice', plain.replace('epoch sequence', 'epoch sequence epoch')],
    ['an alias that is the name', plain.replace('epoch', 'epoch: epoch')],
    ['conditions that are true', plain.replace('epoch', 'epoch @include(if: true) @skip(if: false)')],
    ['a field that is skipped', plain.replace('epoch', 'epoch cursor @skip(if: true)')],
    [
      'a condition in a variable',
      plain
        .replace('epoch', 'epoch cursor @include(if: $no)')
        .replace('subscription', 'subscription ($no: Boolean!)'),
      { no: false },
    ],
    [
      'another operation beside it',
      `${plain.replace('subscription', 'subscription S')} query Q { viewer { subject } }`,
      {},
      'S',
    ],
  ] as [string, string, object?, string?][])('%s', (_what, query, variables = {}, name) => {
    expect(keyOf(query, variables as Record<string, unknown>, name)).toBe(keyOf(plain));
  });

  test('arguments: literals, variables, defaults, and the order of both', () => {
    const list = event('{ venue { events(first: 20, after: "x") { nodes { id } } } }');
    const variants: [string, object][] = [
      [list.replace('first: 20, after: "x"', 'after: "x", first: 20'), {}],
      [list.replace('first: 20, after: "x"', 'after: "x"'), {}], // 20 is the default
      [list.replace('20', '$n').replace('subscription', 'subscription ($n: Int)'), { n: 20 }],
      [list.replace('20', '$n').replace('subscription', 'subscription ($n: Int = 20)'), {}],
      [
        list
          .replace('20', '$n')
          .replace('"x"', '$x')
          .replace('subscription', 'subscription ($x: String, $n: Int)'),
        { n: 20, x: 'x', junk: 1 },
      ],
    ];
    for (const [query, variables] of variants)
      expect(keyOf(query, variables as Record<string, unknown>)).toBe(keyOf(list));
  });

  test('selections of a field that is selected twice are merged', () => {
    expect(keyOf(event('{ venue { id } venue { name } }'))).toBe(keyOf(event('{ venue { id name } }')));
  });
});

describe('operations with different responses have different shapes', () => {
  const plain = of('{ ... on SeatMap { epoch sequence } ... on SeatMapDelta { places } }');

  test.each([
    ['an alias', plain.replace('epoch', 'e: epoch')],
    ['an alias of the root field', plain.replace('seatMapChanged', 'm: seatMapChanged')],
    ['an alias on another field', plain.replace('epoch sequence', 'sequence: epoch epoch: sequence')],
    ['another order', plain.replace('epoch sequence', 'sequence epoch')],
    ['a field on the other type', of('{ ... on SeatMap { epoch sequence places: epoch } }')],
    ['one field more', plain.replace('places', 'places statuses')],
    ['a field that is skipped', plain.replace('epoch', 'epoch @skip(if: true)')],
    ['nesting', of('{ ... on SeatMap { epoch sections { key } tiers { tier } } }')],
  ])('%s', (_what, query) => {
    expect(keyOf(query)).not.toBe(keyOf(plain));
  });

  test('arguments below the root field, literal or variable', () => {
    const list = event('{ venue { events(first: $n) { nodes { id } } } }').replace(
      'subscription',
      'subscription ($n: Int)',
    );
    const keys = [{ n: 1 }, { n: 2 }, {}].map((variables) => keyOf(list, variables));
    expect(new Set(keys).size).toBe(3);
  });
});

test('only types that are selected count as selected', () => {
  const named = `${of('{ ... on SeatMap { epoch } }').replace('subscription', 'subscription S')} query Q { viewer { subject } }`;
  expect([...shape(named, {}, 'S')!.types].toSorted()).toEqual(['SeatMap', 'SeatMapDelta', 'Subscription']);
  expect(shape(event('{ id }'))!.types).toContain('Event');
  expect(shape(of('{ ... on SeatMap { epoch event @skip(if: true) { id } } }'))!.types).not.toContain(
    'Event',
  );
});

test('the reference client and the page have one shape', () => {
  const moved = print(parse(SEAT_MAP_CHANGED)).replace(
    '$event: ID!, $after: String',
    '$after: String, $event: ID!',
  );
  expect(keyOf(moved, { event: 'a' })).toBe(keyOf(SEAT_MAP_CHANGED, { event: 'b' }));
});

test('a document whose fragments multiply is not expanded without end', () => {
  const fragments = Array.from({ length: 40 }, (_, n) => {
    const next = `events(first: 1) { nodes { venue { ...F${n + 1} } } }`;
    return `fragment F${n} on Venue { a: ${next} b: ${next} }`; // 2 to the power of 40 fields
  });
  expect(
    shape(`${event('{ venue { ...F0 } }')} ${fragments.join(' ')} fragment F40 on Venue { id }`),
  ).toBeNull();
});

/** Selections of scalar fields of a map, written in a random equivalent way. */
const FIELDS = ['epoch', 'sequence', 'cursor', 'available', 'stale', 'asOf'] as const;
test(`rewriting a selection at random does not change its shape (seed ${SEED_OF_RUN})`, () => {
  const rewrite = (field: string, style: number) =>
    [
      field,
      `... { ${field} }`,
      `... on SeatMap { ${field} }`,
      `${field} ${field}`,
      `${field} @include(if: true)`,
      `...F_${field}`,
    ][style]!;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 }),
      fc.array(fc.nat(5), { minLength: FIELDS.length, maxLength: FIELDS.length }),
      (fields, styles) => {
        const written = fields.map((field, n) => rewrite(field, styles[n]!)).join(' ');
        const used = fields.filter((_field, n) => styles[n] === 5);
        const fragments = used.map((field) => `fragment F_${field} on SeatMap { ${field} }`).join(' ');
        expect(keyOf(`${of(`{ ... on SeatMap { ${written} } }`)} ${fragments}`)).toBe(
          keyOf(of(`{ ... on SeatMap { ${fields.join(' ')} } }`)),
        );
      },
    ),
    { seed: SEED_OF_RUN },
  );
});
