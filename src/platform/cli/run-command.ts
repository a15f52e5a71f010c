import { ConfigurationError } from '../config/settings.ts';
import { CommandLineError, HelpRequested } from './read-options.ts';

/**
 * Run a command and return its exit code; an error is printed to stderr and gives its `exitCode`, or 1; `--help` is printed to stdout
 * and gives 0.
 */
export async function exitWithMessage(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof HelpRequested) {
      process.stdout.write(error.message);
      return 0;
    }
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1;
  }
}

/** Expected errors as their message, others with their stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof CommandLineError) return error.message;
  if (error instanceof Error && 'remedy' in error) return `${error.message}\n${String(error.remedy)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
