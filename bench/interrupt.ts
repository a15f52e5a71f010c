/** Aborted by SIGINT and SIGTERM until it is disposed of. */
export interface Interruption extends Disposable {
  signal: AbortSignal;
}

/** Turn SIGINT and SIGTERM into an abort instead of exiting, so that servers stop and temporary files are removed. */
export function onInterrupt(): Interruption {
  const controller = new AbortController();
  const onSignal = () => controller.abort(new Error('interrupted'));
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
