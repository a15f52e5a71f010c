import { LRUCache } from 'lru-cache';
import { levels, type LoggerOptions } from 'pino';

/** Of one kind. What says less than 60 lines says as much as 60,000. */
const MAX_LINES_PER_MINUTE = 60;
/** Messages, and places that throw, are those of the code, and few. */
const MAX_KINDS = 1_000;
const MAX_KIND_CHARACTERS = 300;
/** Drizzle wraps the error of the driver, which may wrap that of the socket. */
const MAX_CAUSES = 5;
const STACK_FRAME = /^\s+at /;
const WINDOW_MS = 60_000;

type LogMethodHook = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/**
 * Limit the lines of warnings and errors by message and kind of error, as a request can cause some of them, and an outage one
 * for each request; and the access lines of refused requests, by route and status. The first line of a later minute has
 * `suppressed`, the number of lines left out before. Alarms are not limited: each needs an operator, and its line has the ids.
 */
export function limitLines(): LogMethodHook {
  const windows = new LRUCache<string, { beganAt: number; lines: number; suppressed: number }>({
    max: MAX_KINDS,
  });
  return function (args, method, level) {
    const [first, second] = args as unknown[];
    const refusal = level === levels.values['info'] ? refusalOf(first) : null;
    const isProblem = level >= levels.values['warn']! && level <= levels.values['error']! && !isAlarm(first);
    if (refusal === null && !isProblem) return method.apply(this, args);
    const now = Date.now();
    const message = typeof first === 'string' ? first : second;
    const key = refusal ?? `${level} ${typeof message === 'string' ? message : ''} ${kindOf(first)}`;
    let window = windows.get(key);
    if (window === undefined) windows.set(key, (window = { beganAt: now, lines: 0, suppressed: 0 }));
    else if (now - window.beganAt >= WINDOW_MS || now < window.beganAt) {
      if (window.suppressed > 0) args = withSuppressed(args, window.suppressed);
      Object.assign(window, { beganAt: now, lines: 0, suppressed: 0 });
    }
    if (window.lines === MAX_LINES_PER_MINUTE) window.suppressed++;
    else {
      window.lines++;
      method.apply(this, args);
    }
  };
}

const isAlarm = (fields: unknown): boolean =>
  typeof fields === 'object' && fields !== null && 'alarm' in fields;

/** Of the access line of a request that was refused, its key. */
function refusalOf(fields: unknown): string | null {
  const { method, route, status } = (fields ?? {}) as Record<string, unknown>;
  if (typeof route !== 'string' || typeof status !== 'number' || status < 400 || status >= 500) return null;
  return `${String(method)} ${route} ${status}`;
}

/** Tells unexpected errors apart, so that one kind cannot hide another: name, code, and the first frame outside libraries. */
function kindOf(fields: unknown): string {
  const error = fields instanceof Error ? fields : ((fields ?? {}) as { err?: unknown }).err;
  if (!(error instanceof Error)) return '';
  let root = error;
  for (let depth = 0; depth < MAX_CAUSES && root.cause instanceof Error; depth++) root = root.cause;
  const { code } = root as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => STACK_FRAME.test(line));
  const frame = frames.find((line) => !/node_modules|node:/.test(line)) ?? frames[0] ?? '';
  return `${root.name} ${typeof code === 'string' ? code : ''} ${frame.trim()}`.slice(0, MAX_KIND_CHARACTERS);
}

type LogArguments = Parameters<LogMethodHook>[0];

function withSuppressed(args: LogArguments, suppressed: number): LogArguments {
  const [first, ...rest] = args as [unknown, ...unknown[]];
  if (first instanceof Error) return [{ err: first, suppressed }, ...rest] as never;
  if (typeof first === 'object') return [{ ...first, suppressed }, ...rest] as never;
  return [{ suppressed }, first, ...rest] as never;
}
