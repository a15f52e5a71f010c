import { followers, inRoom, openSink, openStage } from '../audience.ts';
import type { Opening } from '../clients/sink.ts';
import { measureRatio, type Row } from '../measure.ts';
import { openProgram } from '../program.ts';
import type { Idle, Weight } from '../servers/idle.ts';
import type { BenchStack } from '../stack.ts';

const PLACES = 2_000;
/** Opened first: they take what was free in the process anyway, and pay for what all share. */
const FIRST = 4_000;
const SUBSCRIBERS = 8_000;

/** Whom to open, once it is known where. */
type OpeningAt = (addresses: { onsale: string; barePort: number }, count: number) => Opening;

/**
 * P12: what a process holds for each subscriber that waits for something to change, over what it holds for a bare `ws`
 * socket. Every measurement has a process of its own, with both servers in it, so that none finds what another left.
 */
export async function memoryRow(stack: BenchStack): Promise<Row> {
  await using stage = await openStage(stack, 1, PLACES);
  const house = stage.houses[0]!;
  const kept: string[] = [];
  const side = (name: string, opening: OpeningAt) => ({
    name,
    run: async () => {
      const each = await weighOne(stack, opening);
      kept.push(`${name} ${Math.round(each.kept).toLocaleString('en')}`);
      return each.resident;
    },
  });
  return await measureRatio(
    'P12',
    'resident memory per idle subscriber ÷ bare ws socket',
    side('Onsale', ({ onsale }, count) => followers(onsale, house, count)),
    side('bare ws', ({ barePort }, count) => inRoom(barePort, 0, count)),
    async () => [
      `of ${SUBSCRIBERS.toLocaleString('en')} each, in processes that hold ${FIRST.toLocaleString('en')} already`,
      `bytes each that V8 keeps, in its heap and beside it: ${kept.join(', ')}`,
    ],
    { unit: 'bytes' },
  );
}

async function weighOne(stack: BenchStack, opening: OpeningAt): Promise<Weight> {
  await using idle = openProgram<Idle>('bench/servers/idle.ts', {
    execArgv: ['--expose-gc'],
    env: stack.environment('idle'),
  });
  await using sink = openSink();
  const addresses = await idle.call('start');
  await sink.call('open', [opening(addresses, FIRST)]);
  const before = await idle.call('weigh');
  await sink.call('open', [opening(addresses, SUBSCRIBERS)]);
  const after = await idle.call('weigh');
  return {
    resident: (after.resident - before.resident) / SUBSCRIBERS,
    kept: (after.kept - before.kept) / SUBSCRIBERS,
  };
}
