import { run } from '../app/cli/run.ts';

/** `npm start`: api and worker, with embedded services for what is not configured. `--role api|worker` runs one of the two. */
process.exitCode = await run(process.argv.slice(2));
