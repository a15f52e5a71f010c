import { sql } from 'drizzle-orm';
import { expect } from 'vitest';

import type { TransportName } from '../../src/client/index.ts';
import { mapInDatabase } from '../seat-map/random-sales.ts';
import { audit } from '../support/auditor.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { untilNothing } from '../support/wait-until.ts';
import type { Deployment } from './deployment.ts';
import { openParticipants, TRANSPORTS, type Participants } from './participants.ts';
import { startShopping, VENUE, type Shopping } from './shopping.ts';

/** A trial in progress. */
export interface TrialRun {
  event: SeededEvent;
  participants: Participants;
  shopping: Shopping;
}

/** Slow consumers are dropped after megabytes of updates, which takes long on a machine under ten times the load. */
const MAX_TRIAL_MS = 150_000;

/**
 * Run sales and subscribers during `scenario`, and on until every mutation, status and client action has occurred. Then all
 * clients must have the map in the database, and the audit must find nothing. Returns the responses of the sales.
 */
export async function trial(
  deployment: Deployment,
  seed: number,
  scenario: (run: TrialRun) => Promise<void> = async () => {},
): Promise<Shopping> {
  const event = await eventOnSale(deployment.platform, VENUE);
  await using participants = await openParticipants(deployment, event, seed);
  expect(await findings(deployment, participants)).toEqual([]);
  const droppedBefore = new Map<TransportName, number>();
  for (const transport of TRANSPORTS)
    droppedBefore.set(transport, await deployment.slowConsumersDropped(transport));

  const shopping = startShopping(deployment, event, seed);
  participants.startActions();
  try {
    await scenario({ event, participants, shopping });
    const missing = () => notYetCovered(deployment, { event, participants, shopping }, droppedBefore);
    expect(await untilNothing(missing, { withinMs: MAX_TRIAL_MS })).toEqual([]);
  } finally {
    await shopping.stop();
    await participants.stopActions();
  }
  expect(await findings(deployment, participants)).toEqual([]);
  await changePlace(deployment, event, VENUE.seats - 1); // a last change, as a quiet feed proves nothing
  expect(await findings(deployment, participants)).toEqual([]);
  expect(await audit(deployment.platform.db)).toEqual([]);
  return shopping;
}

/** Failures: clients whose map does not converge to the database, violations of the protocol, unexpected exits. */
export async function findings(
  { unexpectedExits }: Pick<Deployment, 'unexpectedExits'>,
  participants: Participants,
  timeout?: { withinMs: number },
): Promise<string[]> {
  return [
    ...(await untilNothing(() => participants.differences(), timeout)),
    ...participants.violations(),
    ...unexpectedExits,
  ];
}

/** Block a place, or unblock it if it is blocked. */
export async function changePlace(deployment: Deployment, event: SeededEvent, place: number): Promise<void> {
  const map = await mapInDatabase(deployment.platform.db, event.id);
  const [mutation, answer] =
    map[place] === 'B'
      ? (['unblockTickets', 'TicketsUnblocked'] as const)
      : ['blockTickets', 'TicketsBlocked'];
  const organiser = await deployment.as(deployment.apis[0]!, ORGANISER, 'ORGANISER');
  const { __typename } = await organiser.mutate(mutation, { event: event.event, places: [place] });
  expect(__typename).toBe(answer);
}

const REQUIRED_ANSWERS = [
  'reserveTickets: TicketsReserved',
  'releaseReservation: ReservationReleased',
  'confirmBooking: BookingConfirmed',
  'cancelBooking: BookingCancelled',
  'blockTickets: TicketsBlocked',
  'unblockTickets: TicketsUnblocked',
  'time ran out',
];
const UPDATE_KINDS = ['wholeMaps', 'deltas', 'resumed', 'startedOver'] as const;
const STATUSES = 'ABRS';

/** Everything that a trial must cover and has not yet. */
async function notYetCovered(
  deployment: Deployment,
  { event, participants, shopping }: TrialRun,
  droppedBefore: ReadonlyMap<TransportName, number>,
): Promise<string[]> {
  const missing = REQUIRED_ANSWERS.filter((answer) => !shopping.answers.has(answer));
  const {
    rows: [expired],
  } = await deployment.platform.db.execute(sql`
    select 1 from reservations where event_id = ${event.id} and status = 'EXPIRED' limit 1`);
  if (!expired) missing.push('an expired hold');
  for (const transport of TRANSPORTS) {
    const watchers = participants.all.filter((watcher) => watcher.transport === transport);
    const never = UPDATE_KINDS.filter((what) => watchers.every(({ observer }) => observer.count[what] === 0));
    const unknown = [...STATUSES].filter(
      (status) => !watchers.every(({ observer }) => observer.statusesSeen.has(status)),
    );
    const open = participants.actions.filter(
      (action) => !participants.performed.has(`${transport}: ${action}`),
    );
    missing.push(...[...never, ...unknown, ...open].map((what) => `${transport}: ${what}`));
    if ((await deployment.slowConsumersDropped(transport)) === droppedBefore.get(transport))
      missing.push(`${transport}: a dropped slow consumer`);
  }
  return missing;
}
