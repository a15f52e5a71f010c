import { expect, test } from 'vitest';

import { singleFlight, singleFlightFresh } from '../../src/platform/single-flight.ts';

/** Work that ends when it is told to; what it answers is the how-manieth it was. */
function open(sharing: typeof singleFlight) {
  const begun: PromiseWithResolvers<number>[] = [];
  const ask = sharing(() => {
    begun.push(Promise.withResolvers<number>());
    return begun.at(-1)!.promise;
  });
  return { ask, begun };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('singleFlight: calls during a run share its result', async () => {
  const { ask, begun } = open(singleFlight);
  const answers = [ask('a'), ask('a')];
  await turn();
  answers.push(ask('a'));
  begun[0]!.resolve(1);
  expect(await Promise.all(answers)).toEqual([1, 1, 1]);
});

test('singleFlightFresh: a result never begins before the call', async () => {
  const { ask, begun } = open(singleFlightFresh);
  const early = [ask('a'), ask('a')];
  await turn();
  expect(begun).toHaveLength(1);
  const late = [ask('a'), ask('a')];
  await turn();
  expect(begun).toHaveLength(1); // one at a time
  begun[0]!.resolve(1);
  expect(await Promise.all(early)).toEqual([1, 1]);
  await turn();
  begun[1]!.resolve(2);
  expect(await Promise.all(late)).toEqual([2, 2]);
});

test('singleFlightFresh: a failed run does not fail the next', async () => {
  const { ask, begun } = open(singleFlightFresh);
  const early = ask('a');
  await turn();
  const late = ask('a');
  begun[0]!.reject(new Error('away'));
  await expect(early).rejects.toThrow('away');
  await turn();
  begun[1]!.resolve(2);
  expect(await late).toBe(2);
});

test('singleFlightFresh: keys are independent', async () => {
  const { ask, begun } = open(singleFlightFresh);
  const answers = [ask('a'), ask('b')];
  await turn();
  expect(begun).toHaveLength(2);
  begun.forEach(({ resolve }, index) => resolve(index));
  expect(await Promise.all(answers)).toEqual([0, 1]);
});
