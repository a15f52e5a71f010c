import { stableFreePort } from '../../src/local-stack/index.ts';
import { startPostgres, type LocalPostgres } from '../../src/local-stack/postgres.ts';
import { temporaryDirectory } from '../local-stack/directories.ts';

/** A Postgres of one test's own, to be killed and started again under the same address. */
export interface OwnPostgres extends AsyncDisposable {
  url: string;
  /** Kill it as `kill -9` does. */
  kill(): Promise<void>;
  /** Start it again, as a supervisor would; it runs crash recovery first. */
  start(): Promise<void>;
}

/** Start one; `settings` override those of the local stack. */
export async function ownPostgres(settings: Record<string, string> = {}): Promise<OwnPostgres> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(await temporaryDirectory());
  const port = await stableFreePort();
  // A process that is killed takes nothing from the kernel, so there is no need to wait for the disk.
  const launch = () =>
    startPostgres({ directory: directory.path, port, settings: { fsync: 'off', ...settings } });
  let running: LocalPostgres | null = await launch();
  const { url } = running;
  opening.defer(async () => running?.[Symbol.asyncDispose]());
  const owned = opening.move();
  return {
    url,
    async kill() {
      process.kill(running!.pid, 'SIGKILL');
      await running![Symbol.asyncDispose](); // reaps the process and releases the directory
      running = null;
    },
    async start() {
      running = await launch();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
