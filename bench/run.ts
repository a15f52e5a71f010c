import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

import { median, type Row } from './measure.ts';
import { pgbenchVersion } from './pgbench.ts';
import { eventViewRows } from './rows/event-view.ts';
import { reserveRow } from './rows/reserve.ts';
import { measureStartUp } from './rows/start-up.ts';
import { openBenchStack } from './stack.ts';

/**
 * `npm run bench`: measure every published ratio beside its baseline and print the table.
 * `npm run bench -- --only P1,P6` measures some; the names are P1, P6 (which brings P7) and start-up.
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
printTable(rows);

if (wanted('start-up')) {
  const { firstSeconds, secondSeconds, residentMegabytes } = await measureStartUp();
  print(`First start, demo catalogue loaded, to the first answer: ${firstSeconds.toFixed(1)} s`);
  print(`Second start, to the first answer: ${secondSeconds.toFixed(1)} s`);
  print(`Resident memory of the server after loading the catalogue: ${residentMegabytes.toFixed(0)} MB`);
}

function printTable(measured: readonly Row[]): void {
  if (measured.length === 0) return;
  print('| | ratio | median | range | per second |');
  print('|---|---|---|---|---|');
  for (const { id, what, ratio, sides } of measured) {
    const rates = sides.map(
      ({ name, perSecond }) => `${name}: ${Math.round(median(perSecond)).toLocaleString('en')}`,
    );
    print(
      `| ${id} | ${what} | **${ratio.median.toFixed(2)}** | ${ratio.lowest.toFixed(2)}–${ratio.highest.toFixed(2)} | ${rates.join('; ')} |`,
    );
  }
  print('');
  for (const { id, notes } of measured) for (const note of notes) print(`${id}: ${note}`);
  print('');
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
