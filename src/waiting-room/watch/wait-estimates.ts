/** A wait in seconds that contains the true one of nine in ten who are admitted. */
export interface WaitRange {
  min: number;
  max: number;
}

/** What is known of the line at a moment. */
export interface Pace {
  /** Admissions per second, as measured. Null: there were none yet. */
  rate: number | null;
  /** Part that is given up in a second of those ahead of a place; those behind say nothing. */
  attrition(peopleAhead: number): number;
  /** Admissions per second if each visit takes its whole time: with stock, the line is never slower for long. */
  slowest: number;
}

/** Followed to the moment at which the head reaches its place. */
interface Probe {
  place: number;
  at: number;
  /** Wait in seconds that the measured rate promised. */
  expected: number;
}

/** Distances ahead of which places are followed: each is four times the one before. */
const DISTANCE_FACTOR = 4;
const DISTANCES = 10;
/** Classes of waits: up to 15 s, 1 min, 4 min, 16 min, 64 min and longer. */
const CLASSES = 6;
const FIRST_CLASS_SECONDS = 15;
/** A distance is followed again after this part of its expected wait. */
const PROBES_PER_WAIT = 10;
const MIN_PROBE_INTERVAL_MS = 2_000;
const MAX_PROBES = 200;
/** Of a class: the last ones count. */
const MAX_SCORES = 200;
const MIN_SCORES = 16;
/** Outliers on both sides; a little less than 5 %, as neighbouring scores resemble each other. */
const TAIL = 0.04;
/** Until scores of a class are known, those of shorter waits are used, wider by so much for each class between. */
const WIDENING = 1.25;
const UNKNOWN_LOW = 0.4;
const UNKNOWN_HIGH = 2;
const MAX_SECONDS = 7 * 24 * 60 * 60;

/**
 * Estimates waits. The point estimate is the people ahead over the measured rate, with the share that gives up on the way.
 * How far it is off is measured: places in the line are followed, and each true wait over the promised one is a score. The
 * range is the point estimate times the 4th and the 96th percentile of the last scores of waits of that length.
 */
export class WaitEstimates {
  readonly #scores: number[][] = Array.from({ length: CLASSES }, () => []);
  /** Percentiles of the scores of each class, once there are enough. */
  readonly #tails: ([number, number] | undefined)[] = new Array<undefined>(CLASSES);
  readonly #nextProbeAt = new Array<number>(DISTANCES).fill(-Infinity);
  #probes: Probe[] = [];

  /** Score the places that the head has reached, and follow further ones. Times are in milliseconds of a monotonic clock. */
  observe(
    now: number,
    pace: Pace,
    line: { head: number; waiting: number; peopleAhead(place: number): number },
  ): void {
    const open: Probe[] = [];
    for (const probe of this.#probes) {
      if (probe.place > line.head) open.push(probe);
      else this.#score(probe.expected, (now - probe.at) / 1_000);
    }
    this.#probes = open;
    for (let index = 0, distance = 2; index < DISTANCES; index++, distance *= DISTANCE_FACTOR) {
      if (distance > line.waiting || open.length >= MAX_PROBES) return;
      if (now < this.#nextProbeAt[index]!) continue;
      const place = line.head + 1 + distance;
      const expected = expectedSeconds(line.peopleAhead(place), pace);
      if (expected === null || expected > MAX_SECONDS) continue;
      this.#nextProbeAt[index] = now + Math.max(MIN_PROBE_INTERVAL_MS, (expected * 1_000) / PROBES_PER_WAIT);
      open.push({ place, at: now, expected });
    }
  }

  /** The line stands, for a reason that no rate tells: what is followed says nothing any more. */
  forgetOpenProbes(): void {
    this.#probes = [];
  }

  /** The range for a number of people ahead; null while nothing is known. */
  range(peopleAhead: number, pace: Pace): WaitRange | null {
    const expected = expectedSeconds(peopleAhead, pace);
    if (expected === null) return null;
    const [low, high] = this.#factors(expected, peopleAhead, pace);
    const min = Math.min(Math.floor(expected * low), MAX_SECONDS);
    return { min, max: Math.min(Math.max(Math.ceil(expected * high), min + 1), MAX_SECONDS) };
  }

  #factors(expected: number, peopleAhead: number, pace: Pace): readonly [number, number] {
    const wanted = classOf(expected);
    for (let index = wanted; index >= 0; index--) {
      const tails = this.#tails[index];
      if (tails === undefined) continue;
      const widening = WIDENING ** (wanted - index);
      return [tails[0] / widening, tails[1] * widening];
    }
    const slowest = turnsOf(peopleAhead) / pace.slowest / expected;
    return [UNKNOWN_LOW, Math.max(UNKNOWN_HIGH, slowest)];
  }

  #score(expected: number, actual: number): void {
    const index = classOf(expected);
    const scores = this.#scores[index]!;
    scores.push(actual / expected);
    if (scores.length > MAX_SCORES) scores.shift();
    if (scores.length < MIN_SCORES) return;
    const sorted = scores.toSorted((a, b) => a - b);
    const last = sorted.length - 1;
    this.#tails[index] = [
      Math.min(sorted[Math.floor(last * TAIL)]!, 1),
      Math.max(sorted[Math.ceil(last * (1 - TAIL))]!, 1),
    ];
  }
}

/** Admitted is who has none ahead, and one turn more. */
const turnsOf = (peopleAhead: number): number => peopleAhead + 1;

/** Of `a` people, each of whom gives up with a constant probability: `da/dt = -rate - attrition × a`. */
function expectedSeconds(peopleAhead: number, { rate, ...pace }: Pace): number | null {
  if (rate === null || rate <= 0) return null;
  const attrition = pace.attrition(peopleAhead);
  const people = turnsOf(peopleAhead);
  const seconds = attrition > 1e-9 ? Math.log1p((attrition * people) / rate) / attrition : people / rate;
  return Math.max(seconds, 0.5);
}

const classOf = (seconds: number): number =>
  Math.min(CLASSES - 1, Math.max(0, Math.ceil(Math.log(seconds / FIRST_CLASS_SECONDS) / Math.log(4))));
