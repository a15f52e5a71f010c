import { parseArgs } from 'node:util';

/** An option of a command: what `parseArgs` of Node reads, and what `--help` says about it. */
interface Option {
  type: 'string' | 'boolean';
  /** The word that stands for the value: `DATE`. */
  value?: string;
  about: string;
  multiple?: boolean;
  default?: string | boolean | string[];
}

/** A command: how it is called, and what it does. */
interface Command<T> {
  /** As operators call it, without its options: `npm run archive --`. */
  call: string;
  about: string;
  options?: T;
  args?: readonly string[];
}

/** The command line cannot be parsed. */
export class CommandLineError extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(`The command line has 1 mistake:\n  - ${problem}`, options);
  }
}

/** The command line has `--help`; the message is the help. `exitWithMessage` prints it. */
export class HelpRequested extends Error {}

/** Parse the options of a command. Throws what `exitWithMessage` prints without a stack: the help, or the mistake. */
export function readOptions<const T extends Record<string, Option> = Record<never, Option>>(
  command: Command<T>,
): ReturnType<typeof parseArgs<{ options: T }>>['values'] {
  const { args = process.argv.slice(2), options = {} as T } = command;
  if (args.includes('--help') || args.includes('-h')) throw new HelpRequested(helpOf(command));
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS_')) throw error;
    throw new CommandLineError(`${message}; --help lists the options`, { cause: error });
  }
}

function helpOf({ call, about, options = {} }: Command<Record<string, Option>>): string {
  const lines = Object.entries(options).map(([name, option]) => [
    option.value === undefined ? `--${name}` : `--${name} ${option.value}`,
    option.default === undefined || option.default === false
      ? option.about
      : `${option.about} (default: ${[option.default].flat().join(', ')})`,
  ]);
  lines.push(['--help, -h', 'print this, and do nothing else']);
  const width = Math.max(...lines.map(([name]) => name!.length));
  return [
    `Usage: ${call} [options]`,
    '',
    about,
    '',
    ...lines.map(([name, text]) => `  ${name!.padEnd(width)}  ${text}`),
    '',
  ].join('\n');
}
