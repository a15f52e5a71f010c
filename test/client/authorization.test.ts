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
/** Why it ended. */
const failureOf = (following: { next(): Promise<unknown> }): Promise<FollowRefused> =>
  following.next().then(
    () => Promise.reject(new Error('it did not end')),
    (error: unknown) => error as FollowRefused,
  );

describe.each(['websocket', 'sse'] as const)('over %s', (transport) => {
  const follow = (options: Omit<FollowOptions, 'transport' | 'url'>) =>
    subscribeManually({ transport, url: live.url, ...options });

  test('a token that expires is replaced by a fresh one, and nothing is missed', async () => {
    const { event, set } = await live.draft();
    let asked = 0;
    const following = follow({
      event,
      async token() {
        if (++asked === 2) await set([5], 'B'); // while nobody follows
        return shortToken();
      },
    });
    const { epoch } = await following.next();
    advance(2 * MINUTE);
    const caughtUp = await following.until(({ available }) => available === 39);
    expect(caughtUp).toMatchObject({ epoch, changed: [5] }); // not a whole map
    expect(asked).toBe(2);
    expect(following.lost).toHaveLength(1);

    await set([6], 'B');
    expect(await following.next()).toMatchObject({ epoch, changed: [6] });
    await following.end();
  });

  test('a token that nobody renews ends the following, with the reason', async () => {
    const { event } = await live.draft();
    const following = follow({ event, token: await shortToken() });
    await following.next();
    advance(2 * MINUTE);
    const failure = await failureOf(following);
    expect(failure).toBeInstanceOf(FollowRefused);
    expect(failure).toMatchObject({
      code: expect.stringMatching(/^(UNAUTHENTICATED|4403)$/),
      message: 'The token was not accepted: it has expired.',
    });
  });

  test('where no token can be had for a while, it is asked for again', async () => {
    const { event } = await live.draft();
    const away = new Error('the issuer is away');
    let asked = 0;
    const following = follow({
      event,
      token() {
        if (++asked < 3) throw away;
        return shortToken();
      },
    });
    expect(await following.next()).toMatchObject({ available: 40 });
    expect(following.lost.map(({ cause }) => cause)).toEqual([away, away]);
    await following.end();
  });

  test('whoever is signed out for good says so, and is told no more', async () => {
    const { event } = await live.draft();
    const signedOut = new FollowRefused('SIGNED_OUT', 'sign in again');
    const following = follow({ event, token: () => Promise.reject(signedOut) });
    expect(await failureOf(following)).toBe(signedOut);
    expect(following.lost).toEqual([]);
  });

  test('whoever has enough need not wait for a token', async () => {
    const over = new AbortController();
    const waiting = Promise.withResolvers<void>();
    const following = follow({
      event: 'whatever',
      signal: over.signal,
      token() {
        waiting.resolve();
        return new Promise(() => {}); // never
      },
    });
    const state = following.states.next();
    await waiting.promise;
    over.abort();
    expect(await state).toMatchObject({ done: true });
  });

  test('an Event that is withdrawn ends the following, with what a new one would be told', async () => {
    const { event, withdraw } = await live.onSale();
    const following = follow({ event });
    await following.next();
    await withdraw();
    advance(MINUTE);
    const failure = await failureOf(following);
    expect(failure).toBeInstanceOf(FollowRefused);
    const refusal = await failureOf(follow({ event }));
    expect(failure).toMatchObject({ code: 'BAD_USER_INPUT', message: refusal.message });
    expect(following.lost).toEqual([]);
    await eventually('nobody follows', async () => (await live.count('realtimeSubscriptions')) === 0);
  });
});
