import { run } from '../app/cli/run.ts';

/** `npm start`: api and worker, with embedded services for what is not configured. `--role api|worker` runs one of the two. */
process.exit(await run(process.argv.slice(2))); // a connection without an answer would keep the process alive
