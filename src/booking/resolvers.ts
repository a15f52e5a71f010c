import { maySee, type PricedTier } from '../catalog/index.ts';
import type { Context, Resolvers } from '../generated/graphql.ts';
import { signedIn, type Viewer } from '../platform/auth/viewer.ts';
import { badInput, type CodedError } from '../platform/errors.ts';
import { decodeIdOf, encodeEventScopedId, encodeTicketId, type Decoded } from '../platform/ids.ts';
import { labelOfPlace, titleOfPlace, type PlaceLabel } from '../seating-plan/index.ts';
import { denyWithoutAdmission, errorIfPlacesHidden, requirePlacesShown } from '../waiting-room/index.ts';
import { reserveBestAvailable } from './best-available/reserve-best-available.ts';
import { extendReservation } from './hold/extend-reservation.ts';
import { MAX_PAYMENT_EXTENSION_SECONDS } from './hold/hold-for-payment.ts';
import { myReservations } from './hold/my-reservations.ts';
import { releaseReservation } from './hold/release-reservation.ts';
import { describeTickets } from './loaders.ts';
import { announceEvent } from './organiser/announce-event.ts';
import { blockTickets } from './organiser/block-tickets.ts';
import { changePrices } from './organiser/change-prices.ts';
import { pauseSale, resumeSale } from './organiser/pause-sale.ts';
import { publishEvent } from './organiser/publish-event.ts';
import { unblockTickets } from './organiser/unblock-tickets.ts';
import { withdrawEvent } from './organiser/withdraw-event.ts';
import { reserveTickets, type ReserveOptions } from './reserve/reserve-tickets.ts';
import type { ReservationRow, TicketRow } from './store/columns.ts';
import { findReservation } from './store/reservations.ts';
import { countSoldTickets, type TicketKey } from './store/tickets.ts';

/** Clients that want more use the seat map. */
const MAX_TICKETS = 100;

/** Types of booking by global id: tickets of Events that the viewer may see, and the viewer's own Reservations. */
export const nodes = {
  Ticket: async ({ eventId, place }: Decoded<'Ticket'>, context: Context) => {
    const { loaders, viewer } = context;
    const hidden = await errorIfPlacesHidden(context, eventId);
    if (hidden !== null) return loadOwnTicket(context, { eventId, place }, hidden);
    const event = await loaders.event.load(eventId);
    return event !== null && maySee(viewer, event) ? loaders.ticket.load({ eventId, place }) : null;
  },
  Reservation: async ({ eventId, id }: Decoded<'Reservation'>, { platform, viewer }: Context) => {
    const reservation = viewer && (await findReservation(platform.db, eventId, id));
    const mine = reservation?.viewerId === viewer?.id || viewer?.roles.has('ADMIN');
    return mine ? reservation : null;
  },
};

