import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { buildSchema } from '../../src/app/schema.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { openCheckoutWorld, type CheckoutWorld } from '../support/checkout-world.ts';
import { SEED_OF_RUN } from '../support/seed-of-run.ts';
import { textTargets, type TextTarget } from './text-targets.ts';

let world: CheckoutWorld;
let targets: TextTarget[];
const errorLines: string[] = [];

beforeAll(async () => {
  world = await openCheckoutWorld({
    roles: ['api'],
    log: openLog('error', { write: (line: string) => void errorLines.push(line) }),
  });
  targets = await textTargets(world, await buildSchema());
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

/** What must never be the answer to a text, however strange. */
const FAILURES = /INTERNAL_SERVER_ERROR|SERVICE_UNAVAILABLE|status|nothing sent/;

async function problemsOf({ where, repeatable, prepare }: TextTarget, text: string): Promise<string[]> {
  const send = await prepare(text);
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

test(`any text gets an answer that is no failure, and the same again (seed ${SEED_OF_RUN})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const problems: string[] = [];
      const queue = [...targets];
      const work = async () => {
        for (let target = queue.pop(); target; target = queue.pop())
          problems.push(...(await problemsOf(target, text)));
      };
      await Promise.all(Array.from({ length: 8 }, work));
      expect(problems).toEqual([]);
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
