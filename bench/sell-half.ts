import type { Sql } from 'postgres';

import type { EventOnSale } from './event-on-sale.ts';

/** How many people come together, and how often of a hundred times; about what ticket shops report. */
const GROUP_SIZES = [
  { size: 1, share: 15 },
  { size: 2, share: 55 },
  { size: 3, share: 10 },
  { size: 4, share: 15 },
  { size: 6, share: 5 },
];
/** What became of the places of a party, of a hundred. */
const STATUSES = [
  { status: 'SOLD', share: 84 },
  { status: 'RESERVED', share: 12 },
  { status: 'BLOCKED', share: 4 },
] as const;

/** How much of a house is gone: half is where a map says most, and packs worst. */
const UNAVAILABLE_SHARE = 0.5;

/**
 * Have half of a house bought, by parties that sit side by side all over it. It is the same each time: the randomness
 * has a seed.
 */
export async function sellHalf(sql: Sql, { eventId, places }: EventOnSale): Promise<void> {
  const random = randomFrom(20_261_121);
  const taken = new Map<number, string>();
  while (taken.size < UNAVAILABLE_SHARE * places) {
    const first = Math.floor(random() * places);
    const { size } = pick(GROUP_SIZES, random);
    const { status } = pick(STATUSES, random);
    const seats = Array.from({ length: size }, (_, n) => first + n);
    if (seats.some((place) => place >= places || taken.has(place))) continue;
    for (const place of seats) taken.set(place, status);
  }
  await sql`
    update tickets t set version = version + 1, status = wanted.status::ticket_status,
      reservation_id = case when wanted.status <> 'BLOCKED' then gen_random_uuid() end,
      held_until = case when wanted.status = 'RESERVED' then now() + interval '1 hour' end
    from unnest(${[...taken.keys()]}::int[], ${[...taken.values()]}::text[]) as wanted (place, status)
    where t.event_id = ${eventId} and t.place = wanted.place`;
}

function pick<T extends { share: number }>(among: readonly T[], random: () => number): T {
  let at = random() * 100;
  return among.find(({ share }) => (at -= share) < 0) ?? among[0]!;
}

/** Numbers between 0 and 1 that look random (mulberry32), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
