import { createHash } from 'node:crypto';

import { encodeId } from '../../platform/ids.ts';
import type { RoomKey, RoomRow } from '../store/rooms.ts';

/** A room whose list is closed: its seed is published. */
export type DrawnRoom = RoomRow & { listHash: string; listed: number };

/** Whether the list is closed. */
export const isDrawn = (room: RoomRow): room is DrawnRoom => room.listHash !== null && room.listed !== null;

/** The commitment to the seed, in hexadecimal. */
export const seedHashOf = ({ seed }: Pick<RoomRow, 'seed'>): string =>
  createHash('sha256').update(seed).digest('hex');

/** Names of the files that `draw-routes.ts` serves. */
export const LIST_FILE = 'entries.txt';
export const DRAW_FILE = 'draw.json';

/** Path of a room's published files. */
export const drawPathOf = ({ eventId, generation }: RoomKey): string =>
  `/waiting-rooms/${encodeId('Event', eventId)}/${generation}`;

/** What `draw.json` has; field names are those of the schema. */
export const publishedDraw = (room: DrawnRoom) => ({
  event: encodeId('Event', room.eventId),
  generation: room.generation,
  order: room.order,
  opensAt: room.opensAt.toISOString(),
  seedHash: seedHashOf(room),
  seed: room.seed.toString('hex'),
  listHash: room.listHash,
  entries: room.listed,
});
