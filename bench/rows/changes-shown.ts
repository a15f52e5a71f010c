import type { SeatMapDeltaMessage } from '../../src/client/index.ts';
import {
  deltaOf,
  openBareWebSocket,
  openLiveMaps,
  openReceiver,
  roomMembers,
  seatMapSubscribers,
  type LiveMaps,
} from '../live-maps.ts';
import { measureRatio, type Row } from '../measure.ts';
import type { BenchStack } from '../stack.ts';

const SUBSCRIBERS = 1_000;
const PLACES = 20_000;
const SECONDS = 5;
/** Concurrent writers, each one transaction after the other. */
const WRITERS = 8;
/** As single messages these keep the baseline busy for some seconds. */
const MAX_SINGLE_CHANGES = 600;

/**
 * P10: seat changes per second delivered to each of 1,000 subscribers under maximum write load, over a bare `ws` server
 * that sends one message per change.
 */
export async function changesShownRow(stack: BenchStack): Promise<Row> {
  await using maps = await openLiveMaps(stack, 1, PLACES);
  await using bare = openBareWebSocket();
  await using receiver = openReceiver();
  await using bareReceiver = openReceiver();
  const event = maps.events[0]!;
  const port = await bare.call('listen');
  await receiver.call('open', [seatMapSubscribers(stack.url, event, SUBSCRIBERS)]);
  await bareReceiver.call('open', [roomMembers(port, 0, SUBSCRIBERS)]);

  let deltas: SeatMapDeltaMessage[] = [];
  return await measureRatio(
    'P10',
    'seat changes shown/s to each of 1,000 subscribers ÷ bare ws, a message per change',
    {
      name: 'Onsale',
      run: async () => {
        const expected = Array.from(await maps.statusesOf(event));
        await receiver.call('reset');
        const committed = await toggleSeatsConcurrently(maps);
        const { groups, elapsedMs } = await receiver.call('waitUntilQuiet', 1);
        const { messages, variants } = groups[0]!;
        if (variants > 1) throw new Error('subscribers received different messages');
        deltas = messages.map(deltaOf);
        for (const { places, statuses: changed } of deltas) {
          for (const [index, place] of places.entries()) expected[place] = changed[index]!;
        }
        if (expected.join('') !== (await maps.statusesOf(event)))
          throw new Error('the deltas do not add up to the map');
        const shown = deltas.reduce((sum, { places }) => sum + places.length, 0);
        if (shown > committed) throw new Error('more changes were delivered than committed');
        return shown / (elapsedMs / 1_000);
      },
    },
    {
      name: 'bare ws',
      run: async () => {
        const changes = deltas.flatMap((delta) =>
          delta.places.map((place, index) =>
            JSON.stringify({
              id: '1',
              type: 'next',
              payload: {
                data: { seatMapChanged: { ...delta, places: [place], statuses: delta.statuses[index] } },
              },
            }),
          ),
        );
        await bareReceiver.call('reset');
        const broadcasts = changes
          .slice(0, MAX_SINGLE_CHANGES)
          .map((message) => ({ room: 0, message, afterMs: 0 }));
        await bare.call('broadcast', broadcasts, 'at once');
        const { groups, elapsedMs } = await bareReceiver.call('waitUntilQuiet', MAX_SINGLE_CHANGES);
        return groups[0]!.messageCount / (elapsedMs / 1_000);
      },
    },
    async () => [
      `${deltas.length} updates in the last round, ${Math.round(deltas.reduce((sum, { places }) => sum + places.length, 0) / deltas.length)} places each; the deltas add up to the state in Postgres`,
    ],
  );
}

/** Toggle pairs of seats, one transaction each, without pauses. Returns the number of places. */
async function toggleSeatsConcurrently(maps: LiveMaps): Promise<number> {
  const end = performance.now() + SECONDS * 1_000;
  const share = PLACES / WRITERS;
  let places = 0;
  const writer = async (_: unknown, number: number) => {
    while (performance.now() < end) {
      // each writer has places of its own, so that none waits for another's row locks
      const place = number * share + Math.floor(Math.random() * (share - 1));
      await maps.toggle([place, place + 1]);
      places += 2;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return places;
}
