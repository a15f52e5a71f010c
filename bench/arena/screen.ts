import { SingleBar } from 'cli-progress';

import type { CrowdProgress } from './crowd/crowd-process.ts';
import type { Now } from './observer.ts';

/** On no terminal a line is written so often. */
const LINE_INTERVAL_MS = 5_000;

/** Shows line, inside and sold: as a bar on a terminal, else as a line now and then. */
export class Screen implements Disposable {
  readonly #out: NodeJS.WriteStream;
  readonly #bar: SingleBar | null;
  readonly #seats: number;
  readonly #beganAt = Date.now();
  #lineAt = 0;

  constructor(out: NodeJS.WriteStream, seats: number) {
    this.#out = out;
    this.#seats = seats;
    this.#bar = out.isTTY
      ? new SingleBar({
          format: '{bar} {value}/{total} sold │ {text}',
          barCompleteChar: '█',
          barIncompleteChar: '░',
          barsize: 24,
          hideCursor: true,
          stream: out,
        })
      : null;
    this.#bar?.start(seats, 0, { text: '' });
  }

  show({ waiting, inside, sold, held, admitted }: Now, people: CrowdProgress): void {
    const text =
      `line ${waiting}, inside ${inside}, held ${held}, admitted ${admitted} │ ` +
      `joined ${people.joined}, subscribed ${people.subscriptions}`;
    this.#bar?.update(sold, { text });
    if (this.#bar !== null || Date.now() - this.#lineAt < LINE_INTERVAL_MS) return;
    this.#lineAt = Date.now();
    const seconds = Math.round((Date.now() - this.#beganAt) / 1_000);
    this.#out.write(
      `${String(seconds).padStart(4)} s  sold ${sold}/${this.#seats}, ${text.replace(' │', ',')}\n`,
    );
  }

  [Symbol.dispose]() {
    this.#bar?.stop();
  }
}
