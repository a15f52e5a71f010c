import { badInput, CodedError } from '../../platform/errors.ts';

/** Header of requests over HTTP and SSE, and key in the payload of `connection_init`. */
export const ADMISSION_HEADER = 'onsale-admission';
const MAX_PASSES = 10;
/** More than the 57 that a pass can have. */
const MAX_PASS_LENGTH = 100;
const MAX_HEADER_BYTES = 1_024;

export const NO_PASSES: readonly string[] = [];

/** Split the passes that a client presents; one that is not valid admits to nothing. Throws INVALID_REQUEST for what is no list of passes. */
export function readPasses(header: unknown): readonly string[] {
  if (header === undefined || header === null) return NO_PASSES;
  if (typeof header !== 'string' || header.length > MAX_HEADER_BYTES) throw tooMany();
  const passes = header.split(',', MAX_PASSES + 1).map((pass) => pass.trim());
  if (passes.length > MAX_PASSES) throw tooMany();
  return passes.filter((pass) => pass !== '');
}

/** Add the pass of an argument. An open subscription keeps it, so it is bounded. Throws BAD_USER_INPUT. */
export function withPass(passes: readonly string[], pass: string | null | undefined): readonly string[] {
  if (pass === null || pass === undefined) return passes;
  if (pass.length > MAX_PASS_LENGTH) throw badInput('pass', `has more than ${MAX_PASS_LENGTH} characters`);
  return [...passes, pass];
}

const tooMany = () =>
  new CodedError(
    'INVALID_REQUEST',
    `\`${ADMISSION_HEADER}\` takes up to ${MAX_PASSES} passes separated by commas, ${MAX_HEADER_BYTES} bytes in all.`,
  );
