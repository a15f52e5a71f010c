import { exitWithMessage } from '../app/cli/explain-errors.ts';
import { loadDemoCatalogue } from '../app/cli/load-demo.ts';
import { readSettings } from '../platform/config.ts';

/** `npm run import-catalogue`: load the demo catalogue into the database at DATABASE_URL, which has to be migrated. */
process.exitCode = await exitWithMessage(async () => {
  const { database } = readSettings();
  if (database.kind === 'embedded') {
    process.stderr.write('DATABASE_URL is not set; the embedded database is filled by `npm start` itself.\n');
    return 1;
  }
  const loaded = await loadDemoCatalogue(database.url, process.stdout);
  process.stdout.write(`${loaded ?? 'The demo catalogue is there already.'}\n`);
  return 0;
});
