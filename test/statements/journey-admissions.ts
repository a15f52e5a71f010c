import { randomUUID } from 'node:crypto';

import { readRooms } from '../../src/waiting-room/store/rooms.ts';
import { openClient } from '../support/client.ts';
import { inDays, ORGANISER } from '../support/seed.ts';
import { admit, endVisit } from '../waiting-room/admissions.ts';
import type { JourneyWorld } from './journey-world.ts';

/** Open a waiting room, shop behind it with a pass, end the visit, and close the room. */
export async function admissionsJourney(world: JourneyWorld): Promise<void> {
  const { db } = world.platform;
  const { event, id } = await world.onSale({ seats: 20 });
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  await organiser.mutate('openWaitingRoom', {
    event,
    opensAt: inDays(1),
    capacity: 10,
    admissionsPerMinute: 10,
  });
  await organiser.mutate('updateWaitingRoom', { event, capacity: 20 });
  const room = (await readRooms(db)).find(({ eventId }) => eventId === id)!;
  const pass = await admit(db, room, 'patient', 1);
  const client = openClient(world.url, await world.token('patient'), { 'onsale-admission': pass });
  const input = { event, selection: { places: [3] }, idempotencyKey: randomUUID() };
  await client.mutate('reserveTickets', input);
  await endVisit(db, room, 1);
  await organiser.mutate('steerWaitingRoom', { event, action: 'DRAIN' });
  await client.mutate('reserveTickets', input);
  await client.ask(`{ event(id: "${event}") { waitingRoom { state } tierAvailability { available } } }`);
  await organiser.ask(
    `query ($event: ID!) {
      last: waitingRoom(event: $event) { figures { waiting } }
      first: waitingRoom(event: $event, generation: 1) { admissions(first: 1) { nodes { number } } }
    }`,
    { event },
  );
  await organiser.mutate('closeWaitingRoom', { event });
}
