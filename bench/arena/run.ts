import { writeFile } from 'node:fs/promises';

import { runArena } from './arena.ts';
import { readArenaOptions } from './options.ts';
import { figureLines, oddLines, verdictLines } from './report.ts';

/**
 * `npm run arena -- --seats 400 --people 4000 --seed 7`: a simulated sale behind a waiting room, against a stack of its own.
 * `--sockets N`: so many people subscribe, the others poll. `--rate N`, `--capacity N`: of the room. `--arrivals N`: people per
 * second. `--minutes N`: it ends by then. `--apis N`, `--crowds N`: processes of the server and of people. `--unbounded-stock`:
 * without the bound that admits no more than there are tickets for. `--evidence FILE`: write what was judged. Exits with 1 if a rule was broken.
 */
const options = readArenaOptions(process.argv.slice(2));
const print = (line: string) => process.stdout.write(`${line}\n`);
const { evidence, violations, figures } = await runArena(options, process.stdout, print);
if (options.evidenceFile !== null)
  await writeFile(options.evidenceFile, JSON.stringify({ ...evidence, holders: [...evidence.holders] }));

print('\nFigures');
for (const line of figureLines(evidence, figures)) print(`  ${line}`);
print('\nOther outcomes');
for (const line of oddLines(figures.numbers)) print(`  ${line}`);
print('\nRules');
for (const line of verdictLines(violations)) print(line);
process.exitCode = violations.length === 0 ? 0 : 1;
