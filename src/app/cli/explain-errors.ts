import { parseArgs, type ParseArgsConfig } from 'node:util';

import { ConfigurationError } from '../../platform/config.ts';

/** What was typed is not what the command takes. */
class CommandLineError extends Error {}

/** Read the options of a command. */
export function readOptions<const T extends ParseArgsConfig>(
  config: T,
): ReturnType<typeof parseArgs<T>>['values'] {
  try {
    return parseArgs(config).values;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS_')) throw error;
    throw new CommandLineError(`The command line has 1 mistake:\n  - ${message}`, { cause: error });
  }
}

/** Run a command, which answers its exit code; say what went wrong, if it did. */
export async function exitWithMessage(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  }
}

/** Errors that were foreseen explain themselves; of the others the whole story is wanted. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof CommandLineError) return error.message;
  if (error instanceof Error && 'wayOut' in error) return `${error.message}\n${String(error.wayOut)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
