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

/** What goes on while somebody is killed. */
export interface TrialRun {
  event: SeededEvent;
  cast: Participants;
  shopping: Shopping;
}

/** On a machine with ten times as much to do, it takes some megabytes until somebody who does not read is cut off. */
const MAX_TRIAL_MS = 150_000;

/**
 * Let people shop and watch while `drama` happens, and as long after that as it takes until everything has happened that
 * makes it none of fair weather. Then everybody has to see what is in the database, and nothing may be wrong there.
 * Returns how it went for those who shopped.
 */
export async function trial(
  stage: Deployment,
  seed: number,
  drama: (scene: TrialRun) => Promise<void> = async () => {},
): Promise<Shopping> {
  const event = await eventOnSale(stage.platform, VENUE);
  await using cast = await openParticipants(stage, event, seed);
  expect(await findings(stage, cast)).toEqual([]);
  const cutOffBefore = new Map<TransportName, number>();
  for (const transport of TRANSPORTS)
    cutOffBefore.set(transport, await stage.slowConsumersDropped(transport));

  const shopping = startShopping(stage, event, seed);
  cast.startActions();
  try {
    await drama({ event, cast, shopping });
    const missing = () => notYetCovered(stage, { event, cast, shopping }, cutOffBefore);
    expect(await untilNothing(missing, { withinMs: MAX_TRIAL_MS })).toEqual([]);
  } finally {
    await shopping.stop();
    await cast.stopActions();
  }
  expect(await findings(stage, cast)).toEqual([]);
  await changePlace(stage, event, VENUE.seats - 1); // nobody is right only because nothing happens any more
  expect(await findings(stage, cast)).toEqual([]);
  expect(await audit(stage.platform.db)).toEqual([]);
  return shopping;
}

/** What is wrong: whose map does not come to be what is in the database, who was told what against the protocol, what died. */
export async function findings(
  { unexpectedExits }: Pick<Deployment, 'unexpectedExits'>,
  cast: Participants,
  patience?: { withinMs: number },
): Promise<string[]> {
  return [
    ...(await untilNothing(() => cast.differences(), patience)),
    ...cast.violations(),
    ...unexpectedExits,
  ];
}

/** Let the organiser keep a place back, or give it back. */
export async function changePlace(stage: Deployment, event: SeededEvent, place: number): Promise<void> {
  const map = await mapInDatabase(stage.platform.db, event.id);
  const [mutation, answer] =
    map[place] === 'B'
      ? (['unblockTickets', 'TicketsUnblocked'] as const)
      : ['blockTickets', 'TicketsBlocked'];
  const organiser = await stage.as(stage.apis[0]!, ORGANISER, 'ORGANISER');
  const { __typename } = await organiser.mutate(mutation, { event: event.event, places: [place] });
  expect(__typename).toBe(answer);
}

const ANSWERS = [
  'reserveTickets: TicketsReserved',
  'releaseReservation: ReservationReleased',
  'confirmBooking: BookingConfirmed',
  'cancelBooking: BookingCancelled',
  'blockTickets: TicketsBlocked',
  'unblockTickets: TicketsUnblocked',
  'time ran out',
];
const UPDATE_KINDS = ['wholeMaps', 'deltas', 'resumed', 'startedOver'] as const;
const LETTERS = 'ABRS';

/** What has not happened yet. */
async function notYetCovered(
  stage: Deployment,
  { event, cast, shopping }: TrialRun,
  cutOffBefore: ReadonlyMap<TransportName, number>,
): Promise<string[]> {
  const missing = ANSWERS.filter((answer) => !shopping.answers.has(answer));
  const [expired] = await stage.platform.db.execute(sql`
    select 1 from reservations where event_id = ${event.id} and status = 'EXPIRED' limit 1`);
  if (!expired) missing.push('a hold that a worker has ended');
  for (const transport of TRANSPORTS) {
    const watchers = cast.all.filter((watcher) => watcher.transport === transport);
    const never = UPDATE_KINDS.filter((what) => watchers.every(({ observer }) => observer.count[what] === 0));
    const unknown = [...LETTERS].filter(
      (letter) => !watchers.every(({ observer }) => observer.statusesSeen.has(letter)),
    );
    const undone = cast.actions.filter((act) => !cast.performed.has(`${transport}: ${act}`));
    missing.push(...[...never, ...unknown, ...undone].map((what) => `${transport}: ${what}`));
    if ((await stage.slowConsumersDropped(transport)) === cutOffBefore.get(transport))
      missing.push(`${transport}: a reader who is cut off`);
  }
  return missing;
}
