import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { LineSteps, MAX_ENTRIES_PER_STEP } from '../../../src/waiting-room/admission/line-steps.ts';
import { reconcile } from '../../../src/waiting-room/admission/restore-line.ts';
import { readOpenVisits, type VisitPosition } from '../../../src/waiting-room/store/admissions.ts';
import { openLivePlatform, type LivePlatform } from '../../seat-map/live-platform.ts';
import { openOwnRoom, type OwnRoom } from '../own-room.ts';

let live: LivePlatform;
beforeAll(async () => {
  live = await openLivePlatform({ commandMs: 10_000 });
});
afterAll(() => live[Symbol.asyncDispose]());

/** Visits of one commit: all end at the same microsecond. */
async function admit(room: OwnRoom, count: number): Promise<void> {
  await live.platform.db.execute(sql`
    insert into waiting_room_admissions (event_id, generation, place, entry, admitted_at, visit_ends_at, number)
    select ${room.eventId}::uuid, 1, place, lpad(place::text, 22, 'A'), now(), '2026-12-01 20:00:00.123456Z', place
    from generate_series(1, ${count}::int) place`);
  await room.change({ phase: 'OPEN', served: count, placesReserved: count, fence: 1 });
}

test('open visits of one commit are read page by page, each once', async () => {
  const room = await openOwnRoom(live.platform);
  await admit(room, 5);
  const places: number[] = [];
  let last: VisitPosition | null = null;
  for (let page = 0; page < 4; page++) {
    const visits: ({ place: number } & VisitPosition)[] = await readOpenVisits(
      live.platform.db,
      await room.row(),
      last,
      2,
    );
    places.push(...visits.map(({ place }) => place));
    last = visits.at(-1) ?? last;
  }
  expect(places).toEqual([1, 2, 3, 4, 5]);
});

test('a step of full size is reconciled in two pages', async () => {
  const room = await openOwnRoom(live.platform);
  await admit(room, MAX_ENTRIES_PER_STEP);
  const row = await room.row();
  const steps = new LineSteps(room.line, row);
  await steps.startRestoring(1, row);
  let shown = 0;
  steps.admit = async (_fence, visits) => {
    if (++shown > 3) throw new Error('it does not end');
    return visits.length;
  };
  expect(
    await reconcile({ platform: live.platform, steps }, row, { measuredRate: null, isSoldOut: false }),
  ).toBe(true);
  expect(shown).toBe(2);
});
