import { cpus, loadavg, totalmem } from 'node:os';

import { findElasticsearch } from '../src/local-stack/elasticsearch-program.ts';
import { readOptions } from '../src/platform/cli/read-options.ts';
import { exitWithMessage } from '../src/platform/cli/run-command.ts';
import { COMPARABLE_ROWS, compareWith, DEFAULT_COMPARE_ROUNDS } from './compare.ts';
import { formatNumber, median, type Row } from './measure.ts';
import { pgbenchVersion } from './pgbench.ts';
import { currentCommit } from './revision.ts';
import { admissionStepRows } from './rows/admission-steps.ts';
import { botsRow } from './rows/bots.ts';
import { changesShownRow } from './rows/changes-shown.ts';
import { deliveryRows } from './rows/deliveries.ts';
import { eventViewRows } from './rows/event-view.ts';
import { freshnessRow } from './rows/freshness.ts';
import { joinsRow } from './rows/joins.ts';
import { memoryRow } from './rows/memory.ts';
import { passCheckRows } from './rows/pass-check.ts';
import { queuePollsRow } from './rows/queue-polls.ts';
import { reserveRow } from './rows/reserve.ts';
import { searchFreshnessRow } from './rows/search-freshness.ts';
import { searchLatencyRows } from './rows/search-latency.ts';
import { snapshotRows } from './rows/snapshot.ts';
import { measureStartUp } from './rows/start-up.ts';
import { waitersRow } from './rows/waiters.ts';
import { openSizedCatalogue } from './search/catalogue.ts';
import { measureSearchGrowth } from './search/growth.ts';
import { openBenchStack } from './stack.ts';

/** `npm run bench`: measure every published ratio against its baseline and print the table, or compare with a revision. */
process.exitCode = await exitWithMessage(async () => {
  const options = readOptions({
    call: 'npm run bench --',
    about: 'Measure every published ratio against its baseline, and print the table.',
    options: {
      only: {
        type: 'string',
        value: 'ROWS',
        about:
          'some of P1, P6 (includes P7), P9 to P18, P23, line, waiters, search-growth, start-up, divided by commas',
      },
      compare: {
        type: 'string',
        value: 'REVISION',
        about:
          'measure this server against that of a revision; exits with 1 if a row fails (bench/verdict.ts)',
      },
      rounds: {
        type: 'string',
        value: 'N',
        default: String(DEFAULT_COMPARE_ROUNDS),
        about: 'rounds of --compare',
      },
    },
  });
  const only = options.only?.split(',');
  print(`# Measured ${new Date().toISOString().slice(0, 16)}Z`);
  print(
    `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]!.toFixed(2)} before`,
  );
  if (options.compare !== undefined)
    return (await compareAll(options.compare, only, Number(options.rounds))) ? 0 : 1;
  await measureAll(only);
  return 0;
});

/** Whether all rows hold. */
async function compareAll(revision: string, only: string[] | undefined, rounds: number): Promise<boolean> {
  const rows = only ?? COMPARABLE_ROWS;
  const unknown = rows.filter((row) => !COMPARABLE_ROWS.includes(row));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')} cannot be compared; ${COMPARABLE_ROWS.join(', ')} can`);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number of at least 1');
  return compareWith(revision, { rows, rounds }, print);
}

async function measureAll(only: string[] | undefined): Promise<void> {
  const wanted = (name: string) => only === undefined || only.includes(name);
  const pgbench = await pgbenchVersion();
  const commit = await currentCommit().catch(() => 'unknown');
  print(`Node ${process.versions.node}, ${pgbench ?? 'no pgbench'}, commit ${commit}`);
  print('');

  const rows: Row[] = [];
  if (wanted('P1') || wanted('P6') || wanted('P7')) {
    await using stack = await openBenchStack();
    if (wanted('P1')) {
      if (pgbench === null)
        print('P1 skipped: pgbench is not installed (Debian: apt-get install postgresql)');
      else rows.push(await reserveRow(stack));
    }
    if (wanted('P6') || wanted('P7')) rows.push(...(await eventViewRows(stack)));
  }
  if (['P9', 'P10', 'P11', 'P12', 'P13'].some(wanted)) {
    await using stack = await openBenchStack({ workerApart: true });
    if (wanted('P9')) rows.push(...(await deliveryRows(stack)));
    if (wanted('P10')) rows.push(await changesShownRow(stack));
    if (wanted('P11')) rows.push(...(await snapshotRows(stack)));
    if (wanted('P12')) rows.push(await memoryRow(stack));
    if (wanted('P13')) rows.push(await freshnessRow(stack));
  }
  if (['P14', 'P15', 'P23', 'line', 'waiters'].some(wanted)) {
    await using stack = await openBenchStack();
    if (wanted('P14')) rows.push(await joinsRow(stack));
    if (wanted('P15')) rows.push(await queuePollsRow(stack));
    if (wanted('P23')) rows.push(await botsRow(stack));
    if (wanted('line')) rows.push(...(await admissionStepRows(stack)));
    if (wanted('waiters')) rows.push(await waitersRow(stack));
  }
  if (wanted('P16')) rows.push(...(await passCheckRows()));
  if (['P17', 'P18'].some(wanted) && (await hasElasticsearch())) {
    await using stack = await openBenchStack({ workerApart: true, elasticsearch: true });
    await using catalogue = await openSizedCatalogue(stack);
    if (wanted('P17')) rows.push(...(await searchLatencyRows(stack, catalogue)));
    if (wanted('P18')) rows.push(await searchFreshnessRow(stack, catalogue));
  }
  printTable(rows);

  if (wanted('search-growth') && (await hasElasticsearch())) {
    await using stack = await openBenchStack({ workerApart: true, elasticsearch: true });
    await measureSearchGrowth(stack, print);
  }

  if (wanted('start-up')) {
    const { firstSeconds, secondSeconds, residentMegabytes } = await measureStartUp();
    print(`First start, demo catalogue loaded, to the first response: ${firstSeconds.toFixed(1)} s`);
    print(`Second start, to the first response: ${secondSeconds.toFixed(1)} s`);
    print(`Resident memory of the server after loading the catalogue: ${residentMegabytes.toFixed(0)} MB`);
  }
}

/** Whether rows of search can be measured; if not, says why. */
async function hasElasticsearch(): Promise<boolean> {
  return findElasticsearch().then(
    () => true,
    (error: Error) => {
      print(`search skipped: ${error.message}`);
      return false;
    },
  );
}

function printTable(rows: readonly Row[]): void {
  if (rows.length === 0) return;
  print('| | ratio | median | range | the two sides |');
  print('|---|---|---|---|---|');
  for (const { id, title, ratio, unit, sides } of rows) {
    const values = sides.map(({ name, values }) => `${name}: ${formatNumber(median(values))}`);
    print(
      `| ${id} | ${title} | **${formatNumber(ratio.median)}** | ${formatNumber(ratio.lowest)}–${formatNumber(ratio.highest)} | ${unit}: ${values.join('; ')} |`,
    );
  }
  print('');
  for (const { id, notes } of rows) for (const note of notes) print(`${id}: ${note}`);
  print('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
