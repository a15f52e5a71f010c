import type { Buyer } from './seed.ts';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Groups of 2 to 8 places next to each other that overlap: some 2.5 groups want each place. */
export function overlappingGroups(count: number, places: number, seed: number): number[][] {
  const below = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const size = 2 + below(7);
    const first = below(places - size + 1);
    const group = Array.from({ length: size }, (_, index) => first + index);
    return below(2) === 0 ? group : group.toReversed();
  });
}

/** Run all buyers at once; answers are in the order of the buyers. `onAnswer` is called with each as it arrives. */
export function race<Answer>(
  buyers: readonly Buyer[],
  go: (buyer: Buyer, index: number) => Promise<Answer>,
  onAnswer: (answered: number) => void = () => {},
): Promise<Answer[]> {
  let answered = 0;
  return Promise.all(
    buyers.map(async (buyer, index) => {
      const answer = await go(buyer, index);
      onAnswer(++answered);
      return answer;
    }),
  );
}

/** Count answers by their type. */
export function tally(answers: readonly { __typename: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename } of answers) counts[__typename] = (counts[__typename] ?? 0) + 1;
  return counts;
}
