import { z } from 'zod';

import { findBooking } from '../../payments/index.ts';
import { defineJob, type JobHandler } from '../../platform/db/jobs.ts';
import type { Platform } from '../../platform/index.ts';
import { endVisitOfBuyer, type Line } from '../../waiting-room/index.ts';

/** Ends the buyer's visit of a waiting room once a Booking is confirmed. */
export const endVisit = defineJob(
  'waiting-room.end-visit',
  z.object({ eventId: z.string(), id: z.string() }),
);

/** The handler: it frees the buyer's slot, and does nothing for Events without a room. */
export function endVisitHandler(
  platform: Pick<Platform, 'db' | 'metrics' | 'redis'>,
  line: Line,
): JobHandler {
  return endVisit.handler(async (key) => {
    const found = await findBooking(platform.db, key);
    if (found !== null) await endVisitOfBuyer(platform, line, found.booking);
  });
}
