import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

import { findEvent } from '../../catalog/index.ts';
import type { TokenReader } from '../../platform/auth/tokens.ts';
import { mayActFor, signedIn } from '../../platform/auth/viewer.ts';
import { CodedError } from '../../platform/errors.ts';
import {
  applyLocalCount,
  applySharedCount,
  applyWeight,
  authenticate,
} from '../../platform/http/rate-limit.ts';
import { decodeIdOf, encodeId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import type { RateLimits } from '../../platform/rate-limit/rate-limits.ts';
import { bookingsCsv } from './bookings-csv.ts';
import { ExportSlots } from './export-slots.ts';

/** Of an export, in ordinary requests. */
const EXPORT_WEIGHT = 20;
/** A client that reads nothing for so long is cut off, or it would keep its slot. */
const MAX_STALL_MS = 60_000;

/** Path of the export of an Event's Bookings. */
export const bookingsCsvPath = (eventId: string): string =>
  `/events/${encodeId('Event', eventId)}/bookings.csv`;

/** What the route needs. */
export interface ExportParts {
  platform: Pick<Platform, 'db'>;
  tokens: TokenReader;
  rateLimits: RateLimits;
}

/**
 * Serve the Bookings of an Event as CSV to its organiser, as fast as the client reads: `GET /events/<id>/bookings.csv`. Memory is that of a
 * batch. If Postgres fails half way the connection is closed, so that the client sees an unfinished answer.
 */
export function addExportRoutes(
  server: FastifyInstance,
  { platform, tokens, rateLimits }: ExportParts,
  { maxStallMs = MAX_STALL_MS }: { maxStallMs?: number } = {},
): void {
  const slots = new ExportSlots();
  server.get<{ Params: { event: string } }>(
    '/events/:event/bookings.csv',
    { compress: false, exposeHeadRoute: false, config: { countsRequests: true } },
    async (request, reply) => {
      request.viewer = await authenticate(request, reply, { tokens, rateLimits });
      applyLocalCount(rateLimits, request, reply);
      await applySharedCount(request, reply);
      reply.header('cache-control', 'no-store');
      const viewer = signedIn({ viewer: request.viewer });
      const eventId = decodeIdOf('Event', request.params.event)?.id;
      const event = eventId === undefined ? null : await findEvent(platform.db, eventId);
      if (event === null || !mayActFor(viewer, event.organiserId))
        throw new CodedError('NOT_FOUND', 'There is no such Event, or none that is yours.');
      const release = slots.acquire(viewer.id);
      reply.raw.once('close', release);
      if (reply.raw.destroyed) release();
      try {
        await applyWeight(rateLimits, request, reply, EXPORT_WEIGHT);
      } catch (error) {
        release();
        throw error;
      }
      reply.raw.setTimeout(maxStallMs, () => reply.raw.destroy());
      reply.headers({
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="bookings-${request.params.event}.csv"`,
      });
      return reply.send(Readable.from(bookingsCsv(platform.db, event), { objectMode: false }));
    },
  );
}
