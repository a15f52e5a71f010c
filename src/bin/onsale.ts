import { run } from '../app/cli/run.ts';

/** `npm start`: the API and the worker, with a stand-in for whatever is not configured. `--role api|worker` runs one of the two. */
process.exitCode = await run(process.argv.slice(2));
