import { spareServer, type SpareServer } from '../../support/start-server.ts';

/** Processes that load while another is used. */
const AHEAD = 2;

/** Servers that are started before they are needed; disposing kills all that live. */
export interface Spares extends AsyncDisposable {
  take(): SpareServer;
}

/** Start spare servers, `total` in all. */
export function openSpares(total: number): Spares {
  const all: SpareServer[] = [];
  const waiting: SpareServer[] = [];
  const startAhead = () => {
    while (waiting.length < AHEAD && all.length < total) {
      const spare = spareServer();
      all.push(spare);
      waiting.push(spare);
    }
  };
  startAhead();
  return {
    take() {
      const spare = waiting.shift();
      if (spare === undefined) throw new Error(`all ${total} servers are used`);
      startAhead();
      return spare;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((spare) => spare.kill()));
    },
  };
}
