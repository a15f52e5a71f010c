import { stableFreePort } from '../../src/local-stack/index.ts';
import { start, type Running } from '../support/process.ts';

/** A process of Onsale that can be killed and restarted under the same address. */
export interface Supervised extends AsyncDisposable {
  name: string;
  url: string;
  /** Kill it by SIGKILL. */
  kill(): Promise<void>;
  /** Start it unless it runs, and wait until it is ready. */
  start(): Promise<void>;
  /** When it last acquired the replication slot, by its log; 0: not since its last start. */
  slotAcquiredAt(): number;
}

/** Start a process with one role. `onUnexpectedExit` is called if it ends without being stopped; `directory`: another build. */
export async function supervise(
  name: string,
  role: 'api' | 'worker',
  environment: Record<string, string>,
  onUnexpectedExit: (what: string) => void,
  directory?: string,
): Promise<Supervised> {
  const port = await stableFreePort();
  let running: Running | null = null;

  async function launch(): Promise<void> {
    if (running !== null) return;
    const args = ['src/bin/onsale.ts', '--role', role];
    const process_ = start(process.execPath, args, { ...environment, PORT: String(port) }, directory);
    running = process_;
    void process_.ended.then(({ code, out, err }) => {
      if (running === process_) onUnexpectedExit(`${name} ended with ${code}: ${err}\n${out.slice(-2_000)}`);
    });
    await process_.says(/Onsale is ready/);
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const process_ = running;
    running = null;
    await process_?.stop(signal);
  }

  await launch();
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    start: launch,
    slotAcquiredAt() {
      const lines = [
        ...(running?.said() ?? '').matchAll(/"time":(\d+)[^\n]*"msg":"replication slot acquired"/g),
      ];
      return Number(lines.at(-1)?.[1] ?? 0);
    },
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  };
}
