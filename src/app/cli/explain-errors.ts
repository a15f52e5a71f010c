import { parseArgs, type ParseArgsConfig } from 'node:util';

import { ConfigurationError } from '../../platform/config/settings.ts';

class CommandLineError extends Error {}

/** Parse the options of a command. Throws an error that `exitWithMessage` prints without a stack. */
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

/** Run a command and return its exit code; an error is printed to stderr and gives 1. */
export async function exitWithMessage(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  }
}

/** Expected errors as their message, others with their stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof CommandLineError) return error.message;
  if (error instanceof Error && 'remedy' in error) return `${error.message}\n${String(error.remedy)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
