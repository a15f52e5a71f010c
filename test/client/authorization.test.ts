import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { FollowRefused, type FollowOptions } from '../../src/client/index.ts';
import { openLiveServer, type LiveServer } from '../realtime/live-server.ts';
import { advance } from '../support/clock.ts';
import { ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { subscribeManually } from './manual-subscription.ts';

let live: LiveServer;
beforeAll(async () => void (live = await openLiveServer()));
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  vi.useRealTimers();
});

const MINUTE = 60_000;
const shortToken = () => live.tokenFor(60, ORGANISER, 'ORGANISER');
/** The error that ended a subscription. */
const failureOf = (subscription: { next(): Promise<unknown> }): Promise<FollowRefused> =>
  subscription.next().then(
    () => Promise.reject(new Error('the subscription did not end')),
    (error: unknown) => error as FollowRefused,
  );

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  const subscribe = (options: Omit<FollowOptions, 'transport' | 'url'>) =>
    subscribeManually({ transport, url: live.url, ...options });

  test('an expired token is replaced by a fresh one, and no update is missed', async () => {
    const { event, set } = await live.draft();
    let calls = 0;
    const subscription = subscribe({
      event,
      async token() {
        if (++calls === 2) await set([5], 'B'); // while disconnected
        return shortToken();
      },
    });
    const { epoch } = await subscription.next();
    advance(2 * MINUTE);
    const caughtUp = await subscription.until(({ available }) => available === 39);
    expect(caughtUp).toMatchObject({ epoch, changed: [5] }); // deltas, not a whole map
    expect(calls).toBe(2);
    expect(subscription.lost).toHaveLength(1);

    await set([6], 'B');
    expect(await subscription.next()).toMatchObject({ epoch, changed: [6] });
    await subscription.end();
  });

  test('a fixed token ends the subscription when it expires, with the reason', async () => {
    const { event } = await live.draft();
    const subscription = subscribe({ event, token: await shortToken() });
    await subscription.next();
    advance(2 * MINUTE);
    const failure = await failureOf(subscription);
    expect(failure).toBeInstanceOf(FollowRefused);
    expect(failure).toMatchObject({
      code: expect.stringMatching(/^(UNAUTHENTICATED|4403)$/),
      message: 'The token was not accepted: it has expired.',
    });
  });

  test('a failing token function is retried', async () => {
    const { event } = await live.draft();
    const outage = new Error('the issuer is unavailable');
    let calls = 0;
    const subscription = subscribe({
      event,
      token() {
        if (++calls < 3) throw outage;
        return shortToken();
      },
    });
    expect(await subscription.next()).toMatchObject({ available: 40 });
    expect(subscription.lost.map(({ cause }) => cause)).toEqual([outage, outage]);
    await subscription.end();
  });

  test('a FollowRefused from the token function is permanent', async () => {
    const { event } = await live.draft();
    const signedOut = new FollowRefused('SIGNED_OUT', 'sign in again');
    const subscription = subscribe({ event, token: () => Promise.reject(signedOut) });
    expect(await failureOf(subscription)).toBe(signedOut);
    expect(subscription.lost).toEqual([]);
  });

  test('an abort does not wait for the token', async () => {
    const abort = new AbortController();
    const called = Promise.withResolvers<void>();
    const subscription = subscribe({
      event: 'any',
      signal: abort.signal,
      token() {
        called.resolve();
        return new Promise(() => {}); // never resolves
      },
    });
    const state = subscription.states.next();
    await called.promise;
    abort.abort();
    expect(await state).toMatchObject({ done: true });
  });

  test('a withdrawn Event ends the subscription with the refusal of a new one', async () => {
    const { event, withdraw } = await live.onSale();
    const subscription = subscribe({ event });
    await subscription.next();
    await withdraw();
    advance(MINUTE);
    const failure = await failureOf(subscription);
    expect(failure).toBeInstanceOf(FollowRefused);
    const refusal = await failureOf(subscribe({ event }));
    expect(failure).toMatchObject({ code: 'BAD_USER_INPUT', message: refusal.message });
    expect(subscription.lost).toEqual([]);
    await eventually(
      'no subscription is left',
      async () => (await live.count('realtimeSubscriptions')) === 0,
    );
  });
});
