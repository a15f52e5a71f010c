import type { Resolvers } from '../generated/graphql.ts';
import { mayActFor, signedIn } from '../platform/auth/viewer.ts';
import { badInput, CodedError } from '../platform/errors.ts';
import { decodeIdOf } from '../platform/ids.ts';
import { noSeatMap, type SeatMapUpdate } from '../seat-map/index.ts';
import {
  noOwnRoom,
  requireOwnRoom,
  requirePlacesShown,
  withPass,
  type AdmissionLogUpdate,
  type FiguresUpdate,
  type QueueStatus,
} from '../waiting-room/index.ts';
import type { SalesUpdate } from './sales/sales-channel.ts';
import { LiveStream } from './subscription/live-stream.ts';

/** GraphQL resolvers of subscriptions. */
export const resolvers: Resolvers = {
  Subscription: {
    seatMapChanged: {
      subscribe: async (_root, { event, after, pass }, context) => {
        const { seatMaps, viewer } = context;
        const eventId = decodeIdOf('Event', event)?.id;
        if (eventId === undefined) throw noSeatMap();
        const passes = withPass(context.passes, pass);
        await requirePlacesShown({ ...context, passes }, eventId); // before a map is opened for a viewer who may not see it
        const channel = await seatMaps.subscribe(viewer, eventId);
        if (channel === null) throw noSeatMap();
        return new LiveStream<SeatMapUpdate>(channel, after ?? null, passes);
      },
      resolve: (root: { seatMapChanged?: SeatMapUpdate } | undefined) => {
        if (root?.seatMapChanged) return root.seatMapChanged;
        throw elsewhere();
      },
    },
    queuePosition: {
      subscribe: async (_root, { event, token }, context) => {
        const viewer = signedIn(context); // `@requires` would apply to each update
        const channel = await context.queueWatch.subscribe(viewer, decodeIdOf('Event', event)?.id);
        return new LiveStream<QueueStatus>(channel, token ?? null);
      },
      resolve: (root: { queuePosition?: QueueStatus } | undefined) => {
        if (root?.queuePosition) return root.queuePosition;
        throw elsewhere();
      },
    },
    eventSalesChanged: {
      subscribe: async (_root, { event }, context) => {
        const viewer = signedIn(context); // `@requires` would apply to each update
        const eventId = decodeIdOf('Event', event)?.id;
        const row = eventId === undefined ? null : await context.loaders.event.load(eventId);
        const isOwn = row !== null && mayActFor(viewer, row.organiserId);
        const channel = isOwn ? await context.salesFeed.channelOf(viewer, row.id) : null;
        if (channel === null) throw badInput('event', 'has no tickets, or none that are yours');
        return new LiveStream<SalesUpdate>(channel, null);
      },
      resolve: (root: { eventSalesChanged?: SalesUpdate } | undefined) => {
        if (root?.eventSalesChanged) return root.eventSalesChanged;
        throw elsewhere();
      },
    },
    waitingRoomFigures: {
      subscribe: async (_root, { event }, context) => {
        const { eventId, phase } = await requireOwnRoom(context, event);
        const { waitingRooms } = context;
        // a room that was opened through another process a moment ago
        if (phase !== 'CLOSED' && (await waitingRooms.of(eventId)) === null) await waitingRooms.refresh();
        const room = await waitingRooms.of(eventId);
        if (room === null) throw noOwnRoom();
        return new LiveStream<FiguresUpdate>(waitingRooms.figures.channelOf(room), null);
      },
      resolve: (root: { waitingRoomFigures?: FiguresUpdate } | undefined) => {
        if (root?.waitingRoomFigures) return root.waitingRoomFigures;
        throw elsewhere();
      },
    },
    waitingRoomAdmissions: {
      subscribe: async (_root, { event, after }, context) => {
        const room = await requireOwnRoom(context, event);
        const channel = context.waitingRooms.admissionLogs.channelOf(room);
        return new LiveStream<AdmissionLogUpdate>(channel, after ?? null);
      },
      resolve: (root: { waitingRoomAdmissions?: AdmissionLogUpdate } | undefined) => {
        if (root?.waitingRoomAdmissions) return root.waitingRoomAdmissions;
        throw elsewhere();
      },
    },
  },
};

const elsewhere = () =>
  new CodedError('INVALID_REQUEST', 'Subscriptions go over WebSocket, or to `/graphql/stream`.');
