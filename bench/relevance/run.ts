import { CommandLineError, readOptions } from '../../src/platform/cli/read-options.ts';
import { exitWithMessage } from '../../src/platform/cli/run-command.ts';
import { problemsOf } from './check-set.ts';
import { openApiEngine, openBaselines, type Engine } from './engines.ts';
import { judge, type JudgedAnswers } from './evaluate.ts';
import { readKeptAnswers, readLines, writePool } from './pool.ts';
import { HALVES, KINDS, readQueries, type Half, type JudgedQuery, type Kind } from './query-set.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readingLines, type Reading } from './readers.ts';
import { emptyLines, explain, failureLines, tableOf } from './report.ts';
import { openCatalogueStack } from './stack.ts';

/** `npm run bench:relevance`: nDCG@10 of each engine over the judged queries. Exits with 1 if the set itself is wrong. */
process.exitCode = await exitWithMessage(async () => {
  const options = readOptions({
    call: 'npm run bench:relevance --',
    about:
      'Measure how well each engine ranks the demo catalogue by judged queries (bench/relevance/README.md).',
    options: {
      half: { type: 'string', value: 'HALF', about: `one of ${HALVES.join(', ')}; by default both` },
      kind: { type: 'string', value: 'KIND', about: `one of ${KINDS.join(', ')}; by default all` },
      explain: {
        type: 'string',
        value: 'QUERY',
        about: 'answers to a query of the tune half, with their grades',
      },
      failures: {
        type: 'string',
        value: 'FIGURE',
        about: 'explain each query of the tune half below this figure',
      },
      pool: {
        type: 'string',
        value: 'DIRECTORY',
        about: 'write the answers of all engines for readers to judge',
      },
      judged: {
        type: 'string',
        value: 'FILE',
        multiple: true,
        about: 'given twice, with --pool: judgements of two readers, instead of a run',
      },
    },
  });
  const { judged: files, pool } = options;
  if (files !== undefined) return await reportReaders(pool, files);
  const queries = await chooseQueries({
    half: readChoice('--half', HALVES, options.half),
    kind: readChoice('--kind', KINDS, options.kind),
    query: options.explain,
  });
  if (options.explain !== undefined && queries.some(({ half }) => half === 'blind'))
    throw new CommandLineError('this query is in the half that is never looked at');

  await using stack = await openCatalogueStack(print);
  const events = await readCatalogue(stack.databaseUrl);
  const engines: Engine[] = [
    ...[...stack.servers].map(([name, url]) => openApiEngine(name, url)),
    ...openBaselines(events),
  ];
  const judged: JudgedAnswers[] = [];
  for (const query of queries) judged.push(await judge(query, query.half, events, engines));
  const eventsById = new Map(events.map((event) => [event.id, event]));

  if (options.explain !== undefined) {
    for (const query of judged)
      for (const { name } of engines.filter(({ isBaseline }) => !isBaseline))
        explain(query, name, eventsById).forEach(print);
    return 0;
  }
  print(`${events.length.toLocaleString('en')} Events, ${judged.length} queries`);
  for (const each of HALVES.filter((half) => judged.some((query) => query.half === half)))
    ['', ...tableOf(each, judged, engines)].forEach(print);
  ['', ...emptyLines(judged, engines)].forEach(print);
  if (options.failures !== undefined) {
    for (const { name } of engines.filter(({ isBaseline }) => !isBaseline))
      ['', ...failureLines(judged, name, eventsById, Number(options.failures))].forEach(print);
  }
  if (pool !== undefined) await writePool(pool, judged, engines, eventsById);
  const problems = problemsOf(judged, events);
  if (problems.length > 0)
    ['', 'The set is wrong:', ...problems.map((problem) => `- ${problem}`)].forEach(print);
  return problems.length === 0 ? 0 : 1;
});

/** The queries of a choice, in the order of their files. */
async function chooseQueries(choice: {
  half: Half | undefined;
  kind: Kind | undefined;
  query: string | undefined;
}): Promise<(JudgedQuery & { half: Half })[]> {
  const halves = HALVES.filter((half) => choice.half === undefined || half === choice.half);
  const all = await Promise.all(
    halves.map(async (half) => (await readQueries(half)).map((query) => ({ ...query, half }))),
  );
  const chosen = all
    .flat()
    .filter(({ kind }) => choice.kind === undefined || kind === choice.kind)
    .filter(({ query }) => choice.query === undefined || query === choice.query);
  if (chosen.length === 0) throw new CommandLineError('no query of the set is meant by these options');
  return chosen;
}

async function reportReaders(pool: string | undefined, files: readonly string[]): Promise<number> {
  const [first, second] = await Promise.all(files.map((file) => readLines<Reading>(file)));
  if (pool === undefined || first === undefined || second === undefined || files.length > 2)
    throw new CommandLineError('--judged is given twice, with the --pool that the readers judged');
  readingLines(await readKeptAnswers(pool), [first, second]).forEach(print);
  return 0;
}

function readChoice<T extends string>(option: string, choices: readonly T[], value?: string): T | undefined {
  const choice = choices.find((each) => each === value);
  if (value !== undefined && choice === undefined)
    throw new CommandLineError(`${option} takes ${choices.join(', ')}`);
  return choice;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
