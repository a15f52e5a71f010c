import { stableFreePort } from '../../src/local-stack/index.ts';
import { start, type Running } from '../support/process.ts';

/** A process of Onsale, as whoever watches over it keeps it: it may be killed, and started again under the same address. */
export interface Supervised extends AsyncDisposable {
  name: string;
  url: string;
  /** Kill it as `kill -9` does. */
  kill(): Promise<void>;
  /** Start it unless it runs, and wait until it is ready. */
  start(): Promise<void>;
  /** When it last began to read the replication slot, by its log; 0: not in this life. */
  slotAcquiredAt(): number;
}

/** Start one of one role. `onAccident` hears of an end that nobody asked for. */
export async function supervise(
  name: string,
  role: 'api' | 'worker',
  environment: Record<string, string>,
  onAccident: (what: string) => void,
): Promise<Supervised> {
  const port = await stableFreePort();
  let running: Running | null = null;

  async function launch(): Promise<void> {
    if (running !== null) return;
    const args = ['src/bin/onsale.ts', '--role', role];
    const process_ = start(process.execPath, args, { ...environment, PORT: String(port) });
    running = process_;
    void process_.ended.then(({ code, out, err }) => {
      if (running === process_) onAccident(`${name} ended with ${code}: ${err}\n${out.slice(-2_000)}`);
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
        ...(running?.said() ?? '').matchAll(/"time":(\d+)[^\n]*"msg":"replication slot taken over"/g),
      ];
      return Number(lines.at(-1)?.[1] ?? 0);
    },
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  };
}
