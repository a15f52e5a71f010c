/** Knows whether somebody wants us to stop. */
export interface ShutdownSignal {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP. */
  signal: Promise<void>;
  /** Whether that has happened. */
  already(): boolean;
}

/** What a shell expects of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

/** Listen for SIGINT, SIGTERM and SIGHUP (a closed terminal) from now on; the second of them ends the process at once, for whoever cannot wait. */
export function shutdownSignal(): ShutdownSignal {
  let stopping = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onSignal = () => {
    if (stopping) process.exit(INTERRUPTED);
    stopping = true;
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return { signal: promise, already: () => stopping };
}
