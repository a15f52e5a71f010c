/** Entries that one script handles. */
export const MAX_ENTRIES_PER_SCRIPT = 1_000;

/** Cut a list into parts that one script handles. */
export function* inParts<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += MAX_ENTRIES_PER_SCRIPT)
    yield list.slice(at, at + MAX_ENTRIES_PER_SCRIPT);
}
