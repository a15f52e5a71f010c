import { exitWithMessage } from '../app/cli/explain-errors.ts';
import { readSettings } from '../platform/config/settings.ts';
import { migrate } from '../platform/db/migrate.ts';

/** `npm run migrate`: migrate the database at DATABASE_URL. Concurrent runs wait for each other. */
process.exitCode = await exitWithMessage(async () => {
  const { database } = readSettings();
  if (database.kind === 'embedded') {
    process.stderr.write('DATABASE_URL is not set; `npm start` migrates the embedded database.\n');
    return 1;
  }
  await migrate(database.url, { report: (line) => process.stdout.write(`${line}\n`) });
  process.stdout.write('The database is at the newest schema.\n');
  return 0;
});
