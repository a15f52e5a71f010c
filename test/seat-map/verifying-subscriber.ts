import type { Viewer } from '../../src/platform/auth/viewer.ts';
import type { SeatMapSubscriber, SeatMapUpdate } from '../../src/seat-map/index.ts';

/** Applies updates by the rules of the schema, and records where the server violates them. */
export class VerifyingSubscriber implements SeatMapSubscriber {
  readonly viewer: Viewer | null;
  readonly passes: readonly string[] = [];
  statuses: string[] = [];
  epoch = '';
  sequence = -1;
  cursor: string | null = null;
  stale = false;
  snapshots = 0;
  deltas = 0;
  readonly violations: string[] = [];
  /** Messages of the refusals it was ended with. */
  refusals: string[] = [];

  constructor(viewer: Viewer | null = null) {
    this.viewer = viewer;
  }

  onUpdate(update: SeatMapUpdate): void {
    if (this.refusals.length > 0) this.violations.push('an update after the end');
    if (update.__typename === 'SeatMap') {
      this.statuses = update.sections.flatMap(({ statuses }) => [...statuses]);
      this.epoch = update.epoch;
      this.snapshots++;
    } else {
      if (update.epoch !== this.epoch) this.violations.push(`a delta of ${update.epoch} on ${this.epoch}`);
      if (update.fromSequence > this.sequence + 1)
        this.violations.push(`a gap: ${this.sequence}, then ${update.fromSequence}`);
      if (update.sequence < this.sequence)
        this.violations.push(`backwards: ${this.sequence}, then ${update.sequence}`);
      for (const [index, place] of update.places.entries()) this.statuses[place] = update.statuses[index]!;
      this.deltas++;
    }
    this.sequence = update.sequence;
    this.cursor = update.cursor;
    this.stale = update.stale;
    const available = this.statuses.filter((status) => status === 'A').length;
    if (available !== update.available)
      this.violations.push(
        `${available} places are available at ${update.sequence}, not ${update.available}`,
      );
  }

  end(refusal: Error): void {
    this.refusals.push(refusal.message);
  }

  /** The map as one string. */
  get map(): string {
    return this.statuses.join('');
  }
}
