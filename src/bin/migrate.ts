import { exitWithMessage } from '../app/cli/explain-errors.ts';
import { readSettings } from '../platform/config.ts';
import { migrate } from '../platform/db/migrate.ts';

/** `npm run migrate`: bring the database at DATABASE_URL to the newest schema. Safe to run at any time, by several at once. */
process.exitCode = await exitWithMessage(async () => {
  const { database } = readSettings();
  if (database.kind === 'embedded') {
    process.stderr.write(
      'DATABASE_URL is not set; the embedded database is migrated by `npm start` itself.\n',
    );
    return 1;
  }
  await migrate(database.url);
  process.stdout.write('The database is at the newest schema.\n');
  return 0;
});
