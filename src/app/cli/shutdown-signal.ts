export interface ShutdownSignal {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP. */
  signal: Promise<void>;
  isReceived(): boolean;
}

/** Shell convention for SIGINT. */
const EXIT_CODE_INTERRUPTED = 130;

/** Handle SIGINT, SIGTERM and SIGHUP (closed terminal) from now on; the second one exits at once. */
export function shutdownSignal(): ShutdownSignal {
  let stopping = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onSignal = () => {
    if (stopping) process.exit(EXIT_CODE_INTERRUPTED);
    stopping = true;
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return { signal: promise, isReceived: () => stopping };
}
