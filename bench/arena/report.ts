import { percentile, type Numbers } from './crowd/tally.ts';
import { RULES, type Evidence, type Violation } from './evidence.ts';
import { mostInside } from './judge/admissions.ts';
import { judgeEstimates } from './judge/estimates.ts';
import { admissionDelays } from './judge/freshness.ts';

/** Violations of one rule that are listed. */
const MAX_LISTED = 5;

/** What an arena measured beside the evidence. */
export interface Figures {
  numbers: Numbers;
  seconds: number;
  peakSubscriptions: number;
  updates: number;
  /** Peak resident memory by process, in MB. */
  memory: ReadonlyMap<string, number>;
}

/** Lines that tell each rule and whether it held. */
export function verdictLines(violations: readonly Violation[]): string[] {
  return Object.entries(RULES).flatMap(([rule, text]) => {
    const broken = violations.filter((violation) => violation.rule === rule);
    const listed = broken.slice(0, MAX_LISTED).map(({ what }) => `         ${what}`);
    const more = broken.length > MAX_LISTED ? [`         and ${broken.length - MAX_LISTED} more`] : [];
    return [`${broken.length === 0 ? '  held   ' : '  BROKEN '}${text}`, ...listed, ...more];
  });
}

/** Lines with figures. */
export function figureLines(evidence: Evidence, figures: Figures): string[] {
  const { admissions, stays, room, order, ticketChanges, receipts } = evidence;
  const { outcomes, latencies } = figures.numbers;
  const last = admissions.reduce((latest, { admittedAt }) => Math.max(latest, admittedAt), room.opensAt);
  const estimates = judgeEstimates(stays, admissions);
  const delays = admissionDelays(stays, admissions).sort((a, b) => a - b);
  const at = (share: number) => Math.round(delays[Math.floor(share * (delays.length - 1))] ?? 0);
  const refused = sum(outcomes, (name) => name.startsWith('refused to '));
  const holds = ticketChanges.filter(({ to }) => to === 'RESERVED').length;
  return [
    `${stays.length} joined, ${order?.length ?? 0} of them before the opening; ${figures.peakSubscriptions} subscriptions at once`,
    `${admissions.length} admitted in ${((last - room.opensAt) / 1_000).toFixed(0)} s, at most ${mostInside(admissions)} inside of ${room.capacity}`,
    `${receipts.length} bought; ${holds} tickets were held in all`,
    `${sum(outcomes, (name) => name.startsWith('left by'))} left the line, ${refused} cheats refused`,
    `told of the admission after ${at(0.5)} ms (median), ${at(0.99)} ms (p99), ${at(1)} ms (longest), of ${delays.length} subscriptions`,
    `first estimate right for ${(100 * estimates.share).toFixed(1)} % of ${estimates.shown}`,
    `${figures.updates} updates over subscriptions`,
    ...Object.entries(latencies)
      .sort()
      .map(([operation, counts]) => {
        const count = Object.values(counts).reduce((total, one) => total + one, 0);
        return `${operation}: ${count} answers, ${percentile(counts, 0.5)} ms (median), ${percentile(counts, 0.99)} ms (p99)`;
      }),
    `peak memory: ${[...figures.memory].map(([name, megabytes]) => `${name} ${megabytes} MB`).join(', ')}`,
    `${figures.seconds.toFixed(0)} s in all`,
  ];
}

/** Outcomes that nothing else shows. */
export function oddLines({ outcomes }: Numbers): string[] {
  return Object.entries(outcomes)
    .filter(
      ([name]) =>
        !/: (?:QueueJoined|QueueLeft|TicketsReserved|BookingConfirmed|ReservationReleased)$/.test(name),
    )
    .sort()
    .map(([name, count]) => `${name}: ${count}`);
}

const sum = (outcomes: Record<string, number>, counts: (name: string) => boolean): number =>
  Object.entries(outcomes).reduce((total, [name, count]) => total + (counts(name) ? count : 0), 0);