/** Resolvers of `schema/booking.graphql`. */
export const resolvers: Resolvers = {
  Mutation: {
    reserveTickets: async (_root, { input }, context) => {
      const viewer = signedIn(context);
      await context.rateLimits.reservation(viewer.id);
      return reserveTickets(context.platform, viewer, input, optionsOf(context, viewer));
    },
    reserveBestAvailable: async (_root, { input }, context) => {
      const viewer = signedIn(context);
      await context.rateLimits.reservation(viewer.id);
      return reserveBestAvailable(context.platform, viewer, input, optionsOf(context, viewer));
    },
    extendReservation: (_root, { input }, context) =>
      extendReservation(context.platform, signedIn(context), decodeIdOf('Reservation', input.reservation)),
    releaseReservation: (_root, { input }, context) =>
      releaseReservation(context.platform, signedIn(context), decodeIdOf('Reservation', input.reservation)),
    publishEvent: (_root, { input }, context) => publishEvent(context.platform, signedIn(context), input),
    announceEvent: (_root, { input }, context) => announceEvent(context.platform, signedIn(context), input),
    withdrawEvent: (_root, { input }, context) => withdrawEvent(context.platform, signedIn(context), input),
    changePrices: (_root, { input }, context) => changePrices(context.platform, signedIn(context), input),
    pauseSale: (_root, { input }, context) => pauseSale(context.platform, signedIn(context), input),
    resumeSale: (_root, { input }, context) => resumeSale(context.platform, signedIn(context), input),
    blockTickets: (_root, { input }, context) => blockTickets(context.platform, signedIn(context), input),
    unblockTickets: (_root, { input }, context) => unblockTickets(context.platform, signedIn(context), input),
  },
  Viewer: {
    reservations: ({ id }, args, { platform }) => myReservations(platform.db, id, args),
  },
  Event: {
    activeReservations: async ({ id: eventId }, _args, { loaders, viewer }) => {
      const live = viewer && (await loaders.liveReservations.load({ eventId, viewerId: viewer.id }));
      return live?.filter(({ status }) => status === 'HELD') ?? [];
    },
    tickets: async ({ id }, { places }, context, info) => {
      if (places.length > MAX_TICKETS) throw badInput('places', `at most ${MAX_TICKETS} at once`);
      await requirePlacesShown(context, id, info);
      return describeTickets(context.loaders, id, places);
    },
  },
  EventUpdated: {
    soldTickets: ({ event }, _args, { platform }) => countSoldTickets(platform.db, event.id),
  },
  Reservation: {
    id: ({ eventId, id }) => encodeEventScopedId('Reservation', eventId, id),
    event: eventOf,
    tickets: ({ eventId, places }, _args, { loaders }) => describeTickets(loaders, eventId, places),
    total: ({ amount, currency }) => ({ amount, currency }),
    extendableUntil: ({ status, heldUntil, heldUntilCap }) =>
      status === 'HELD' && heldUntilCap > heldUntil ? heldUntilCap : heldUntil,
    heldAtMostUntil: ({ status, heldUntil, heldUntilCap }) =>
      status === 'HELD'
        ? new Date(heldUntilCap.getTime() + MAX_PAYMENT_EXTENSION_SECONDS * 1_000)
        : heldUntil,
  },
  Ticket: {
    id: ({ eventId, place }) => encodeTicketId(eventId, place),
    event: eventOf,
    section: async (ticket, _args, context) => (await labelOf(ticket, context)).section.name,
    seatingSection: async (ticket, _args, context) => (await labelOf(ticket, context)).section,
    label: async (ticket, _args, context) => {
      const { section, row, seat } = await labelOf(ticket, context);
      return titleOfPlace(section, row, seat);
    },
    row: async (ticket, _args, context) => (await labelOf(ticket, context)).row,
    seat: async (ticket, _args, context) => (await labelOf(ticket, context)).seat,
    accessible: async (ticket, _args, context) => (await labelOf(ticket, context)).accessible,
    price: async (ticket, _args, context) => {
      const { amount, currency } = await tierOf(ticket, context);
      return { amount, currency };
    },
    priceTier: (ticket, _args, context) => tierOf(ticket, context),
  },
  TicketsUnavailable: { tickets: ticketsAtPlaces },
  OrphanSeat: { tickets: ticketsAtPlaces },
};

/** A ticket of an Event that hides its places, for the viewer who holds or has bought it; throws `hidden` for others. */
async function loadOwnTicket(
  { loaders, viewer }: Context,
  { eventId, place }: TicketKey,
  hidden: CodedError,
): Promise<TicketRow | null> {
  const live = viewer && (await loaders.liveReservations.load({ eventId, viewerId: viewer.id }));
  if (!live?.some(({ places }) => places.includes(place))) throw hidden;
  return loaders.ticket.load({ eventId, place });
}

const optionsOf = (context: Context, viewer: Viewer): ReserveOptions => ({
  signal: context.signal,
  denyAdmission: (eventId) => denyWithoutAdmission(context, viewer, eventId),
});

/** The first of the places of a refusal; an organiser may have tried to block thousands. */
function ticketsAtPlaces(
  { eventId, places }: { eventId: string; places: readonly number[] },
  _args: object,
  { loaders }: Context,
): Promise<TicketRow[]> {
  return describeTickets(loaders, eventId, places.slice(0, MAX_TICKETS));
}

async function tierOf({ eventId, tier }: TicketRow, { loaders }: Context): Promise<PricedTier> {
  const found = (await loaders.priceTiers.load(eventId)).find((candidate) => candidate.tier === tier);
  if (found === undefined) throw new Error(`event ${eventId} has no price for tier ${tier}`);
  return found;
}

async function eventOf({ eventId }: ReservationRow | TicketRow, _args: object, { loaders }: Context) {
  const event = await loaders.event.load(eventId);
  if (event === null) throw new Error(`there is no event ${eventId}`);
  return event;
}

async function labelOf(ticket: TicketRow, context: Context): Promise<PlaceLabel> {
  const { seatingPlanId } = await eventOf(ticket, {}, context);
  const layout = seatingPlanId && (await context.loaders.seatingPlanLayout.load(seatingPlanId));
  const label = layout && labelOfPlace(layout, ticket.place);
  if (!label) throw new Error(`the plan of event ${ticket.eventId} has no place ${ticket.place}`);
  return label;
}
