import { exitWithMessage } from '../app/cli/explain-errors.ts';
import { loadDemoCatalogue } from '../app/cli/load-demo.ts';
import { readSettings } from '../platform/config/settings.ts';

/** `npm run import-catalogue`: load the demo catalogue into the database at DATABASE_URL, which has to be migrated. */
process.exitCode = await exitWithMessage(async () => {
  const { database } = readSettings();
  if (database.kind === 'embedded') {
    process.stderr.write('DATABASE_URL is not set; `npm start` fills the embedded database.\n');
    return 1;
  }
  const loaded = await loadDemoCatalogue(database.url, process.stdout);
  process.stdout.write(`${loaded ?? 'The demo catalogue was loaded before.'}\n`);
  return 0;
});
