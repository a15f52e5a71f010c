import { describe, expect, test } from 'vitest';

import {
  CHECKOUT_STEPS,
  CHECKOUT_TRANSITIONS,
  isTerminal,
  STATUS_OF,
  stepsWithStatus,
  TERMINAL_STEPS,
  type CheckoutStep,
} from '../../src/payments/checkout-steps.ts';
import {
  holdExtension,
  nextRetrySeconds,
  PAYMENT_HOLD_SECONDS,
  PAYMENT_TIMEOUT_SECONDS,
  paymentTimeoutSeconds,
} from '../../src/payments/checkout/checkout-deadlines.ts';
import { checkoutStep } from '../../src/payments/tables.ts';

/** Every way through the table, from the first step to a last one. */
function walks(from: CheckoutStep): CheckoutStep[][] {
  const next: readonly CheckoutStep[] = CHECKOUT_TRANSITIONS[from];
  if (next.length === 0) return [[from]];
  return next.flatMap((step) => walks(step).map((rest) => [from, ...rest]));
}

describe('the steps of a checkout', () => {
  test('are the ones the database knows', () => {
    expect(CHECKOUT_STEPS.toSorted()).toEqual(checkoutStep.enumValues.toSorted());
  });

  test('never lead in a circle, and all of them can be reached', () => {
    const all = walks('opened'); // would not return if they did
    expect(new Set(all.flat())).toEqual(new Set(CHECKOUT_STEPS));
    for (const walk of all) expect(new Set(walk).size).toBe(walk.length);
  });

  test('lead every payment to tickets or back to the buyer', () => {
    for (const walk of walks('opened')) {
      const last = walk.at(-1)!;
      if (walk.includes('paid')) expect(['refunded', 'cancelled']).toContain(last);
      else expect(last).toBe('declined');
      if (last === 'cancelled') expect(walk).toContain('confirmed');
      if (last === 'refunded') expect(walk).not.toContain('confirmed');
    }
  });

  test('rest only where nothing is owed to anybody', () => {
    expect(CHECKOUT_STEPS.filter(isTerminal).toSorted()).toEqual([...TERMINAL_STEPS].toSorted());
    for (const step of CHECKOUT_STEPS) {
      const last = (CHECKOUT_TRANSITIONS[step] as readonly CheckoutStep[]).length === 0;
      if (last) expect(isTerminal(step)).toBe(true);
    }
  });

  test('are seen by clients as something that never becomes pending again', () => {
    for (const step of CHECKOUT_STEPS) {
      for (const next of CHECKOUT_TRANSITIONS[step]) {
        if (STATUS_OF[step] !== 'PENDING') expect(STATUS_OF[next]).not.toBe('PENDING');
      }
    }
    expect(stepsWithStatus(['CANCELLED', 'REFUNDED']).toSorted()).toEqual(
      ['cancelled', 'cancelling', 'refunded', 'refunding'].toSorted(),
    );
  });
});

test('the hold outlives the payment by more than the time between two looks at it', () => {
  for (let age = 0; age <= 2 * PAYMENT_TIMEOUT_SECONDS; age += 5) {
    expect(nextRetrySeconds(age)).toBeGreaterThanOrEqual(5);
    expect(nextRetrySeconds(age)).toBeLessThan(PAYMENT_HOLD_SECONDS - PAYMENT_TIMEOUT_SECONDS);
  }
});

describe('paying stretches a hold', () => {
  const MINUTE = 60;
  const hold = (secondsLeft: number, untilCap: number) => {
    const now = Date.UTC(2026, 5, 1);
    return {
      secondsLeft,
      heldUntil: new Date(now + secondsLeft * 1_000),
      heldUntilCap: new Date(now + untilCap * 1_000),
    };
  };

  test('as far as it wants, up to a while beyond the cap, and then no further', () => {
    expect(holdExtension(hold(2 * MINUTE, 22 * MINUTE), PAYMENT_HOLD_SECONDS)).toBe(PAYMENT_HOLD_SECONDS);
    expect(holdExtension(hold(10, 0), PAYMENT_HOLD_SECONDS)).toBe(PAYMENT_HOLD_SECONDS);
    expect(holdExtension(hold(10, -5 * MINUTE), PAYMENT_HOLD_SECONDS)).toBe(
      PAYMENT_HOLD_SECONDS - 5 * MINUTE,
    );
    expect(holdExtension(hold(10, -14 * MINUTE), 2 * MINUTE)).toBe(MINUTE);
    expect(holdExtension(hold(10, -60 * MINUTE), 2 * MINUTE)).toBe(0);
  });

  test('and always leaves enough of it to cancel a payment, or to charge a card at least', () => {
    expect(paymentTimeoutSeconds(PAYMENT_HOLD_SECONDS)).toBe(PAYMENT_TIMEOUT_SECONDS);
    expect(paymentTimeoutSeconds(5 * MINUTE)).toBe(4 * MINUTE);
    expect(paymentTimeoutSeconds(30)).toBe(20);
  });
});
