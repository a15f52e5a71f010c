import { sql } from 'drizzle-orm';
import { expect } from 'vitest';

import type { TransportName } from '../../src/client/index.ts';
import { mapInDatabase } from '../seat-map/random-sales.ts';
import { audit } from '../support/auditor.ts';
import { eventOnSale, ORGANISER, type SeededEvent } from '../support/seed.ts';
import { untilNothing } from '../support/wait-until.ts';
import type { Stage } from './deployment.ts';
import { openCast, TRANSPORTS, type Cast } from './participants.ts';
import { HOUSE, startShopping, type Shopping } from './shopping.ts';

/** What goes on while somebody is killed. */
export interface Scene {
  event: SeededEvent;
  cast: Cast;
  shopping: Shopping;
}

/** On a machine with ten times as much to do, it takes some megabytes until somebody who does not read is cut off. */
const A_WHOLE_TRIAL_MS = 150_000;

/**
 * Let people shop and watch while `drama` happens, and as long after that as it takes until everything has happened that
 * makes it none of fair weather. Then everybody has to see what is in the database, and nothing may be wrong there.
 * Returns how it went for those who shopped.
 */
export async function trial(
  stage: Stage,
  seed: number,
  drama: (scene: Scene) => Promise<void> = async () => {},
): Promise<Shopping> {
  const event = await eventOnSale(stage.platform, HOUSE);
  await using cast = await openCast(stage, event, seed);
  expect(await findings(stage, cast)).toEqual([]);
  const cutOffBefore = new Map<TransportName, number>();
  for (const transport of TRANSPORTS) cutOffBefore.set(transport, await stage.cutOff(transport));

  const shopping = startShopping(stage, event, seed);
  cast.stir();
  try {
    await drama({ event, cast, shopping });
    const missing = () => unseen(stage, { event, cast, shopping }, cutOffBefore);
    expect(await untilNothing(missing, { withinMs: A_WHOLE_TRIAL_MS })).toEqual([]);
  } finally {
    await shopping.stop();
    await cast.settle();
  }
  expect(await findings(stage, cast)).toEqual([]);
  await changePlace(stage, event, HOUSE.seats - 1); // nobody is right only because nothing happens any more
  expect(await findings(stage, cast)).toEqual([]);
  expect(await audit(stage.platform.db)).toEqual([]);
  return shopping;
}

/** What is wrong: whose map does not come to be what is in the database, who was told what against the protocol, what died. */
export async function findings(
  { accidents }: Pick<Stage, 'accidents'>,
  cast: Cast,
  patience?: { withinMs: number },
): Promise<string[]> {
  return [...(await untilNothing(() => cast.differences(), patience)), ...cast.problems(), ...accidents];
}

/** Let the organiser keep a place back, or give it back. */
export async function changePlace(stage: Stage, event: SeededEvent, place: number): Promise<void> {
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
const TOLD = ['wholeMaps', 'deltas', 'resumed', 'startedOver'] as const;
const LETTERS = 'ABRS';

/** What has not happened yet. */
async function unseen(
  stage: Stage,
  { event, cast, shopping }: Scene,
  cutOffBefore: ReadonlyMap<TransportName, number>,
): Promise<string[]> {
  const missing = ANSWERS.filter((answer) => !shopping.done.has(answer));
  const [expired] = await stage.platform.db.execute(sql`
    select 1 from reservations where event_id = ${event.id} and status = 'EXPIRED' limit 1`);
  if (!expired) missing.push('a hold that a worker has ended');
  for (const transport of TRANSPORTS) {
    const watchers = cast.all.filter((watcher) => watcher.transport === transport);
    const never = TOLD.filter((what) => watchers.every(({ observer }) => observer.count[what] === 0));
    const unknown = [...LETTERS].filter(
      (letter) => !watchers.every(({ observer }) => observer.letters.has(letter)),
    );
    const undone = cast.acts.filter((act) => !cast.done.has(`${transport}: ${act}`));
    missing.push(...[...never, ...unknown, ...undone].map((what) => `${transport}: ${what}`));
    if ((await stage.cutOff(transport)) === cutOffBefore.get(transport))
      missing.push(`${transport}: a reader who is cut off`);
  }
  return missing;
}
