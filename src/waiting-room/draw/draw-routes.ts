import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';

import { CodedError } from '../../platform/errors.ts';
import { applyWeight } from '../../platform/http/rate-limit.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import type { RateLimits } from '../../platform/rate-limit/rate-limits.ts';
import { findRoom } from '../store/lists.ts';
import { findDrafts, type RoomKey } from '../store/rooms.ts';
import { ENTRY_LENGTH } from '../tokens/entries.ts';
import { linesOf } from './draw.ts';
import { DRAW_FILE, isDrawn, LIST_FILE, publishedDraw, type DrawnRoom } from './drawn-room.ts';
import { ENTRIES_PER_PART } from './packed-entries.ts';
import { readList } from './read-list.ts';

interface RoomParams {
  event: string;
  generation: string;
}

/** Of the list, what one ordinary request may read: ten parts, 2.3 MB. */
const ENTRIES_PER_REQUEST = 10 * ENTRIES_PER_PART;

/** A draw is fixed for ever. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Serve what a draw can be checked with, of each room whose list is closed and whose Event is published: `draw.json` and `entries.txt`. */
export function addDrawRoutes(
  server: FastifyInstance,
  { platform, rateLimits }: { platform: Pick<Platform, 'db'>; rateLimits: RateLimits },
): void {
  const url = (file: string) => `/waiting-rooms/:event/:generation/${file}`;

  server.get<{ Params: RoomParams }>(url(DRAW_FILE), async ({ params }, reply) => {
    const room = await findDrawnRoom(platform, params, reply);
    reply.header('cache-control', IMMUTABLE);
    return publishedDraw(room);
  });

  // ids are random: compressing them costs more than it saves
  server.get<{ Params: RoomParams }>(url(LIST_FILE), { compress: false }, async (request, reply) => {
    const room = await findDrawnRoom(platform, request.params, reply);
    const weight = Math.ceil(room.listed / ENTRIES_PER_REQUEST);
    if (weight > 1) await applyWeight(rateLimits, request, reply, weight);
    reply.headers({
      'cache-control': IMMUTABLE,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': room.listed * (ENTRY_LENGTH + 1),
    });
    return reply.send(Readable.from(readLines(platform, room)));
  });
}

/** A part at a time, as fast as the client reads. */
async function* readLines(
  { db }: Pick<Platform, 'db'>,
  room: RoomKey,
): AsyncGenerator<string, void, undefined> {
  for await (const entries of readList(db, room)) yield linesOf(entries);
}

async function findDrawnRoom(
  { db }: Pick<Platform, 'db'>,
  params: RoomParams,
  reply: FastifyReply,
): Promise<DrawnRoom> {
  const eventId = decodeIdOf('Event', params.event)?.id;
  const isNumber = /^[1-9]\d{0,8}$/.test(params.generation);
  const room =
    eventId === undefined || !isNumber
      ? null
      : await findRoom(db, { eventId, generation: Number(params.generation) });
  if (room !== null && isDrawn(room) && !(await findDrafts(db, [room.eventId])).has(room.eventId))
    return room;
  reply.header('cache-control', 'no-store'); // it may be closed, or published, in a moment
  throw new CodedError('NOT_FOUND', 'There is no such waiting room whose list of entries is closed.', {
    advice: 'The draw is published at the opening of the room; check Event and generation.',
  });
}
