import { writeFile } from 'node:fs/promises';

import { exitWithMessage } from '../../src/platform/cli/run-command.ts';
import { onInterrupt } from '../interrupt.ts';
import { runArena } from './arena.ts';
import { readArenaOptions } from './options.ts';
import { figureLines, oddLines, verdictLines } from './report.ts';

/** `npm run arena`: a simulated sale behind a waiting room, against a stack of its own. Exits with 1 if a rule was broken. */
process.exitCode = await exitWithMessage(async () => {
  const options = readArenaOptions(process.argv.slice(2));
  const print = (line: string) => process.stdout.write(`${line}\n`);
  using interruption = onInterrupt();
  const { signal } = interruption;
  const { evidence, violations, figures } = await runArena(options, { out: process.stdout, print, signal });
  if (options.evidenceFile !== null)
    await writeFile(options.evidenceFile, JSON.stringify({ ...evidence, holders: [...evidence.holders] }));

  print('\nFigures');
  for (const line of figureLines(evidence, figures)) print(`  ${line}`);
  print('\nOther outcomes');
  for (const line of oddLines(figures.numbers)) print(`  ${line}`);
  print('\nRules');
  for (const line of verdictLines(violations)) print(line);
  return violations.length === 0 ? 0 : 1;
});
