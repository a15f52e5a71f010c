import { readDatabaseUrl } from '../app/cli/read-database-url.ts';
import { readOptions } from '../platform/cli/read-options.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';
import { migrate } from '../platform/db/migrate.ts';

/** `npm run migrate`: migrate the database at DATABASE_URL. Concurrent runs wait for each other. */
process.exitCode = await exitWithMessage(async () => {
  readOptions({
    call: 'npm run migrate --',
    about:
      'Migrate the database at DATABASE_URL to the newest schema. Safe at any time, and from several hosts at once.',
  });
  const url = readDatabaseUrl('`npm start` migrates the embedded database');
  await migrate(url, { report: (line) => process.stdout.write(`${line}\n`) });
  process.stdout.write('The database is at the newest schema.\n');
  return 0;
});
