import type { Pace, WaitEstimates } from '../../../src/waiting-room/watch/wait-estimates.ts';

export interface Shop {
  people: number;
  capacity: number;
  perMinute: number;
  /** Longest visit; most end earlier. */
  visitSeconds: number;
  /** Part of the waiters that gives up in a second. */
  attrition: number;
  /** By how much visits grow longer from begin to end. */
  drift?: number;
}

/** Run a room second by second, ask for estimates at random, and compare them with what came. */
export function simulateRoom(shop: Shop, seed: number, estimates: WaitEstimates) {
  let state = seed * 7_919 + 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const gone = new Uint8Array(shop.people + 2);
  const admittedAt = new Float64Array(shop.people + 2);
  const asked: { place: number; at: number; min: number; max: number }[] = [];
  const inside: number[] = []; // ends of visits
  const admissions: number[] = []; // by second
  let head = 0;
  let waiting = shop.people;
  let attrition = 0;

  for (let now = 0; head < shop.people && now < 50_000; now++) {
    for (let left = 0; left < waiting * shop.attrition - random(); left++) {
      const place = head + 1 + Math.floor(random() * (shop.people - head));
      if (place > shop.people || gone[place]) continue;
      gone[place] = 1;
      waiting--;
    }
    attrition += ((waiting > 0 ? shop.attrition : 0) - attrition) / 60;
    for (let index = inside.length - 1; index >= 0; index--)
      if (inside[index]! <= now) inside.splice(index, 1);
    let budget = Math.min(shop.perMinute / 60, shop.capacity - inside.length);
    let admitted = 0;
    while (budget >= 1 && head < shop.people) {
      head++;
      if (gone[head]) continue;
      admittedAt[head] = now;
      waiting--;
      budget--;
      admitted++;
      const drift = 1 + ((shop.drift ?? 1) - 1) * (head / shop.people);
      inside.push(now + Math.min(shop.visitSeconds, (0.2 + random() * 0.8) * shop.visitSeconds) * drift);
    }
    admissions.push(admitted);
    const window = admissions.slice(-120);
    const total = window.reduce((sum, one) => sum + one, 0);
    const measured = attrition;
    const pace: Pace = {
      rate: total === 0 ? null : total / window.length,
      attrition: () => measured,
      slowest: Math.min(shop.perMinute / 60, shop.capacity / shop.visitSeconds),
    };
    const peopleAhead = (place: number) => {
      let ahead = 0;
      for (let one = head + 1; one < place && one <= shop.people; one++) ahead += 1 - gone[one]!;
      return ahead;
    };
    estimates.observe(now * 1_000, pace, { head, waiting, peopleAhead });
    for (let question = 0; question < 4 && head < shop.people - 1; question++) {
      const place = head + 1 + Math.floor(random() * (shop.people - head));
      if (place > shop.people || gone[place]) continue;
      const range = estimates.range(peopleAhead(place), pace);
      if (range !== null) asked.push({ place, at: now, ...range });
    }
  }
  const came = asked.filter(({ place }) => admittedAt[place]! > 0);
  const contained = came.filter(({ place, at, min, max }) => {
    const wait = admittedAt[place]! - at;
    return min <= wait && wait <= max;
  });
  return {
    shown: came.length,
    contained: contained.length,
    ratios: came.map(({ min, max }) => max / Math.max(min, 1)),
  };
}
