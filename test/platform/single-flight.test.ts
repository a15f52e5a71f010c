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

test('shareNext: an answer was never begun before the question', async () => {
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

test('shareNext: that one fails is no reason for the next to fail', async () => {
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

test('shareNext: keys have nothing to do with each other', async () => {
  const { ask, begun } = open(singleFlightFresh);
  const answers = [ask('a'), ask('b')];
  await turn();
  expect(begun).toHaveLength(2);
  begun.forEach(({ resolve }, index) => resolve(index));
  expect(await Promise.all(answers)).toEqual([0, 1]);
});
