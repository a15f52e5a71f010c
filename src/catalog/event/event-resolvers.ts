import { maybeCacheControlFromInfo } from '@apollo/cache-control-types';
import type { GraphQLResolveInfo } from 'graphql';

import type { Context, EventFilter, EventResolvers, Resolvers } from '../../generated/graphql.ts';
import { signedIn, type Viewer } from '../../platform/auth/viewer.ts';
import { connectionOf, type Connection } from '../../platform/connections.ts';
import { badInput } from '../../platform/errors.ts';
import { decodeIdOf, encodeId } from '../../platform/ids.ts';
import type { Money } from '../../platform/money.ts';
import { fold } from '../../platform/text/fold.ts';
import { readLine } from '../../platform/text/read-line.ts';
import { readDateRange } from '../input/date-range.ts';
import { MAX_CATEGORY_LENGTH, MAX_CITY_LENGTH, MAX_GENRE_LENGTH } from '../input/text-limits.ts';
import { localTimeOf } from '../local-time.ts';
import type { EventRow } from '../store/reads.ts';
import { maySee } from '../visibility.ts';
import { listAuditTrail } from './audit-trail.ts';
import {
  eventCursor,
  eventCursors,
  listEvents,
  type EventListFilter,
  type EventListOwner,
} from './event-list.ts';

/** Load an Event; null if it does not exist or the viewer may not see it. */
export async function loadVisibleEvent(id: string, { loaders, viewer }: Context): Promise<EventRow | null> {
  const event = await loaders.event.load(id);
  return event !== null && maySee(viewer, event) ? event : null;
}

export const eventQueries: NonNullable<Resolvers['Query']> = {
  event: async (_root, { id }, context, info) => {
    const eventId = decodeIdOf('Event', id)?.id;
    const event = eventId === undefined ? null : await loadVisibleEvent(eventId, context);
    keepDraftsPrivate(event === null ? [] : [event], info);
    return event;
  },
  events: async (_root, { filter, first, after }, context, info) => {
    const page = eventCursors.readPage({ first, after });
    const rows = await listEvents(
      context.platform.db,
      context.viewer,
      readFilter(filter ?? {}, context),
      page,
    );
    if (filter?.mine) keepPrivate(info);
    keepDraftsPrivate(rows, info);
    return connectionOf(rows, page, eventCursor);
  },
};

/** Upcoming Events of a Venue or Performer; one statement for all owners of a request. */
export async function resolveUpcomingEvents(
  owner: EventListOwner,
  ownerId: string,
  args: { first?: number | null | undefined; after?: string | null | undefined },
  { loaders, viewer }: Context,
  info: GraphQLResolveInfo,
): Promise<Connection<EventRow>> {
  const page = eventCursors.readPage(args);
  const rows = await loaders.upcomingEvents.load({ owner, ownerId, page, viewer });
  keepDraftsPrivate(rows, info);
  return connectionOf(rows, page, eventCursor);
}

/** Fields of an Event that are not columns of the same name. */
export const eventFields: EventResolvers = {
  id: ({ id }) => encodeId('Event', id),
  venue: ({ venueId }, _args, { loaders }) => (venueId === null ? null : loaders.venue.load(venueId)),
  location: ({ latitude, longitude }) =>
    latitude === null || longitude === null ? null : { latitude, longitude },
  startsAtLocal: ({ startsAt, timezone }) => localTimeOf(startsAt, timezone),
  endsAtLocal: ({ endsAt, timezone }) => endsAt && localTimeOf(endsAt, timezone),
  saleStartsAtLocal: ({ saleStartsAt, timezone }) => saleStartsAt && localTimeOf(saleStartsAt, timezone),
  saleEndsAtLocal: ({ saleEndsAt, timezone }) => saleEndsAt && localTimeOf(saleEndsAt, timezone),
  cancellationEndsAtLocal: ({ cancellationEndsAt, timezone }) =>
    cancellationEndsAt && localTimeOf(cancellationEndsAt, timezone),
  performers: ({ id }, _args, { loaders }) => loaders.lineup.load(id),
  seatingPlan: ({ seatingPlanId }, _args, { loaders }) =>
    seatingPlanId === null ? null : loaders.seatingPlan.load(seatingPlanId),
  priceTiers: ({ id }, _args, { loaders }) => loaders.priceTiers.load(id),
  lowestPrice: ({ lowestPrice, currency }) => money(lowestPrice, currency),
  highestPrice: ({ highestPrice, currency }) => money(highestPrice, currency),
  auditTrail: ({ id }, args, { platform }) => listAuditTrail(platform.db, id, args),
};

const money = (amount: number | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : { amount, currency };

/** A response that contains a draft must not enter a shared cache. */
function keepDraftsPrivate(events: readonly EventRow[], info: GraphQLResolveInfo): void {
  if (events.some(({ status }) => status === 'DRAFT')) keepPrivate(info);
}

/** Subscriptions have no cache control, hence `maybe`. */
const keepPrivate = (info: GraphQLResolveInfo): void =>
  maybeCacheControlFromInfo(info)?.setCacheHint({ maxAge: 0, scope: 'PRIVATE' });

function readFilter(filter: EventFilter, context: { viewer: Viewer | null }): EventListFilter {
  const { startsFrom, startsBefore } = filter;
  const { from, before } = readDateRange(filter.dates, 'filter.dates');
  if (startsFrom && startsBefore && startsFrom >= startsBefore) {
    throw badInput('filter.startsBefore', 'must be later than `startsFrom`');
  }
  return {
    ...(filter.venue == null ? {} : { venueId: requireId('Venue', filter.venue, 'filter.venue') }),
    ...(filter.performer == null
      ? {}
      : { performerId: requireId('Performer', filter.performer, 'filter.performer') }),
    ...readTextFilter(filter),
    ...(from === null ? {} : { from }),
    ...(before === null ? {} : { before }),
    ...(startsFrom == null ? {} : { startsFrom }),
    ...(startsBefore == null ? {} : { startsBefore }),
    ...(filter.status == null ? {} : { statuses: [...new Set(filter.status)] }),
    ...(filter.mine ? { organiserId: signedIn(context).id } : {}),
  };
}

function readTextFilter({ category, genre, countryCode, city }: EventFilter): EventListFilter {
  const read = (field: keyof EventFilter, text: string, maxLength: number): string =>
    readLine(`filter.${field}`, text, maxLength);
  return {
    ...(category == null ? {} : { category: read('category', category, MAX_CATEGORY_LENGTH) }),
    ...(genre == null ? {} : { genre: read('genre', genre, MAX_GENRE_LENGTH) }),
    ...(countryCode == null ? {} : { countryCode: read('countryCode', countryCode, 2).toUpperCase() }),
    ...(city == null ? {} : { foldedCity: fold(read('city', city, MAX_CITY_LENGTH)) }),
  };
}

/** Decode a global id. Throws BAD_USER_INPUT, named by the argument, if it is malformed or of another type. */
export function requireId(type: 'Venue' | 'Performer', globalId: string, argument: string): string {
  const id = decodeIdOf(type, globalId)?.id;
  if (id === undefined) throw badInput(argument, `is not the id of a ${type}`);
  return id;
}
