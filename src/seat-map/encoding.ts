/** The characters of `SeatMapSection.statuses`. */
export const STATUS_LETTERS = { AVAILABLE: 'A', RESERVED: 'R', SOLD: 'S', BLOCKED: 'B' } as const;

/** The letter of a ticket's status. */
export function letterOf(status: string): string {
  const letter = STATUS_LETTERS[status as keyof typeof STATUS_LETTERS];
  if (letter === undefined) throw new Error(`no letter for the status ${status}`);
  return letter;
}

/** What became of a place: the letter it has at that version of its ticket. */
export interface PlaceChange {
  place: number;
  version: number;
  letter: string;
}

/** Changes to a board that were published together, under one number. */
export interface BoardDelta {
  epoch: string;
  sequence: number;
  available: number;
  places: number[];
  /** One per place. */
  letters: string;
}

/** Place and version, four bytes each, most significant first; then the letter. */
const BYTES_PER_CHANGE = 9;

/** Write changes as `apply-changes.lua` reads them. */
export function packChanges(changes: readonly PlaceChange[]): Buffer {
  const packed = Buffer.allocUnsafe(changes.length * BYTES_PER_CHANGE);
  for (const [index, { place, version, letter }] of changes.entries()) {
    const at = index * BYTES_PER_CHANGE;
    packed.writeUInt32BE(place, at);
    packed.writeUInt32BE(version, at + 4);
    packed.write(letter, at + 8, 1, 'latin1');
  }
  return packed;
}

/** Read a delta as the scripts write it: epoch, sequence, available, letters, places. */
export function parseDelta(text: string): BoardDelta {
  const [epoch = '', sequence, available, letters = '', places = ''] = text.split(' ');
  return {
    epoch,
    sequence: Number(sequence),
    available: Number(available),
    letters,
    places: places === '' ? [] : places.split(',').map(Number),
  };
}

/** Keep a change, if it is the latest to its place. */
export function keepLatest(latest: Map<number, PlaceChange>, change: PlaceChange): void {
  const known = latest.get(change.place);
  if (known === undefined || known.version < change.version) latest.set(change.place, change);
}

/** Count the places of a map that can be had. */
export function countAvailable(letters: string): number {
  let count = 0;
  for (let at = letters.indexOf('A'); at !== -1; at = letters.indexOf('A', at + 1)) count++;
  return count;
}
