/** Status letters, as in `SeatMapSection.statuses`. */
export const STATUS_LETTERS = { AVAILABLE: 'A', RESERVED: 'R', SOLD: 'S', BLOCKED: 'B' } as const;

/** The letter of a ticket's status; throws for a status without one. */
export function statusLetter(status: string): string {
  const letter = STATUS_LETTERS[status as keyof typeof STATUS_LETTERS];
  if (letter === undefined) throw new Error(`no letter for the status ${status}`);
  return letter;
}

/** New status letter of a place, and the version of its ticket. */
export interface PlaceChange {
  place: number;
  version: number;
  status: string;
}

/** Changes to a board published together under one sequence number. */
export interface BoardDelta {
  epoch: string;
  sequence: number;
  available: number;
  places: number[];
  /** One letter per place. */
  statuses: string;
}

/** Place and version as big-endian 32-bit integers, then the status letter. */
const BYTES_PER_CHANGE = 9;

/** Encode changes for `apply-changes.lua`. */
export function packChanges(changes: readonly PlaceChange[]): Buffer {
  const packed = Buffer.allocUnsafe(changes.length * BYTES_PER_CHANGE);
  for (const [index, { place, version, status }] of changes.entries()) {
    const at = index * BYTES_PER_CHANGE;
    packed.writeUInt32BE(place, at);
    packed.writeUInt32BE(version, at + 4);
    packed.write(status, at + 8, 1, 'latin1');
  }
  return packed;
}

/** Parse a delta as `apply-changes.lua` formats it: epoch, sequence, available, statuses, places. */
export function parseDelta(text: string): BoardDelta {
  const [epoch = '', sequence, available, statuses = '', places = ''] = text.split(' ');
  return {
    epoch,
    sequence: Number(sequence),
    available: Number(available),
    statuses,
    places: places === '' ? [] : places.split(',').map(Number),
  };
}

/** Add a change unless a later version of its place is there. */
export function keepLatest(latest: Map<number, PlaceChange>, change: PlaceChange): void {
  const known = latest.get(change.place);
  if (known === undefined || known.version < change.version) latest.set(change.place, change);
}

/** Count the available places of a map. */
export function countAvailable(statuses: string): number {
  let count = 0;
  for (let at = statuses.indexOf('A'); at !== -1; at = statuses.indexOf('A', at + 1)) count++;
  return count;
}
