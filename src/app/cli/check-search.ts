import { encodeId } from '../../platform/ids.ts';
import { checkIndex, listDeadLetters, type IndexingParts } from '../../search/index.ts';

/** Lines about differences and dead letters; there may be thousands. */
const MAX_LINES = 100;

/** Compare the search index with the database, and report what differs and what was set aside; false: something does or was. */
export async function checkSearch(
  { platform, indices }: IndexingParts,
  report: (line: string) => void,
): Promise<boolean> {
  const letters = await listDeadLetters(platform.db);
  for (const { eventId, reason, firstRejectedAt } of letters.slice(0, MAX_LINES))
    report(`set aside since ${firstRejectedAt.toISOString()}: ${encodeId('Event', eventId)}: ${reason}`);
  const { events, differences } = await checkIndex({ db: platform.db, indices });
  for (const { eventId, kind, fields } of differences.slice(0, MAX_LINES))
    report(`${kind}: ${encodeId('Event', eventId)}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`);
  const more =
    Math.max(letters.length, differences.length) > MAX_LINES ? `, of which ${MAX_LINES} are listed` : '';
  report(`${events} events compared: ${differences.length} differ, ${letters.length} were set aside${more}`);
  return differences.length === 0 && letters.length === 0;
}
