import { join } from 'node:path';

import { freePort } from '../../src/local-stack/ports.ts';
import type { ConnectionGroup } from '../clients/receiver.ts';
import { cpuSeconds } from '../clocks.ts';
import { openLiveMaps, openReceiver, roomMembers, seatMapSubscribers } from '../live-maps.ts';
import type { ServerLoad } from '../load.ts';
import { measureRatio, type Row } from '../measure.ts';
import { startRpcChild, type RpcChild } from '../rpc.ts';
import type { MemoryProbe, MemoryUse } from '../servers/memory-probe.ts';
import type { MemoryServer } from '../servers/memory.ts';
import { waitUntilReady, type BenchStack } from '../stack.ts';

const PLACES = 2_000;
/** They use up free heap and allocate what all subscribers share, before anything is measured. */
export const WARM_UP_SUBSCRIBERS = 4_000;
export const SUBSCRIBERS = 8_000;
const PROBE = join(import.meta.dirname, '../servers/memory-probe.ts');

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
  const addresses = await server.call('start');
  return await measureGrowth(
    () => server.call('measure'),
    (count) => groupAt(addresses, count),
  );
}

/** Memory of a process per idle subscriber of a seat map. Each measurement has a process of its own, of the stack's tree. */
export async function openMemoryLoad(stack: BenchStack): Promise<ServerLoad> {
  const maps = await openLiveMaps(stack, 1, PLACES);
  const event = maps.events[0]!;
  return {
    prepare: async () => {},
    async run() {
      await using server = await startMeasuredServer(stack);
      const groupOf = (count: number) => seatMapSubscribers(server.url, event, count);
      const processorNow = () => cpuSeconds(server.child.pid);
      let probeSeconds = 0; // its garbage collections are no work of the server
      const measure = async () => {
        const before = await processorNow();
        const use = await server.child.call('measure');
        probeSeconds += (await processorNow()) - before;
        return use;
      };
      const processorBefore = await processorNow();
      const { residentBytes } = await measureGrowth(measure, groupOf);
      const processorSeconds = (await processorNow()) - processorBefore - probeSeconds;
      return { rate: residentBytes, operations: WARM_UP_SUBSCRIBERS + SUBSCRIBERS, processorSeconds };
    },
    [Symbol.asyncDispose]: () => maps[Symbol.asyncDispose](),
  };
}

interface MeasuredServer extends AsyncDisposable {
  url: string;
  child: RpcChild<MemoryProbe>;
}

/** Start an API process of the stack's tree, with a probe of this tree in it. */
export async function startMeasuredServer(stack: BenchStack, files = 'memory'): Promise<MeasuredServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = startRpcChild<MemoryProbe>(join(stack.tree, 'src/bin/onsale.ts'), {
    args: ['--role', 'api'],
    cwd: stack.tree,
    execArgv: ['--expose-gc', '--import', PROBE],
    env: { ...stack.environment(files), PORT: String(port) },
  });
  await waitUntilReady(url, child.process);
  return { url, child, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

/** Connect subscribers to a process, and more of them; return what each of the latter adds to its memory. */
export async function measureGrowth(
  measure: () => Promise<MemoryUse>,
  groupOf: (count: number, from: number) => ConnectionGroup,
): Promise<MemoryUse> {
  await using receiver = openReceiver();
  await receiver.call('open', [groupOf(WARM_UP_SUBSCRIBERS, 0)]);
  const before = await measure();
  await receiver.call('open', [groupOf(SUBSCRIBERS, WARM_UP_SUBSCRIBERS)]);
  const after = await measure();
  return {
    residentBytes: (after.residentBytes - before.residentBytes) / SUBSCRIBERS,
    v8Bytes: (after.v8Bytes - before.v8Bytes) / SUBSCRIBERS,
  };
}
