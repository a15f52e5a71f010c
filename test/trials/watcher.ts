import { followSeatMap, type SeatMapState, type TransportName } from '../../src/client/index.ts';
import { openRelay, type Relay } from '../client/relay.ts';
import { Observer, type SharedHistory } from './observer.ts';
import { interceptedTransports, type Interceptor, type Tamper } from './tampering-proxy.ts';

/** Options of a watcher. */
export interface WatcherOptions {
  name: string;
  transport: TransportName;
  event: string;
  /** Chooses an API for each connection. */
  chooseApi: () => string;
  history: SharedHistory;
  random: () => number;
  /** Select the places that many times more, so that unread updates soon exceed the buffer. */
  copies?: number;
  /** Tampers with the updates before client and observer receive them. */
  tamper?: Tamper;
}

/** The reference client on a connection that can fail, with an observer of the updates that it receives. */
export class Watcher implements AsyncDisposable {
  readonly name: string;
  readonly observer: Observer;
  readonly relay: Relay;
  readonly #options: WatcherOptions;
  /** Reasons of the lost connections. */
  readonly lost: string[] = [];
  #state: SeatMapState | null = null;
  #session: { over: AbortController; ended: Promise<void> } | null = null;

  constructor(options: WatcherOptions, relay: Relay) {
    this.#options = options;
    this.name = options.name;
    this.relay = relay;
    this.observer = new Observer(options.history);
  }

  /** Open a watcher with a relay of its own. */
  static async open(options: WatcherOptions): Promise<Watcher> {
    return new Watcher(options, await openRelay(options.chooseApi));
  }

  get transport(): TransportName {
    return this.#options.transport;
  }

  /** The client's map as one string. Null: it has none. */
  get map(): string | null {
    return this.#state && String.fromCharCode(...this.#state.statuses);
  }

  /** Whether the client's map is stale, or it has none. */
  get stale(): boolean {
    return this.#state?.stale !== false;
  }

  /** Violations of the protocol. */
  get violations(): string[] {
    return this.observer.violations.map((problem) => `${this.name}: ${problem}`);
  }

  /** Start the client without a map. */
  join(): void {
    if (this.#session !== null) return;
    this.observer.reset();
    const over = new AbortController();
    this.#session = { over, ended: this.#run(over.signal) };
  }

  /** Stop the client, as if its page was closed. */
  async leave(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#state = null;
    session?.over.abort();
    await session?.ended;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { transport, event, random } = this.#options;
    const interceptor: Interceptor = {
      onSubscribe: (after, query) => this.#onSubscribe(signal, after, query),
    };
    try {
      const states = followSeatMap({
        ...{ url: this.relay.url, transport, event, signal, random },
        onLost: ({ message }) => this.lost.push(message),
        ...interceptedTransports(interceptor),
      });
      for await (const state of states) if (!signal.aborted) this.#state = state;
    } catch (error) {
      this.observer.violations.push(`gave up: ${String(error)}`);
    }
  }

  #onSubscribe(signal: AbortSignal, after: string | null, query: string): { query: string; tamper: Tamper } {
    const { copies = 0, tamper: configured = (update) => update } = this.#options;
    this.observer.onConnect(after);
    const connection = this.observer.count.connections;
    const more = Array.from({ length: copies }, (_, copy) => `p${copy}: places`).join(' ');
    return {
      query: query.replace(/stale places statuses/, `$& ${more}`),
      tamper: (update) => {
        const isOver = signal.aborted || connection !== this.observer.count.connections;
        const delivered = isOver ? null : configured(update); // updates of an abandoned connection do not count
        if (delivered !== null) this.observer.onUpdate(delivered);
        return delivered;
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await this.relay[Symbol.asyncDispose]();
  }
}
