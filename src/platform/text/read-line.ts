import { badInput } from '../errors.ts';
import { cleanLine } from './clean.ts';
import { lengthProblem } from './visible.ts';

/** Clean an argument of one line. Throws BAD_USER_INPUT, named by the argument, if it has more than `maxLength` characters. */
export function readLine(argument: string, text: string, maxLength: number): string {
  const line = cleanLine(text, maxLength);
  const problem = lengthProblem(line, maxLength);
  if (problem !== null) throw badInput(argument, problem);
  return line;
}
