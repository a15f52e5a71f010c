import { slotOf, SLOTS } from './slots.ts';

/** Hash tags whose slots are in the first, second and last third: with an even distribution each is on another shard. */
const TAGS = ['3', '16', '26'] as const;

/**
 * Names of the copies of a message for clients on all shards: enough copies that one survives the loss of a shard. The
 * first is likely on the shard of `near`.
 */
export function copiesOf(prefix: string, name: string, near = ''): string[] {
  const third = Math.floor((slotOf(near) * TAGS.length) / SLOTS);
  return TAGS.map((_, index) => `${prefix}{${TAGS[(third + index) % TAGS.length]}}${name}`);
}
