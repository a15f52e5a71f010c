import { once } from 'node:events';

import { cpuSecondsOfTree } from './clocks.ts';
import { onInterrupt } from './interrupt.ts';
import type { ServerLoad } from './load.ts';
import { formatNumber, median } from './measure.ts';
import { checkOutRevision, currentCommit } from './revision.ts';
import { openDeliveryLoad } from './rows/deliveries.ts';
import { openEventViewLoad, openRelativeEventViewLoad } from './rows/event-view.ts';
import { openMemoryLoad } from './rows/memory.ts';
import { openReserveLoad } from './rows/reserve.ts';
import { openBenchStack, type BenchStack } from './stack.ts';
import { judge, type Better, type SideRounds } from './verdict.ts';

/** A row that can be compared: its load, the processes of its server, and the direction of its unit. */
interface ComparableRow {
  unit: string;
  better?: Better;
  workerApart: boolean;
  open: (stack: BenchStack) => Promise<ServerLoad>;
}

const LOADS: Record<string, ComparableRow> = {
  P1: { unit: 'reservations/s', workerApart: false, open: openReserveLoad },
  P6: { unit: 'event views/s', workerApart: false, open: openEventViewLoad },
  P7: { unit: 'event views ÷ bare Fastify', workerApart: false, open: openRelativeEventViewLoad },
  P9: { unit: 'deliveries per CPU second', workerApart: true, open: openDeliveryLoad },
  P12: {
    unit: 'bytes per idle subscriber (lower is better)',
    better: 'lower',
    workerApart: true,
    open: openMemoryLoad,
  },
};

/** Names of the rows that `compareWith` measures. */
export const COMPARABLE_ROWS = Object.keys(LOADS);

export const DEFAULT_COMPARE_ROUNDS = 5;

interface Side extends SideRounds {
  stack: BenchStack;
  load: ServerLoad;
}

/**
 * Measure the server of this tree against that of a revision under the same load, alternately (A B B A …), each on
 * stores of its own. Only the server is the revision's: the load generator is this tree's. Returns whether every row passed.
 */
export async function compareWith(
  revision: string,
  options: { rows: readonly string[]; rounds: number },
  print: (line: string) => void,
): Promise<boolean> {
  await using opened = new AsyncDisposableStack();
  using interruption = onInterrupt();
  const measured = measureRows(revision, options, opened, print);
  try {
    return await Promise.race([measured, rejectWhenAborted(interruption.signal)]);
  } finally {
    // Closing the servers fails the load that is under way; a stack that is still opening closes when it is adopted.
    if (interruption.signal.aborted) {
      await opened.disposeAsync();
      await measured.catch(() => {});
    }
  }
}

async function measureRows(
  revision: string,
  { rows, rounds }: { rows: readonly string[]; rounds: number },
  opened: AsyncDisposableStack,
  print: (line: string) => void,
): Promise<boolean> {
  const old = await adopt(opened, checkOutRevision(revision));
  print(`New: ${await currentCommit()}. Old: ${old.commit}. ${rounds} rounds, alternating.`);
  print('');
  print('| | new ÷ old | new | old | CPU per operation, new ÷ old | verdict |');
  print('|---|---|---|---|---|---|');
  let passed = true;
  for (const row of rows) {
    const { unit, better, workerApart, open } = LOADS[row]!;
    const ofRow = opened.use(new AsyncDisposableStack());
    const openSide = async (tree?: string): Promise<Side> => {
      const stack = await adopt(ofRow, openBenchStack({ workerApart, ...(tree && { tree }) }));
      return { stack, load: await adopt(ofRow, open(stack)), rates: [], cpuPerOperation: [] };
    };
    const newSide = await openSide();
    const oldSide = await openSide(old.directory);
    for (let round = 0; round < rounds; round++) {
      for (const side of round % 2 === 0 ? [newSide, oldSide] : [oldSide, newSide]) await measure(side);
    }
    const verdict = judge(newSide, oldSide, better);
    passed &&= verdict.passed;
    print(
      `| ${row} ${unit} | **${formatNumber(verdict.ratio)}** | ${rangeOf(newSide)} | ${rangeOf(oldSide)} | ${cpuOf(newSide)} ÷ ${cpuOf(oldSide)} = ${formatNumber(verdict.cpuRatio)} | ${verdict.passed ? 'pass' : 'FAIL'} |`,
    );
    await ofRow.disposeAsync();
  }
  return passed;
}

async function measure({ stack, load, rates, cpuPerOperation }: Side): Promise<void> {
  await load.prepare();
  const before = await cpuSecondsOfTree(stack.pid);
  const { rate, operations, processorSeconds } = await load.run();
  rates.push(rate);
  cpuPerOperation.push((processorSeconds ?? (await cpuSecondsOfTree(stack.pid)) - before) / operations);
}

function rangeOf({ rates }: Side): string {
  return `${formatNumber(median(rates))} (${formatNumber(Math.min(...rates))}–${formatNumber(Math.max(...rates))})`;
}

function cpuOf({ cpuPerOperation }: Side): string {
  return `${formatNumber(median(cpuPerOperation) * 1e6)} µs`;
}

/** Let `owner` dispose of a resource; if it was disposed of while the resource was opening, dispose of it now. */
async function adopt<T extends AsyncDisposable>(
  owner: AsyncDisposableStack,
  opening: Promise<T>,
): Promise<T> {
  const resource = await opening;
  if (!owner.disposed) return owner.use(resource);
  await resource[Symbol.asyncDispose]();
  throw new Error('interrupted');
}

async function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}
