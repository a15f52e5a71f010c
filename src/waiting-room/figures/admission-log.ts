import { z } from 'zod';

import { connectionOf, Cursors, type Connection } from '../../platform/connections.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { badInput } from '../../platform/errors.ts';
import { readAdmissionLog, type AdmissionLogRow } from '../store/admission-log.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';

/** A cursor is a number in the log of one room of the Event. */
const cursors = new Cursors(
  z.object({
    generation: z.int(),
    number: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
);

/** Position behind a line of the log. */
export const cursorBehind = ({ generation }: RoomKey, { number }: Pick<AdmissionLogRow, 'number'>): string =>
  cursors.write({ generation, number });

/** Number behind which a cursor continues; 0 without one. Throws BAD_USER_INPUT. */
export function numberAfter(room: RoomKey, after: string | null | undefined): number {
  const { after: position } = cursors.readPage({ after });
  if (position === null) return 0;
  if (position.generation !== room.generation) throw badInput('after', 'is a cursor of another room');
  return position.number;
}

/** A page of the log of a room's admissions. */
export async function listAdmissions(
  db: DbOrTx,
  room: RoomRow,
  args: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Connection<AdmissionLogRow>> {
  const page = cursors.readPage(args);
  const after = numberAfter(room, args.after);
  const rows = await readAdmissionLog(db, room, { after, limit: page.limit + 1 });
  return connectionOf(rows, page, (row) => cursorBehind(room, row));
}
