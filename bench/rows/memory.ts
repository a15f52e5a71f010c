import type { ConnectionGroup } from '../clients/receiver.ts';
import { openLiveMaps, openReceiver, roomMembers, seatMapSubscribers } from '../live-maps.ts';
import { measureRatio, type Row } from '../measure.ts';
import { startRpcChild } from '../rpc.ts';
import type { MemoryServer, MemoryUse } from '../servers/memory.ts';
import type { BenchStack } from '../stack.ts';

const PLACES = 2_000;
/** They use up free heap and allocate what all subscribers share, before anything is measured. */
const WARM_UP_SUBSCRIBERS = 4_000;
const SUBSCRIBERS = 8_000;

/** Connections to one of the servers, whose addresses are known after the start. */
type GroupAt = (addresses: { onsale: string; barePort: number }, count: number) => ConnectionGroup;

/**
 * P12: memory of a process per idle subscriber, over that per bare `ws` socket. Each measurement has a process of its own
 * with both servers in it, so that none reuses memory of another.
 */
export async function memoryRow(stack: BenchStack): Promise<Row> {
  await using maps = await openLiveMaps(stack, 1, PLACES);
  const event = maps.events[0]!;
  const v8Bytes: string[] = [];
  const side = (name: string, groupAt: GroupAt) => ({
    name,
    run: async () => {
      const perSubscriber = await measureOne(stack, groupAt);
      v8Bytes.push(`${name} ${Math.round(perSubscriber.v8Bytes).toLocaleString('en')}`);
      return perSubscriber.residentBytes;
    },
  });
  return await measureRatio(
    'P12',
    'resident memory per idle subscriber ÷ bare ws socket',
    side('Onsale', ({ onsale }, count) => seatMapSubscribers(onsale, event, count)),
    side('bare ws', ({ barePort }, count) => roomMembers(barePort, 0, count)),
    async () => [
      `${SUBSCRIBERS.toLocaleString('en')} subscribers each, in processes with ${WARM_UP_SUBSCRIBERS.toLocaleString('en')} more`,
      `bytes of V8 heap and external memory each: ${v8Bytes.join(', ')}`,
    ],
    { unit: 'bytes' },
  );
}

async function measureOne(stack: BenchStack, groupAt: GroupAt): Promise<MemoryUse> {
  await using server = startRpcChild<MemoryServer>('bench/servers/memory.ts', {
    execArgv: ['--expose-gc'],
    env: stack.environment('memory'),
  });
  await using receiver = openReceiver();
  const addresses = await server.call('start');
  await receiver.call('open', [groupAt(addresses, WARM_UP_SUBSCRIBERS)]);
  const before = await server.call('measure');
  await receiver.call('open', [groupAt(addresses, SUBSCRIBERS)]);
  const after = await server.call('measure');
  return {
    residentBytes: (after.residentBytes - before.residentBytes) / SUBSCRIBERS,
    v8Bytes: (after.v8Bytes - before.v8Bytes) / SUBSCRIBERS,
  };
}
