import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

import { median, type Row } from './measure.ts';
import { pgbenchVersion } from './pgbench.ts';
import { changesShownRow } from './rows/changes-shown.ts';
import { deliveryRows } from './rows/deliveries.ts';
import { eventViewRows } from './rows/event-view.ts';
import { freshnessRow } from './rows/freshness.ts';
import { memoryRow } from './rows/memory.ts';
import { reserveRow } from './rows/reserve.ts';
import { snapshotRows } from './rows/snapshot.ts';
import { measureStartUp } from './rows/start-up.ts';
import { openBenchStack } from './stack.ts';

/**
 * `npm run bench`: measure every published ratio beside its baseline and print the table.
 * `npm run bench -- --only P1,P6` measures some; the names are P1, P6 (which brings P7), P9 to P13 and start-up.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = (name: string) => values.only === undefined || values.only.split(',').includes(name);

print(`# Measured ${new Date().toISOString().slice(0, 16)}Z`);
print(
  `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]!.toFixed(2)} before`,
);
const pgbench = await pgbenchVersion();
print(`Node ${process.versions.node}, ${pgbench ?? 'no pgbench'}, commit ${commit()}`);
print('');

const rows: Row[] = [];
if (wanted('P1') || wanted('P6') || wanted('P7')) {
  await using stack = await openBenchStack();
  if (wanted('P1')) {
    if (pgbench === null) print('P1 left out: pgbench is missing (Debian: apt-get install postgresql)');
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
printTable(rows);

if (wanted('start-up')) {
  const { firstSeconds, secondSeconds, residentMegabytes } = await measureStartUp();
  print(`First start, demo catalogue loaded, to the first answer: ${firstSeconds.toFixed(1)} s`);
  print(`Second start, to the first answer: ${secondSeconds.toFixed(1)} s`);
  print(`Resident memory of the server after loading the catalogue: ${residentMegabytes.toFixed(0)} MB`);
}

function printTable(measured: readonly Row[]): void {
  if (measured.length === 0) return;
  print('| | ratio | median | range | the two sides |');
  print('|---|---|---|---|---|');
  for (const { id, what, ratio, unit, sides } of measured) {
    const values = sides.map(({ name, values }) => `${name}: ${rounded(median(values))}`);
    print(
      `| ${id} | ${what} | **${rounded(ratio.median)}** | ${rounded(ratio.lowest)}–${rounded(ratio.highest)} | ${unit}: ${values.join('; ')} |`,
    );
  }
  print('');
  for (const { id, notes } of measured) for (const note of notes) print(`${id}: ${note}`);
  print('');
}

/** As many digits as a machine that others use, too, can vouch for. */
function rounded(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 0.1 ? value.toFixed(2) : value.toFixed(3);
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
