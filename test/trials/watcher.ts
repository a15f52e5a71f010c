import { followSeatMap, type SeatMapState, type TransportName } from '../../src/client/index.ts';
import { openRelay, type Relay } from '../client/relay.ts';
import { Observer, type Chronicle } from './observer.ts';
import { overheard, type Ear, type Hear } from './tampering-proxy.ts';

/** Whom one watches, and how. */
export interface Watching {
  name: string;
  transport: TransportName;
  event: string;
  /** The address of a server, for each connection. */
  chooseApi: () => string;
  chronicle: Chronicle;
  random: () => number;
  /** Ask for everything so many times, so that what waits for this one is soon too much. */
  copies?: number;
  /** Sits between the server and everybody who listens. */
  meddle?: Hear;
}

/** One person at a browser: the reference client on a line that can fail, with somebody who notes what it is told. */
export class Watcher implements AsyncDisposable {
  readonly name: string;
  readonly observer: Observer;
  readonly line: Relay;
  readonly #watching: Watching;
  /** What the client gave up, and why. */
  readonly lost: string[] = [];
  #state: SeatMapState | null = null;
  #visit: { over: AbortController; ended: Promise<void> } | null = null;

  constructor(watching: Watching, line: Relay) {
    this.#watching = watching;
    this.name = watching.name;
    this.line = line;
    this.observer = new Observer(watching.chronicle);
  }

  /** Open one with a line of its own. */
  static async open(watching: Watching): Promise<Watcher> {
    return new Watcher(watching, await openRelay(watching.chooseApi));
  }

  /** How the updates travel to this one. */
  get transport(): TransportName {
    return this.#watching.transport;
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
  get problems(): string[] {
    return this.observer.problems.map((problem) => `${this.name}: ${problem}`);
  }

  /** Come, and begin with nothing. */
  join(): void {
    if (this.#visit !== null) return;
    this.observer.begin();
    const over = new AbortController();
    this.#visit = { over, ended: this.#follow(over.signal) };
  }

  /** Go, as somebody who closes the window. */
  async leave(): Promise<void> {
    const visit = this.#visit;
    this.#visit = null;
    this.#state = null;
    visit?.over.abort();
    await visit?.ended;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { transport, event, random } = this.#watching;
    const ear: Ear = { ask: (after, query) => this.#ask(signal, after, query) };
    try {
      const states = followSeatMap({
        ...{ url: this.line.url, transport, event, signal, random },
        onLost: ({ message }) => this.lost.push(message),
        ...overheard(ear),
      });
      for await (const state of states) if (!signal.aborted) this.#state = state;
    } catch (error) {
      this.observer.problems.push(`gave up: ${String(error)}`);
    }
  }

  #ask(signal: AbortSignal, after: string | null, query: string): { query: string; hear: Hear } {
    const { copies = 0, meddle = (update) => update } = this.#watching;
    this.observer.ask(after);
    const mine = this.observer.count.connections;
    const more = Array.from({ length: copies }, (_, copy) => `p${copy}: places`).join(' ');
    return {
      query: query.replace(/stale places statuses/, `$& ${more}`),
      hear: (update) => {
        const isOver = signal.aborted || mine !== this.observer.count.connections;
        const arrives = isOver ? null : meddle(update); // what is still on its way on a line that was left counts no more
        if (arrives !== null) this.observer.hear(arrives);
        return arrives;
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await this.line[Symbol.asyncDispose]();
  }
}
