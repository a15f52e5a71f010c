import type { EntryInLine, LineMessage } from '../line/entry-state.ts';
import type { Line } from '../line/line.ts';
import type { RoomRow } from '../store/rooms.ts';
import { LinePace } from './line-pace.ts';
import { LineView, type LineChange } from './line-view.ts';
import { stateInLine, statusInLine, type QueueStatus } from './queue-status.ts';
import { WaitEstimates, type WaitRange } from './wait-estimates.ts';

/** The token of an entry, and the place that it carries. */
export interface KnownEntry {
  entry: string;
  token: string;
  place: number | null;
}

/** A room and its line as this process knows them: moved by messages, with a snapshot at first and after a gap. */
export class LiveLine {
  room: RoomRow;
  readonly view: LineView;
  readonly #line: Pick<Line, 'snapshot'>;
  readonly #pace = new LinePace();
  readonly #estimates = new WaitEstimates();

  /** Without Redis, what Postgres has is the beginning. */
  constructor(room: RoomRow, line: Pick<Line, 'snapshot'>) {
    this.room = room;
    this.#line = line;
    this.view = new LineView(room.served);
  }

  /** Apply a message of the channel; null: it changes nothing. */
  onMessage(text: string): LineChange | null {
    const message = JSON.parse(text) as LineMessage;
    return message.generation === this.room.generation ? this.view.apply(message) : null;
  }

  /** Load a snapshot, if a message was missed; null: none was, or Redis is away. */
  async catchUp(): Promise<LineChange | null> {
    if (!this.view.needsSnapshot) return null;
    const snapshot = await this.#line.snapshot(this.room).catch(() => null);
    return snapshot === null ? null : this.view.load(snapshot);
  }

  /** Measure how fast the line moves; called about once a second with a monotonic clock. */
  observe(now: number): void {
    const { room, view } = this;
    if (room.isPaused || view.numbers.isSoldOut) this.#estimates.forgetOpenProbes();
    else {
      this.#estimates.observe(now, this.#pace.of(room, view), {
        head: view.head,
        waiting: view.numbers.waiting,
        peopleAhead: (place) => view.peopleAhead(place),
      });
    }
    this.#pace.observe(now, view);
  }

  /** The status of an entry in the line; people ahead are at most `atMost`, as they were told before. */
  status(known: KnownEntry, atMost: number | null = null): QueueStatus {
    const state = stateInLine(this.room, this.view, known.place);
    const peopleAhead = known.place === null ? null : this.peopleAhead(known.place, atMost);
    const isMoving = state === 'WAITING' && peopleAhead !== null;
    const wait = isMoving ? this.range(peopleAhead) : null;
    return statusInLine(this.room, known, { state, peopleAhead, wait });
  }

  /** The range of the wait of an entry that the line moves towards. */
  range(peopleAhead: number): WaitRange | null {
    return this.#estimates.range(peopleAhead, this.#pace.of(this.room, this.view));
  }

  /** The place of an entry that Redis has in the line, null before the opening; it is not given up, whatever a message said before. */
  placeOf(found: EntryInLine): number | null {
    if (found.kind === 'before-opening') return null;
    this.view.revive(found.place);
    return found.place;
  }

  peopleAhead(place: number, atMost: number | null): number {
    return Math.min(this.view.peopleAhead(place), atMost ?? Infinity);
  }
}
