import { sql } from 'drizzle-orm';

import { readDocuments } from '../../src/search/documents/read-documents.ts';
import {
  forgetDeadLetters,
  forgetDeadLettersBefore,
  listDeadLetters,
  recordDeadLetters,
} from '../../src/search/indexing/dead-letters.ts';
import { listEventIds, listFanOut } from '../../src/search/indexing/event-ids.ts';
import { readWantedBuild, requestBuild } from '../../src/search/indexing/wanted-build.ts';
import type { JourneyWorld } from './journey-world.ts';

const PAGE = 20;
/** Later than every version of the journey. */
const MAX_VERSION = Number.MAX_SAFE_INTEGER;

/** What keeps a search index in step with the catalogue sends to Postgres. */
export async function indexingJourney(world: JourneyWorld): Promise<void> {
  const { platform } = world;
  const { db } = platform;
  const { id } = await world.onSale({ seats: 20 });
  const { next } = await listEventIds(db, null, PAGE);
  await listEventIds(db, next, PAGE);
  await readDocuments(db, [id]);
  for (const kind of ['venue', 'performer'] as const) {
    const column = kind === 'venue' ? sql`venue_id` : sql`performer_id`;
    const table = kind === 'venue' ? sql`events` : sql`event_performers`;
    const { rows } = await db.execute<{ id: string }>(
      sql`select ${column} as id from ${table} where ${column} is not null limit 1`,
    );
    for (const fanOut of rows.map((row) => ({ kind, id: row.id }))) {
      const page = await listFanOut(db, fanOut, null, 1);
      await listFanOut(db, fanOut, page.next, 1);
    }
  }
  await recordDeadLetters(platform, [{ eventId: id, version: 1, reason: 'none' }]);
  await listDeadLetters(db);
  await forgetDeadLetters(platform, [id], MAX_VERSION);
  await forgetDeadLettersBefore(platform, MAX_VERSION);
  await readWantedBuild(db, 'journey');
  await requestBuild(platform, 'journey', 0);
}
