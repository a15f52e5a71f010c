import { followSeatMap, type SeatMapState, type TransportName } from '../../src/client/index.ts';
import { openRelay, type Relay } from '../client/relay.ts';
import { Observer, type SharedHistory } from './observer.ts';
import { interceptedTransports, type Interceptor, type Tamper } from './tampering-proxy.ts';

/** Whom one watches, and how. */
export interface WatcherOptions {
  name: string;
  transport: TransportName;
  event: string;
  /** The address of a server, for each connection. */
  chooseApi: () => string;
  history: SharedHistory;
  random: () => number;
  /** Ask for everything so many times, so that what waits for this one is soon too much. */
  copies?: number;
  /** Sits between the server and everybody who listens. */
  tamper?: Tamper;
}

/** One person at a browser: the reference client on a line that can fail, with somebody who notes what it is told. */
export class Watcher implements AsyncDisposable {
  readonly name: string;
  readonly observer: Observer;
  readonly relay: Relay;
  readonly #options: WatcherOptions;
  /** What the client gave up, and why. */
  readonly lost: string[] = [];
  #state: SeatMapState | null = null;
  #session: { over: AbortController; ended: Promise<void> } | null = null;

  constructor(watching: WatcherOptions, line: Relay) {
    this.#options = watching;
    this.name = watching.name;
    this.relay = line;
    this.observer = new Observer(watching.history);
  }

  /** Open one with a line of its own. */
  static async open(watching: WatcherOptions): Promise<Watcher> {
    return new Watcher(watching, await openRelay(watching.chooseApi));
  }

  /** How the updates travel to this one. */
  get transport(): TransportName {
    return this.#options.transport;
  }

  /** The client's own map, as one string; null while it has none. */
  get map(): string | null {
    return this.#state && String.fromCharCode(...this.#state.statuses);
  }

  /** Whether the client says that its map lags behind; also while it has none. */
  get stale(): boolean {
    return this.#state?.stale !== false;
  }

  /** What went against the rules. */
  get violations(): string[] {
    return this.observer.violations.map((problem) => `${this.name}: ${problem}`);
  }

  /** Come, and begin with nothing. */
  join(): void {
    if (this.#session !== null) return;
    this.observer.reset();
    const over = new AbortController();
    this.#session = { over, ended: this.#run(over.signal) };
  }

  /** Go, as somebody who closes the window. */
  async leave(): Promise<void> {
    const visit = this.#session;
    this.#session = null;
    this.#state = null;
    visit?.over.abort();
    await visit?.ended;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { transport, event, random } = this.#options;
    const ear: Interceptor = { onSubscribe: (after, query) => this.#onSubscribe(signal, after, query) };
    try {
      const states = followSeatMap({
        ...{ url: this.relay.url, transport, event, signal, random },
        onLost: ({ message }) => this.lost.push(message),
        ...interceptedTransports(ear),
      });
      for await (const state of states) if (!signal.aborted) this.#state = state;
    } catch (error) {
      this.observer.violations.push(`gave up: ${String(error)}`);
    }
  }

  #onSubscribe(signal: AbortSignal, after: string | null, query: string): { query: string; hear: Tamper } {
    const { copies = 0, tamper: meddle = (update) => update } = this.#options;
    this.observer.onConnect(after);
    const mine = this.observer.count.connections;
    const more = Array.from({ length: copies }, (_, copy) => `p${copy}: places`).join(' ');
    return {
      query: query.replace(/stale places statuses/, `$& ${more}`),
      hear: (update) => {
        const isOver = signal.aborted || mine !== this.observer.count.connections;
        const arrives = isOver ? null : meddle(update); // what is still on its way on a line that was left counts no more
        if (arrives !== null) this.observer.onUpdate(arrives);
        return arrives;
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await this.relay[Symbol.asyncDispose]();
  }
}
