import { slotOf, SLOTS } from './slots.ts';

/** Their slots lie in the first, second and last third: a cluster that shares them out evenly has each on another shard. */
const TAGS = ['3', '16', '26'] as const;

/**
 * Name the copies of something that concerns everybody, whichever shard they are with: enough of them that one shard less
 * leaves one. The first is the one that likely lies with `near`.
 */
export function copiesOf(prefix: string, name: string, near = ''): string[] {
  const third = Math.floor((slotOf(near) * TAGS.length) / SLOTS);
  return TAGS.map((_, index) => `${prefix}{${TAGS[(third + index) % TAGS.length]}}${name}`);
}
