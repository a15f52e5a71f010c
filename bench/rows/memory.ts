import type { ConnectionGroup } from '../clients/receiver.ts';
import { openLiveMaps, openReceiver, roomMembers, seatMapSubscribers } from '../live-maps.ts';
import { measureRatio, type Row } from '../measure.ts';
import { startRpcChild } from '../rpc.ts';
import type { MemoryServer, MemoryUse } from '../servers/memory.ts';
import type { BenchStack } from '../stack.ts';

const PLACES = 2_000;
/** Opened first: they take what was free in the process anyway, and pay for what all share. */
const WARM_UP_SUBSCRIBERS = 4_000;
const SUBSCRIBERS = 8_000;

/** Whom to open, once it is known where. */
type GroupAt = (addresses: { onsale: string; barePort: number }, count: number) => ConnectionGroup;

/**
 * P12: what a process holds for each subscriber that waits for something to change, over what it holds for a bare `ws`
 * socket. Every measurement has a process of its own, with both servers in it, so that none finds what another left.
 */
export async function memoryRow(stack: BenchStack): Promise<Row> {
  await using stage = await openLiveMaps(stack, 1, PLACES);
  const house = stage.events[0]!;
  const kept: string[] = [];
  const side = (name: string, opening: GroupAt) => ({
    name,
    run: async () => {
      const each = await measureOne(stack, opening);
      kept.push(`${name} ${Math.round(each.v8Bytes).toLocaleString('en')}`);
      return each.residentBytes;
    },
  });
  return await measureRatio(
    'P12',
    'resident memory per idle subscriber ÷ bare ws socket',
    side('Onsale', ({ onsale }, count) => seatMapSubscribers(onsale, house, count)),
    side('bare ws', ({ barePort }, count) => roomMembers(barePort, 0, count)),
    async () => [
      `of ${SUBSCRIBERS.toLocaleString('en')} each, in processes that hold ${WARM_UP_SUBSCRIBERS.toLocaleString('en')} already`,
      `bytes each that V8 keeps, in its heap and beside it: ${kept.join(', ')}`,
    ],
    { unit: 'bytes' },
  );
}

async function measureOne(stack: BenchStack, opening: GroupAt): Promise<MemoryUse> {
  await using idle = startRpcChild<MemoryServer>('bench/servers/memory.ts', {
    execArgv: ['--expose-gc'],
    env: stack.environment('idle'),
  });
  await using sink = openReceiver();
  const addresses = await idle.call('start');
  await sink.call('open', [opening(addresses, WARM_UP_SUBSCRIBERS)]);
  const before = await idle.call('measure');
  await sink.call('open', [opening(addresses, SUBSCRIBERS)]);
  const after = await idle.call('measure');
  return {
    residentBytes: (after.residentBytes - before.residentBytes) / SUBSCRIBERS,
    v8Bytes: (after.v8Bytes - before.v8Bytes) / SUBSCRIBERS,
  };
}
