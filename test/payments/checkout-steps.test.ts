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

/** All paths through the table, from a step to one at which no work is due, and on from there. */
function pathsFrom(from: CheckoutStep): CheckoutStep[][] {
  const next: readonly CheckoutStep[] = CHECKOUT_TRANSITIONS[from];
  const ends = isTerminal(from) ? [[from]] : [];
  return [...ends, ...next.flatMap((step) => pathsFrom(step).map((rest) => [from, ...rest]))];
}

describe('the steps of a checkout', () => {
  test('are those of the database enum', () => {
    expect(CHECKOUT_STEPS.toSorted()).toEqual(checkoutStep.enumValues.toSorted());
  });

  test('form no cycle, and all of them are reachable', () => {
    const all = pathsFrom('opened'); // a cycle would not return
    expect(new Set(all.flat())).toEqual(new Set(CHECKOUT_STEPS));
    for (const path of all) expect(new Set(path).size).toBe(path.length);
  });

  test('end every payment with tickets or with a refund', () => {
    for (const path of pathsFrom('opened')) {
      const last = path.at(-1)!;
      const late = path.indexOf('declined') + 1; // paid past the server after a decline
      const isPaid = path.includes('paid') || (late > 0 && late < path.length);
      expect(isPaid ? ['confirmed', 'refunded', 'cancelled'] : ['declined']).toContain(last);
      if (last === 'cancelled') expect(path).toContain('confirmed');
      if (last === 'refunded') expect(path).not.toContain('confirmed');
    }
  });

  test('are terminal only where nothing is due', () => {
    expect(CHECKOUT_STEPS.filter(isTerminal).toSorted()).toEqual([...TERMINAL_STEPS].toSorted());
    for (const step of CHECKOUT_STEPS) {
      const last = (CHECKOUT_TRANSITIONS[step] as readonly CheckoutStep[]).length === 0;
      if (last) expect(isTerminal(step)).toBe(true);
    }
  });

  test('have a status that never becomes PENDING again', () => {
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

/** The pace of a checkout that was opened two days ago, or `age` seconds ago, and has been at its step for `age` seconds. */
function retryAfter(step: CheckoutStep, age: number): number {
  const now = Date.UTC(2026, 5, 3);
  const isRefund = step === 'refunding' || step === 'cancelling';
  const createdAt = new Date(isRefund ? Date.UTC(2026, 5, 1) : now - age * 1_000);
  return nextRetrySeconds({ step, createdAt, updatedAt: new Date(now - age * 1_000) }, now);
}

test('the hold outlives the payment deadline by more than the longest retry interval', () => {
  for (let age = 0; age <= 2 * PAYMENT_TIMEOUT_SECONDS; age += 5) {
    expect(retryAfter('awaiting_payment', age)).toBeGreaterThanOrEqual(5);
    expect(retryAfter('awaiting_payment', age)).toBeLessThan(PAYMENT_HOLD_SECONDS - PAYMENT_TIMEOUT_SECONDS);
  }
});

test.each(['refunding', 'cancelling'] as const)(
  'the pace of a refund that is due grows to an hour: %s',
  (step) => {
    expect([0, 20, 60, 3_600, 4 * 3_600, 30 * 86_400].map((age) => retryAfter(step, age))).toEqual([
      5, 5, 15, 900, 3_600, 3_600,
    ]);
  },
);

describe('a payment extends a hold', () => {
  const MINUTE = 60;
  const hold = (secondsLeft: number, untilCap: number) => {
    const now = Date.UTC(2026, 5, 1);
    return {
      secondsLeft,
      heldUntil: new Date(now + secondsLeft * 1_000),
      heldUntilCap: new Date(now + untilCap * 1_000),
    };
  };

  test('by the wanted time, up to the limit beyond the cap', () => {
    expect(holdExtension(hold(2 * MINUTE, 22 * MINUTE), PAYMENT_HOLD_SECONDS)).toBe(PAYMENT_HOLD_SECONDS);
    expect(holdExtension(hold(10, 0), PAYMENT_HOLD_SECONDS)).toBe(PAYMENT_HOLD_SECONDS);
    expect(holdExtension(hold(10, -5 * MINUTE), PAYMENT_HOLD_SECONDS)).toBe(
      PAYMENT_HOLD_SECONDS - 5 * MINUTE,
    );
    expect(holdExtension(hold(10, -14 * MINUTE), 2 * MINUTE)).toBe(MINUTE);
    expect(holdExtension(hold(10, -60 * MINUTE), 2 * MINUTE)).toBe(0);
  });

  test('and leaves time to cancel the payment, or at least to charge the card', () => {
    expect(paymentTimeoutSeconds(PAYMENT_HOLD_SECONDS)).toBe(PAYMENT_TIMEOUT_SECONDS);
    expect(paymentTimeoutSeconds(5 * MINUTE)).toBe(4 * MINUTE);
    expect(paymentTimeoutSeconds(30)).toBe(20);
  });
});
