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
/** Who changes tickets, each as fast as Postgres lets it. */
const WRITERS = 8;
/** So many changes, each in a message of its own, keep a bare server busy for some seconds. */
const MAX_SINGLE_CHANGES = 600;

/**
 * P10: how many changes of seats per second each of 1,000 subscribers is shown in the middle of a rush, over a bare
 * `ws` server that sends each change as a message of its own.
 */
export async function changesShownRow(stack: BenchStack): Promise<Row> {
  await using stage = await openLiveMaps(stack, 1, PLACES);
  await using bare = openBareWebSocket();
  await using sink = openReceiver();
  await using bareSink = openReceiver();
  const house = stage.events[0]!;
  const port = await bare.call('listen');
  await sink.call('open', [seatMapSubscribers(stack.url, house, SUBSCRIBERS)]);
  await bareSink.call('open', [roomMembers(port, 0, SUBSCRIBERS)]);

  let deltas: SeatMapDeltaMessage[] = [];
  return await measureRatio(
    'P10',
    'seat changes shown/s to each of 1,000 subscribers ÷ bare ws, a message per change',
    {
      name: 'Onsale',
      run: async () => {
        const letters = Array.from(await stage.statusesOf(house));
        await sink.call('reset');
        const committed = await toggleSeatsConcurrently(stage);
        const { groups: each, elapsedMs } = await sink.call('waitUntilQuiet', 1);
        const { messages, variants: sequences } = each[0]!;
        if (sequences > 1) throw new Error('subscribers were not sent the same');
        deltas = messages.map(deltaOf);
        for (const { places, statuses } of deltas) {
          for (const [index, place] of places.entries()) letters[place] = statuses[index]!;
        }
        if (letters.join('') !== (await stage.statusesOf(house))) throw new Error('the map is not the house');
        const shown = deltas.reduce((sum, { places }) => sum + places.length, 0);
        if (shown > committed) throw new Error('more was shown than happened');
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
        await bareSink.call('reset');
        const broadcasts = changes
          .slice(0, MAX_SINGLE_CHANGES)
          .map((message) => ({ room: 0, message, afterMs: 0 }));
        await bare.call('broadcast', broadcasts, 'at once');
        const { groups: each, elapsedMs } = await bareSink.call('waitUntilQuiet', MAX_SINGLE_CHANGES);
        return each[0]!.messageCount / (elapsedMs / 1_000);
      },
    },
    async () => [
      `${deltas.length} updates in the last round, ${Math.round(deltas.reduce((sum, { places }) => sum + places.length, 0) / deltas.length)} places each; what subscribers were shown adds up to what is in Postgres`,
    ],
  );
}

/** Change pairs of seats, each in a transaction, as fast as they are committed; answers how many places. */
async function toggleSeatsConcurrently(stage: LiveMaps): Promise<number> {
  const end = performance.now() + SECONDS * 1_000;
  const share = PLACES / WRITERS;
  let places = 0;
  const writer = async (_: unknown, number: number) => {
    while (performance.now() < end) {
      // each has places of its own: this is about the map, not about waiting for each other
      const place = number * share + Math.floor(Math.random() * (share - 1));
      await stage.toggle([place, place + 1]);
      places += 2;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return places;
}
