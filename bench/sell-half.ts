import type { Sql } from 'postgres';

import type { EventOnSale } from './event-on-sale.ts';

/** Sizes of groups of buyers, in percent of groups; about what ticket shops report. */
const GROUP_SIZES = [
  { size: 1, share: 15 },
  { size: 2, share: 55 },
  { size: 3, share: 10 },
  { size: 4, share: 15 },
  { size: 6, share: 5 },
];
/** Status of a group's places, in percent of groups. */
const STATUSES = [
  { status: 'SOLD', share: 84 },
  { status: 'RESERVED', share: 12 },
  { status: 'BLOCKED', share: 4 },
] as const;

/** At one half a map has the highest entropy, so it compresses worst. */
const UNAVAILABLE_SHARE = 0.5;

/** Make half of the places of an Event unavailable, in random groups of adjacent seats; the seed is constant. */
export async function sellHalf(sql: Sql, { eventId, places }: EventOnSale): Promise<void> {
  const random = randomFrom(20_261_121);
  const unavailable = new Map<number, string>();
  while (unavailable.size < UNAVAILABLE_SHARE * places) {
    const first = Math.floor(random() * places);
    const { size } = pick(GROUP_SIZES, random);
    const { status } = pick(STATUSES, random);
    const seats = Array.from({ length: size }, (_, n) => first + n);
    if (seats.some((place) => place >= places || unavailable.has(place))) continue;
    for (const place of seats) unavailable.set(place, status);
  }
  await sql`
    update tickets t set version = version + 1, status = wanted.status::ticket_status,
      reservation_id = case when wanted.status <> 'BLOCKED' then gen_random_uuid() end,
      held_until = case when wanted.status = 'RESERVED' then now() + interval '1 hour' end
    from unnest(${[...unavailable.keys()]}::int[], ${[...unavailable.values()]}::text[]) as wanted (place, status)
    where t.event_id = ${eventId} and t.place = wanted.place`;
}

function pick<T extends { share: number }>(options: readonly T[], random: () => number): T {
  let at = random() * 100;
  return options.find(({ share }) => (at -= share) < 0) ?? options[0]!;
}

/** Pseudo-random numbers between 0 and 1 from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
