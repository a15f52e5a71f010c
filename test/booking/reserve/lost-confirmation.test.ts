import { expect, test } from 'vitest';

import { openRelay, throughRelay } from '../../client/relay.ts';
import { cloneDatabase } from '../../support/database.ts';
import { keyOf, reserve } from '../../support/holds.ts';
import { eventOnSale } from '../../support/seed.ts';
import { eventually } from '../../support/wait-until.ts';
import { openWorld } from '../../support/world.ts';

test('a commit whose confirmation is lost is an outage, and the repeated call gets its Reservation', async () => {
  await using database = await cloneDatabase();
  await using relay = await openRelay(database.url);
  await using world = await openWorld({ databaseUrl: throughRelay(database.url, relay) });
  const { id, event } = await eventOnSale(world.platform);
  const ana = await world.as('ana');
  const call = () => reserve(ana, event, { places: [3] }, 'lost');

  relay.dropMessage('COMMIT');
  const lost = expect(call()).rejects.toThrow('SERVICE_UNAVAILABLE');
  await eventually('the confirmation is lost', async () => relay.dropped === 1);
  relay.cut();
  await lost;

  const again = await eventually('the call is answered', () => call().catch(() => null)); // on new connections
  expect(again).toMatchObject({ __typename: 'TicketsReserved', reservation: { tickets: [{ place: 3 }] } });
  const held = await world.platform.sql`select id from reservations where event_id = ${id}`;
  expect(held).toEqual([{ id: keyOf(again.reservation).id }]);
});
