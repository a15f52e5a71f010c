import { loadDemoCatalogue } from '../app/cli/load-demo.ts';
import { readDatabaseUrl } from '../app/cli/read-database-url.ts';
import { readOptions } from '../platform/cli/read-options.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';

/** `npm run import-catalogue`: load the demo catalogue into the database at DATABASE_URL, which has to be migrated. */
process.exitCode = await exitWithMessage(async () => {
  readOptions({
    call: 'npm run import-catalogue --',
    about:
      'Load the demo catalogue into the database at DATABASE_URL, which has to be migrated. Loads it once.',
  });
  const url = readDatabaseUrl('`npm start` fills the embedded database');
  const loaded = await loadDemoCatalogue(url, process.stdout);
  process.stdout.write(`${loaded ?? 'The demo catalogue was loaded before.'}\n`);
  return 0;
});
