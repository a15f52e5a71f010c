import { describe, expect, test } from 'vitest';

import { ALLOWED_STATUSES, INTENT_TRANSITIONS, moveIntent } from '../../src/stripe-emulator/intents.ts';
import type { IntentStatus } from '../../src/stripe-emulator/intents.ts';
import { newIntent } from '../../src/stripe-emulator/objects.ts';

const STATUSES = Object.keys(INTENT_TRANSITIONS) as IntentStatus[];
const FINAL: IntentStatus[] = ['succeeded', 'canceled'];

const intentIn = (status: IntentStatus) => ({
  ...newIntent({
    amount: 500,
    automatic_payment_methods: null,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    currency: 'usd',
    description: null,
    metadata: {},
    payment_method: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    receipt_email: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
  }),
  status,
});

describe.each(STATUSES)('from %s', (from) => {
  test.each(STATUSES)('to %s, as in the table', (to) => {
    const arrows: readonly IntentStatus[] = INTENT_TRANSITIONS[from];
    if (from === to || arrows.includes(to)) expect(moveIntent(intentIn(from), to).status).toBe(to);
    else expect(() => moveIntent(intentIn(from), to)).toThrow(/has no transition/);
  });
});

test('final statuses have no transition, and every other status reaches one', () => {
  for (const status of STATUSES) {
    if (FINAL.includes(status)) expect(INTENT_TRANSITIONS[status]).toEqual([]);
    else expect(INTENT_TRANSITIONS[status]).toContain('succeeded');
  }
});

test('exactly the cancellable statuses have a transition to canceled', () => {
  const arrows = STATUSES.filter((status) =>
    (INTENT_TRANSITIONS[status] as readonly IntentStatus[]).includes('canceled'),
  );
  expect(arrows.toSorted()).toEqual([...ALLOWED_STATUSES.cancel].toSorted());
});
