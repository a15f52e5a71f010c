import { startElasticsearch, type LocalElasticsearch } from '../../src/local-stack/elasticsearch.ts';
import { stableFreePort } from '../../src/local-stack/index.ts';
import { temporaryDirectory } from '../local-stack/directories.ts';

/** An Elasticsearch of one test's own, to be stopped and started again under the same address. */
export interface OwnElasticsearch extends AsyncDisposable {
  url: string;
  /** Stop it in the middle of whatever it does, so that it accepts connections and answers nothing. */
  pause(): void;
  resume(): void;
  /** Kill it as `kill -9` does. */
  kill(): Promise<void>;
  /** Start it again with its data, as a supervisor would. */
  start(): Promise<void>;
}

/** Start one; it takes 12 s, and again for each later start. */
export async function ownElasticsearch(): Promise<OwnElasticsearch> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(await temporaryDirectory());
  const port = await stableFreePort();
  const launch = () => startElasticsearch({ directory: directory.path, port, isShortLived: true });
  let running: LocalElasticsearch | null = await launch();
  opening.defer(async () => running?.[Symbol.asyncDispose]());
  const { url } = running;
  const owned = opening.move();
  return {
    url,
    pause: () => void process.kill(running!.pid, 'SIGSTOP'),
    resume: () => void process.kill(running!.pid, 'SIGCONT'),
    async kill() {
      process.kill(running!.pid, 'SIGKILL');
      await running![Symbol.asyncDispose](); // reaps its launcher and releases the directory
      running = null;
    },
    async start() {
      running = await launch();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
