import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { buildSchema } from '../../src/app/schema.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openCheckoutWorld, type CheckoutWorld } from '../support/checkout-world.ts';
import { NORMALIZED, spyOnNormalize } from '../support/normalized-text.ts';
import { SEED_OF_RUN } from '../support/seed-of-run.ts';
import { TEXT_SCALARS, valueTargets, type ValueTarget } from './text-targets.ts';

let world: CheckoutWorld;
let targets: ValueTarget[];
let otherTargets: ValueTarget[];
const errorLines: string[] = [];

beforeAll(async () => {
  world = await openCheckoutWorld({
    roles: ['api'],
    log: openLog('error', { write: (line: string) => void errorLines.push(line) }),
  });
  const schema = await buildSchema();
  targets = await valueTargets(world, schema, (name) => TEXT_SCALARS.has(name));
  // one Event is changed by several at a time: what is valid depends on the dates that others gave it
  otherTargets = (await valueTargets(world, schema, (name) => !TEXT_SCALARS.has(name))).map((target) => ({
    ...target,
    repeatable: false,
  }));
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Texts that are known to break programs. */
const KNOWN = [
  '',
  '\0',
  'a\0b',
  'x\ud800',
  '\udc00x',
  '\ud800\ud801',
  '\ufffe\uffff',
  '\ufeff',
  '\u200b\u200d\u2060',
  'a\u202eb\u2066',
  '\u0007\u001b[31m',
  '\u2028',
  'a' + '\u0301'.repeat(400),
  '1e309',
  '-0',
  '007',
  'NaN',
  'null',
  '\\u0000',
  '{"$ne": 1}',
  'https://shop.example/\0?\ud800',
  'pm_\u200bcard',
  'EUR\0',
  'x'.repeat(20_000),
  '🎭'.repeat(3_000),
];

const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

/** Any UTF-16: lone surrogates, noncharacters, controls; also behind and before what is nearly right. */
const anyText = fc.oneof(
  codeUnits,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(fc.constantFrom('evt_', 'rsv_', 'pm_', 'https://shop.example/', 'EUR', 'Ana'), codeUnits).map(([start, rest]) => start + rest), // prettier-ignore
  fc.tuple(codeUnits, fc.constantFrom(...KNOWN)).map(([start, rest]) => start + rest),
);

const KNOWN_OTHERS: unknown[] = [
  ...[0, -1, 0.5, 1e308, 5e-324, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 53), 1e21],
  ...[
    '',
    '0',
    '1e3',
    'NaN',
    'TRUE',
    'ON_SALE',
    '__proto__',
    'toString',
    'constructor',
    '2026-01-01T00:00:00Z\0',
  ],
  ...['-000001-01-01T00:00:00Z', '2026-11-30T20:00:00+24:00', '２０２６-11-30T20:00:00Z', 'x'.repeat(20_000)],
  ...[true, [], [[]], {}, { length: 1 }],
];

/** Numbers, dates and anything else that JSON can carry. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .date({ noInvalidDate: true, min: new Date(-8.64e15), max: new Date(8.64e15) })
    .map((date) => date.toISOString()),
  fc
    .tuple(fc.constantFrom('2026-11-30T20:00:00', '1', 'SEATED'), codeUnits)
    .map(([start, rest]) => start + rest),
  fc.jsonValue({ maxDepth: 2 }),
);

/** 10,000 characters of 20 bytes; no text field takes more. */
const MAX_DESCRIPTION_BYTES = 200_000;

/** What must never be the answer to a value, however strange. */
const FAILURES = /INTERNAL_SERVER_ERROR|SERVICE_UNAVAILABLE|status|nothing sent/;

async function problemsOf({ where, repeatable, prepare }: ValueTarget, value: unknown): Promise<string[]> {
  const send = await prepare(value);
  const first = await send();
  if (FAILURES.test(first)) return [`${where}: ${first}`];
  const second = await send();
  if (FAILURES.test(second)) return [`${where}, sent again: ${second}`];
  return second === first || !repeatable ? [] : [`${where}: ${first}, sent again: ${second}`];
}

test('the schema has many places that take text', () => {
  expect(targets.length).toBeGreaterThan(60);
  for (const part of [
    'reserveTickets(input.idempotencyKey)',
    'confirmBooking(input.payment.returnUrl)',
    'Subscription.seatMapChanged(after)',
    'Venue.events(after)',
  ])
    // prettier-ignore
    expect(targets.map(({ where }) => where)).toContainEqual(expect.stringContaining(part));
});

async function problemsWith(tried: readonly ValueTarget[], value: unknown): Promise<string[]> {
  const problems: string[] = [];
  const queue = [...tried];
  const work = async () => {
    for (let target = queue.pop(); target; target = queue.pop())
      problems.push(...(await problemsOf(target, value)));
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return problems;
}

test(`any text gets an answer that is no failure, and the same again (seed ${SEED_OF_RUN})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      expect(await problemsWith(targets, text)).toEqual([]);
      expect(errorLines).toEqual([]);
    }),
    {
      seed: SEED_OF_RUN,
      numRuns: KNOWN.length + 15,
      examples: KNOWN.map((text) => [text]),
      endOnFailure: true,
    },
  );
}, 400_000);

test('no text makes ICU order a long run of marks, or normalise more than a field can have', async () => {
  const passed = spyOnNormalize();
  try {
    expect(await problemsWith(targets, `a${'\u0300'.repeat(2_000)}${'\u0316'.repeat(2_000)}`)).toEqual([]);
    const organisers = targets.filter(({ where }) => where.startsWith('Mutation.'));
    expect(await problemsWith(organisers, 'é'.repeat(210_000))).toEqual([]);
  } finally {
    vi.restoreAllMocks();
  }
  expect(passed.calls).toBeGreaterThan(0);
  expect(passed.longestRun).toBeLessThanOrEqual(NORMALIZED.maxMarks);
  expect(passed.longest).toBeLessThanOrEqual(MAX_DESCRIPTION_BYTES);
}, 100_000);

test.each([
  ['events', 'filter', 'category'],
  ['events', 'filter', 'genre'],
  ['events', 'filter', 'countryCode'],
  ['events', 'filter', 'city'],
  ['searchEvents', 'input', 'term'],
  ['searchEvents', 'input', 'category'],
  ['searchEvents', 'input', 'genre'],
])('%s refuses a filter of a character with 4,000 marks, and names %s.%s', async (query, argument, field) => {
  const ada = await world.as('ada');
  const { errors } = await ada.send(
    `query ($text: String) { ${query}(${argument}: { ${field}: $text }) { nodes { id } } }`,
    { text: `a${'\u0300'.repeat(2_000)}${'\u0316'.repeat(2_000)}` },
  );
  expect(errors[0]).toMatchObject({
    message: expect.stringMatching(/: must /),
    extensions: { code: 'BAD_USER_INPUT', argument: `${argument}.${field}` },
  });
});

test(`any number, date, enum or other value, too (seed ${SEED_OF_RUN})`, async () => {
  // prettier-ignore
  for (const part of ['updateEvent(input.event.startsAt)', 'updateVenue(input.venue.latitude)', 'publishEvent(input.prices.amount)', 'searchEvents(input.sort)'])
    expect(otherTargets.map(({ where }) => where)).toContainEqual(expect.stringContaining(part));
  await fc.assert(
    fc.asyncProperty(anyValue, async (value) => {
      expect(await problemsWith(otherTargets, value)).toEqual([]);
      expect(errorLines).toEqual([]);
    }),
    {
      seed: SEED_OF_RUN,
      numRuns: KNOWN_OTHERS.length + 10,
      examples: KNOWN_OTHERS.map((value): [unknown] => [value]),
      endOnFailure: true,
    },
  );
}, 400_000);
