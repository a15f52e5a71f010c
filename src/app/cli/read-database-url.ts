import {
  ConfigurationError,
  hasDatabaseUrl,
  misspeltVariables,
  readSettings,
} from '../../platform/config/settings.ts';

/**
 * `DATABASE_URL`, for a command that needs an external database; `otherwise` says what holds without. Throws a
 * ConfigurationError with all problems, those of the command line included.
 */
export function readDatabaseUrl(otherwise: string, ofCommandLine: readonly string[] = []): string {
  const problems = hasDatabaseUrl() ? [] : [`DATABASE_URL: not set; ${otherwise}`];
  const { database } = readSettings(undefined, [...ofCommandLine, ...problems]);
  if (database.kind === 'embedded') throw new ConfigurationError(problems);
  for (const { name, nearest } of misspeltVariables())
    process.stderr.write(`${name} is set, and is no setting: is ${nearest} meant?\n`);
  return database.url;
}
