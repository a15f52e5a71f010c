import { ENTRY_LENGTH } from '../tokens/entries.ts';

/** Bytes of an entry as it is stored. */
const ENTRY_BYTES = 16;

/** Entries in a row of `waiting_room_lists`: 160 KB. */
export const ENTRIES_PER_PART = 10_000;

/** Whether a text is the id of an entry in its one spelling. */
export const isEntry = (text: string): boolean =>
  text.length === ENTRY_LENGTH && Buffer.from(text, 'base64url').toString('base64url') === text;

/** Pack entries for storage, in their order. */
export function packEntries(entries: readonly string[]): Buffer {
  const bytes = Buffer.alloc(entries.length * ENTRY_BYTES);
  for (const [index, entry] of entries.entries()) bytes.write(entry, index * ENTRY_BYTES, 'base64url');
  return bytes;
}

/** Unpack what `packEntries` packed. */
export function unpackEntries(bytes: Buffer): string[] {
  const entries: string[] = [];
  for (let start = 0; start < bytes.length; start += ENTRY_BYTES) {
    entries.push(bytes.toString('base64url', start, start + ENTRY_BYTES));
  }
  return entries;
}
