import type { Db } from '../../platform/db/pool.ts';
import { isDatabaseUnavailable, sqlStateOf } from '../../platform/db/sql-state.ts';
import { drawVersion } from '../documents/draw-version.ts';
import { readDocuments, type ReadDocuments } from '../documents/read-documents.ts';

/** Read documents; if a row fails the statement, each Event on its own, so that the row fails no other. Throws without Postgres. */
export async function readEach(db: Db, eventIds: readonly string[]): Promise<ReadDocuments> {
  try {
    return await readDocuments(db, eventIds);
  } catch (error) {
    if (isDatabaseUnavailable(error) || sqlStateOf(error) === null) throw error;
    const [only] = eventIds;
    if (eventIds.length === 1) {
      const reason = `not readable: ${sqlStateOf(error)}`;
      return { documents: [], failed: [{ eventId: only!, version: await drawVersion(db), reason }] };
    }
    const all: ReadDocuments = { documents: [], failed: [] };
    for (const eventId of eventIds) {
      const one = await readEach(db, [eventId]);
      all.documents.push(...one.documents);
      all.failed.push(...one.failed);
    }
    return all;
  }
}
