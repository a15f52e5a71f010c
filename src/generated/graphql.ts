/* Written by `npm run codegen` from schema/*.graphql. Never edit. */
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { VenueRow, PerformerRow, SeatingPlanHead, EventRow, UpdatedEvent, AuditRow, PricedTier } from '../catalog/index.ts';
import type { RoomRow, DrawnRoom, OwnEntry, AdmissionLogRow, QueueStatus as StatusInQueue } from '../waiting-room/index.ts';
import type { Section as DrawnSection, SeatedSection as DrawnSeatedSection, GeneralAdmissionArea as DrawnArea, Section as SectionOfTicket, Row } from '../seating-plan/index.ts';
import type { EventSearchPage, EventSearchHit, Part as UnderstoodPart, DatesPart, PricePart, PlacePart, FacetLoader, FacetCount, HighlightedSuggestion } from '../search/index.ts';
import type { Money as MoneyValue } from '../platform/money.ts';
import type { Viewer as SignedInViewer } from '../platform/auth/viewer.ts';
import type { TicketRow, ReservationRow, TicketsUnavailable as UnavailablePlaces, OrphanSeat as OrphanPlaces } from '../booking/index.ts';
import type { BookingRow, CancellationProgress, RefundRow, DisputeRow, EventSales as SalesOfEvent } from '../payments/index.ts';
import type { SeatMapSnapshot } from '../seat-map/index.ts';
import type { Context } from '../app/context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * An amount of money in the currency's smallest unit, as a JSON number: an integer from -(2^53 - 1) to 2^53 - 1. Fractions and
   * strings are refused.
   */
  Amount: { input: number; output: number; }
  /** An ISO 4217 currency code: `EUR`. */
  Currency: { input: string; output: string; }
  /**
   * An instant, in RFC 3339 with an offset of at most 14 hours: `2026-12-31T20:00:00Z`. In input: the years 1900 to 9998, with four
   * digits; hours 00 to 23, seconds 00 to 59; fractions are cut to milliseconds. In output: UTC, with milliseconds.
   */
  DateTime: { input: Date; output: Date; }
};

/** A page of the log of admissions. */
export type AdmissionLogConnection = {
  __typename?: 'AdmissionLogConnection';
  /** The lines with their cursors. */
  edges: Array<AdmissionLogEdge>;
  /** The lines without their cursors. */
  nodes: Array<AdmissionLogEntry>;
  /** Position of this page. */
  pageInfo: PageInfo;
};

/** A line of the log in a page. */
export type AdmissionLogEdge = {
  __typename?: 'AdmissionLogEdge';
  /** Position in the log: pass it as `after` to continue behind this line, in a query or a subscription. */
  cursor: Scalars['String']['output'];
  /** The line. */
  node: AdmissionLogEntry;
};

/** One line of the log of admissions: the beginning of a visit, or its end. */
export type AdmissionLogEntry = {
  __typename?: 'AdmissionLogEntry';
  /** When it happened. Ends are numbered up to seconds later, so that their times may not be in order. */
  at: Scalars['DateTime']['output'];
  /** Id of the entry, as it is published in the list at the opening; it names no viewer. */
  entry: Scalars['String']['output'];
  /** What happened. */
  kind: AdmissionLogKind;
  /** Counts from 1 in a room, without gaps: nothing is entered later before a line that was read. */
  number: Scalars['Int']['output'];
  /** Place of the entry. Admissions are in the order of their places. */
  place: Scalars['Int']['output'];
};

/** What happened to a visit. */
export type AdmissionLogKind =
  /** The viewer was admitted: the visit began. */
  | 'ADMITTED'
  /** The visit ended, as its viewer bought. */
  | 'BOUGHT'
  /** The visit ended, as the room was closed. */
  | 'CLOSED'
  /** The visit ended, as its time was over. */
  | 'EXPIRED'
  /** The visit ended, as its viewer left. */
  | 'LEFT';

/** Lines of the log that follow those sent before. */
export type AdmissionLogUpdate = {
  __typename?: 'AdmissionLogUpdate';
  /** Position behind the last of them: pass it as `after` to resume. */
  cursor: Scalars['String']['output'];
  /** At most 500 lines, in order. */
  entries: Array<AdmissionLogEntry>;
};

/**
 * The Event has a waiting room, and the request had no pass that admits the viewer now. Nothing was reserved. Join the room; once
 * admitted send the pass: in the header `onsale-admission`, over WebSocket under that key in the payload of `connection_init`.
 *
 * To pay for, extend or release what is held takes no pass. A repeated call is answered by its earlier success if the pass of
 * that visit comes with it, even after the visit has ended.
 */
export type AdmissionRequired = Refusal & {
  __typename?: 'AdmissionRequired';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Number of entries in the line a moment ago. */
  waiting: Scalars['Int']['output'];
  /** The room to join. */
  waitingRoom: WaitingRoom;
};

/** `amount` differs from the Reservation's `total`. Nothing was charged. */
export type AmountMismatch = Refusal & {
  __typename?: 'AmountMismatch';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The Reservation's total: ask the buyer to agree to it. */
  total: Money;
};

/** Input of `announceEvent`. */
export type AnnounceEventInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `announceEvent`. */
export type AnnounceEventResult = EventAnnounced | EventNotChangeable | EventNotFound;

/** Whom a field or the objects of a type concern. */
export type Audience =
  /** Everyone who may use the field that returns the object. */
  | 'CALLER'
  /** The organiser of the Event, Venue, Performer or SeatingPlan, with the role `ORGANISER`; admins, too. */
  | 'ORGANISER'
  /** The viewer to whom it belongs; admins, too. */
  | 'OWNER'
  /** The viewer to whom it belongs, and no one else. */
  | 'OWNER_ALONE'
  /** The viewer to whom it belongs, and the organiser of the Event; admins, too. */
  | 'OWNER_OR_ORGANISER'
  /** Everyone whom `@requires` lets pass: nothing that belongs to another is read or changed. */
  | 'ROLES';

/** A value before and after a change. */
export type AuditChange = {
  __typename?: 'AuditChange';
  /** The value after, in the same form; null: it has none. */
  after?: Maybe<Scalars['String']['output']>;
  /**
   * The value before, as text: global ids, times in UTC, prices in the smallest unit of the currency; what is longer than 200
   * characters ends in an ellipsis. Null: it had none, or none is recorded.
   */
  before?: Maybe<Scalars['String']['output']>;
  /** What was changed: mostly a field of the mutation's input, `prices.0` for the price of tier 0. */
  field: Scalars['String']['output'];
};

/** A mutation that changed an Event. It is recorded in the transaction of the change. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** Who made it: the `sub` of the token. */
  actor: Scalars['String']['output'];
  /** When it was made, by the database's clock. */
  at: Scalars['DateTime']['output'];
  /** Whether an administrator made it in the organiser's place. */
  byAdministrator: Scalars['Boolean']['output'];
  /** What it changed, at most 100 values. */
  changes: Array<AuditChange>;
  /** Name of the mutation: `publishEvent`. */
  mutation: Scalars['String']['output'];
};

/** A page of the audit trail of an Event. */
export type AuditEntryConnection = {
  __typename?: 'AuditEntryConnection';
  /** The entries with their cursors. */
  edges: Array<AuditEntryEdge>;
  /** The entries without their cursors. */
  nodes: Array<AuditEntry>;
  /** Position of this page. */
  pageInfo: PageInfo;
};

/** An entry in a page. */
export type AuditEntryEdge = {
  __typename?: 'AuditEntryEdge';
  /** Position in the list: pass it as `after` to continue behind this entry. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: AuditEntry;
};

/**
 * How many Events meet each of the filters by availability; of more than 10,000 Events that meet the others, the first 10,000 by start are
 * counted. Free tickets were counted some seconds ago as a rule, without Redis up to five minutes ago.
 */
export type AvailabilityFacet = {
  __typename?: 'AvailabilityFacet';
  /** Events that `accessible` would leave. */
  accessible: Scalars['Int']['output'];
  /** Events that `available` would leave. */
  available: Scalars['Int']['output'];
  /** Events that `onSale` would leave. */
  onSale: Scalars['Int']['output'];
};

/** Input of `blockTickets`. */
export type BlockTicketsInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /** Place numbers in the SeatingPlan, 1 to 1,000 of them. */
  places: Array<Scalars['Int']['input']>;
};

/** Result of `blockTickets`. */
export type BlockTicketsResult = EventNotFound | EventNotOnSale | InvalidInput | TicketsBlocked | TicketsUnavailable;

/**
 * A purchase of the tickets of one Reservation: one attempt to pay for it. Another attempt, for example with another card, is a new
 * Booking; a `DECLINED` one stays readable.
 */
export type Booking = Node & {
  __typename?: 'Booking';
  /** The `sub` of the buyer's token. */
  buyer: Scalars['String']['output'];
  /** Whether it was cancelled because its Event was, rather than by its buyer alone. */
  cancelledWithEvent: Scalars['Boolean']['output'];
  /** When the Booking was confirmed; null if it never was. */
  confirmedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the checkout started. */
  createdAt: Scalars['DateTime']['output'];
  /** Disputes of the payment, oldest first. */
  disputes: Array<Dispute>;
  /** The Event. */
  event: Event;
  /** Why the payment failed, in English; null unless it failed. */
  failureMessage?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /**
   * What the buyer has to do at their bank before this payment goes on (3-D Secure); null if nothing, and for everyone but the buyer. It is
   * the way back for a client that has lost its answer, or the idempotency key.
   */
  paymentAction?: Maybe<PaymentAction>;
  /** What was given back of the payment, oldest first. A refund that is due and not made yet is missing. */
  refunds: Array<Refund>;
  /** State at the time of the request. */
  status: BookingStatus;
  /**
   * The tickets, without those that the organiser has taken back with `refundTickets`; they belong to the buyer while the status is
   * `CONFIRMED`.
   */
  tickets: Array<Ticket>;
  /** Amount charged or to be charged. */
  total: Money;
};

/** The tickets are available again, and the payment is being refunded in full. Cancelling a cancelled Booking returns this, too. */
export type BookingCancelled = {
  __typename?: 'BookingCancelled';
  /** The Booking, `CANCELLED`. */
  booking: Booking;
};

/** Paid: the tickets belong to the viewer. */
export type BookingConfirmed = {
  __typename?: 'BookingConfirmed';
  /** The Booking, `CONFIRMED`. */
  booking: Booking;
};

/** A page of Bookings. */
export type BookingConnection = {
  __typename?: 'BookingConnection';
  /** The Bookings with their cursors. */
  edges: Array<BookingEdge>;
  /** The Bookings without their cursors. */
  nodes: Array<Booking>;
  /** Position of this page. */
  pageInfo: PageInfo;
};

/** A Booking in a page. */
export type BookingEdge = {
  __typename?: 'BookingEdge';
  /** Position in the list: pass it as `after` to continue behind this item. */
  cursor: Scalars['String']['output'];
  /** The Booking. */
  node: Booking;
};

/**
 * Only a `CONFIRMED` Booking can be cancelled, and only until its Event's `cancellationEndsAt`, or else until the Event starts, unless
 * that was cancelled.
 */
export type BookingNotCancellable = Refusal & {
  __typename?: 'BookingNotCancellable';
  /** The Booking, unchanged. */
  booking: Booking;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The Booking does not exist, or belongs to another viewer. */
export type BookingNotFound = Refusal & {
  __typename?: 'BookingNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/**
 * Only a `CONFIRMED` Booking of an Event that is not archived can be refunded in part, 100 times at most, and not while its payment is
 * disputed, or once the bank has given it back. Nothing was changed.
 */
export type BookingNotRefundable = Refusal & {
  __typename?: 'BookingNotRefundable';
  /** The Booking, unchanged. */
  booking: Booking;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/**
 * The payment succeeded after the hold had ended and the tickets could not be sold any more: taken by another buyer, blocked, or over
 * the ticket limit. Or its Event was cancelled meanwhile. It is being refunded in full.
 */
export type BookingRefunded = Refusal & {
  __typename?: 'BookingRefunded';
  /** The Booking, `REFUNDED`. */
  booking: Booking;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** State of a Booking. */
export type BookingStatus =
  /** Cancelled after confirmation; the tickets are available again, and the payment is being refunded in full. */
  | 'CANCELLED'
  /** Paid; the tickets belong to the buyer. */
  | 'CONFIRMED'
  /**
   * The payment failed, or was given up, also for another attempt; nothing was charged. If the buyer completes it nevertheless, with
   * the client secret of an earlier `PaymentActionRequired`, the Booking becomes `CONFIRMED` or `REFUNDED`.
   */
  | 'DECLINED'
  /** The payment is in progress. The server finishes it, whether or not the client calls again. */
  | 'PENDING'
  /**
   * The payment succeeded after the hold had ended and the tickets could not be sold any more, or its Event was cancelled; it is being
   * refunded in full.
   */
  | 'REFUNDED';

/**
 * Another payment for this Reservation is in progress, for example from another tab or device, and may succeed at any moment. No second one
 * was started. One that waits for the buyer at the bank is not in the way: a call with a new key gives it up, and its Booking is `DECLINED`.
 */
export type BookingUnderWay = Refusal & {
  __typename?: 'BookingUnderWay';
  /** The other Booking, `PENDING`. */
  booking: Booking;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Which caches may store a response. */
export type CacheControlScope =
  /** Only a cache that belongs to the viewer, such as a browser's. */
  | 'PRIVATE'
  /** Any cache, including shared ones: the response is the same for all viewers. */
  | 'PUBLIC';

/** Input of `cancelBooking`. */
export type CancelBookingInput = {
  /** Global id of the Booking. */
  booking: Scalars['ID']['input'];
};

/** Result of `cancelBooking`. */
export type CancelBookingResult = BookingCancelled | BookingNotCancellable | BookingNotFound;

/** Input of `cancelEvent`. */
export type CancelEventInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `cancelEvent`. */
export type CancelEventResult = EventCancelled | EventNotChangeable | EventNotFound;

/**
 * The solution was not accepted: wrong, expired, used before, made for another viewer or Event, or the challenge is too easy for the
 * entries that its address has by now. Get another challenge from `queueChallenge`.
 */
export type ChallengeRefused = Refusal & {
  __typename?: 'ChallengeRefused';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Joining takes a solved challenge: get one from `queueChallenge`, solve it, and join with its solution. */
export type ChallengeRequired = Refusal & {
  __typename?: 'ChallengeRequired';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Input of `changePrices`. */
export type ChangePricesInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /** The changes, at most one of each tier. */
  prices: Array<PriceChangeInput>;
};

/** Result of `changePrices`. */
export type ChangePricesResult = EventNotChangeable | EventNotFound | InvalidInput | PricesChanged;

/** A city; `name` and `country` are for the filters of a search. */
export type CitySuggestion = Suggestion & {
  __typename?: 'CitySuggestion';
  /** Country code, ISO 3166-1 alpha-2; null if not known. */
  country?: Maybe<Scalars['String']['output']>;
  /** The parts of `name` that were typed, or meant. */
  highlights: Array<TextRange>;
  /** Name. */
  name: Scalars['String']['output'];
  /** Number of Events there that are not over. */
  upcomingEvents: Scalars['Int']['output'];
};

/** Input of `closeWaitingRoom`. */
export type CloseWaitingRoomInput = {
  /** Close it even if viewers wait or shop: all places and passes become void. */
  evenIfOccupied?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `closeWaitingRoom`. */
export type CloseWaitingRoomResult = EventNotFound | WaitingRoomClosed | WaitingRoomNotFound | WaitingRoomOccupied;

/** Input of `confirmBooking`. */
export type ConfirmBookingInput = {
  /**
   * Chosen by the client for each new attempt, 1 to 200 printable characters, none of them invisible. For 24 hours the same key with
   * the same input returns the same Booking as it is now, or `ReservationOver` once it was cancelled, and with different input
   * `IdempotencyKeyReused`. After a decline, use a new key. At another Event it is another key.
   */
  idempotencyKey: Scalars['String']['input'];
  /** Amount and payment method. */
  payment: PaymentInput;
  /** Global id of the Reservation to pay for. */
  reservation: Scalars['ID']['input'];
};

/** Result of `confirmBooking`. */
export type ConfirmBookingResult = AmountMismatch | BookingConfirmed | BookingRefunded | BookingUnderWay | IdempotencyKeyReused | InvalidInput | PaymentActionRequired | PaymentDeclined | PaymentMethodInvalid | PaymentPending | PaymentProviderBusy | PaymentUnavailable | ReservationNotFound | ReservationOver | TooManyPaymentAttempts;

/** Input of `createEvent`. */
export type CreateEventInput = {
  /** Fields of the new Event. Required: `name`, `category`, `venue`, and `startsAt` or `startsAtLocal`. */
  event: EventFields;
};

/** Result of `createEvent`. */
export type CreateEventResult = EventCreated | InvalidInput;

/** Input of `createPerformer`. */
export type CreatePerformerInput = {
  /** Fields of the new Performer. Required: `name` and `kind`. */
  performer: PerformerFields;
};

/** Result of `createPerformer`. */
export type CreatePerformerResult = InvalidInput | PerformerCreated;

/** Input of `createSeatingPlan`. */
export type CreateSeatingPlanInput = {
  /** Name, 1 to 100 characters, unique at the Venue; it must not look like another that the Venue lists. */
  name: Scalars['String']['input'];
  /** Source of the layout. */
  source: SeatingPlanSourceInput;
  /** Global id of the Venue. */
  venue: Scalars['ID']['input'];
};

/** Result of `createSeatingPlan`. */
export type CreateSeatingPlanResult = InvalidInput | SeatingPlanCreated | VenueNotFound;

/** Input of `createVenue`. */
export type CreateVenueInput = {
  /** Fields of the new Venue. Required: `name`, `kind`, `city`, `country`, `countryCode` and `timezone`. */
  venue: VenueFields;
};

/** Result of `createVenue`. */
export type CreateVenueResult = InvalidInput | VenueCreated;

/** A time range. */
export type DateRangeInput = {
  /** End, exclusive. Default: no end. */
  before?: InputMaybe<Scalars['DateTime']['input']>;
  /** Start, inclusive. Default: now. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Days by name, counted from today in `timezone`. Like all days they are those of an Event's own time zone. */
export type DayPreset =
  /** From Monday to Sunday of the next week. */
  | 'NEXT_WEEK'
  /** From Friday, 17:00, to Sunday; what is left of it from Saturday on. */
  | 'THIS_WEEKEND'
  /** Today. */
  | 'TODAY'
  /** Tomorrow. */
  | 'TOMORROW'
  /** Today, from 17:00. */
  | 'TONIGHT';

/** Days of the calendar, both inclusive, each in the time zone of the Event: `2026-12-31`. The years 1900 to 9998. */
export type DayRangeInput = {
  /** First day. */
  from: Scalars['String']['input'];
  /** Last day, not before `from`. Default: `from`. */
  to?: InputMaybe<Scalars['String']['input']>;
};

/** Sales of one day. */
export type DaySales = {
  __typename?: 'DaySales';
  /** Number of Bookings confirmed on the day, also those cancelled since. */
  bookings: Scalars['Int']['output'];
  /** The day in the Event's time zone: `2026-12-31`. */
  date: Scalars['String']['output'];
  /** Number of sold tickets that were given back on the day. */
  returned: Scalars['Int']['output'];
  /** Money that moved on the day. Of versions before the ledger: on the day on which its rows were written. */
  revenue: SalesRevenue;
  /** Number of tickets of these Bookings. */
  sold: Scalars['Int']['output'];
};

/** A dispute: the buyer has asked their bank to take a payment back. */
export type Dispute = {
  __typename?: 'Dispute';
  /** Disputed amount. */
  amount: Money;
  /** When it was opened. */
  openedAt: Scalars['DateTime']['output'];
  /** Until when the shop has to answer; null if no answer is expected. */
  respondBy?: Maybe<Scalars['DateTime']['output']>;
  /** State at the bank. */
  status: DisputeStatus;
};

/** State of a dispute. */
export type DisputeStatus =
  /** Ended without a decision: an inquiry that went no further. */
  | 'CLOSED'
  /** Decided for the buyer: the bank has given the payment back. */
  | 'LOST'
  /** The shop has to answer. */
  | 'NEEDS_RESPONSE'
  /** The bank decides. */
  | 'UNDER_REVIEW'
  /** Decided for the shop: the payment stands. */
  | 'WON';

/** The token is not one of the viewer's entry in this waiting room. Join without it. */
export type EntryTokenRefused = Refusal & {
  __typename?: 'EntryTokenRefused';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** One performance: a concert, match or show, at one location and time. */
export type Event = Node & {
  __typename?: 'Event';
  /** The viewer's active holds at this Event, so that an app can restore its state after a reload. Empty without a token. */
  activeReservations: Array<Reservation>;
  /**
   * Who changed what at this Event, newest first: one entry for each mutation of its organiser or an administrator that changed it.
   * Entries are kept for 1,100 days. Null for viewers other than these.
   */
  auditTrail?: Maybe<AuditEntryConnection>;
  /** All Bookings of the Event, also those that were declined or cancelled, newest first, for its organiser. Null for other viewers. */
  bookings?: Maybe<BookingConnection>;
  /**
   * Path on this server of all confirmed, cancelled and refunded Bookings as CSV, oldest first, a line each; send the same header `authorization`. A request weighs 20. A
   * server writes 4 exports at a time, one for each viewer, and answers others with 503 and `retry-after`. Null for viewers other than the
   * organiser.
   */
  bookingsCsvPath?: Maybe<Scalars['String']['output']>;
  /** How far the refunds of the cancelled Event are: for its organiser and administrators; null for others, and unless `cancelEvent` was called. */
  cancellation?: Maybe<EventCancellation>;
  /** Until when buyers can give their tickets back with `cancelBooking`; null: until the Event starts. */
  cancellationEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** `cancellationEndsAt` in the time zone of the location, without offset; null if that is null. */
  cancellationEndsAtLocal?: Maybe<Scalars['String']['output']>;
  /** Category: `concert`, `sports`, `comedy`, `dance`, `exhibition`, … */
  category: Scalars['String']['output'];
  /** City; null if not known. */
  city?: Maybe<Scalars['String']['output']>;
  /** Country code, ISO 3166-1 alpha-2; null if not known. */
  countryCode?: Maybe<Scalars['String']['output']>;
  /** Description for visitors; may be empty. */
  description: Scalars['String']['output'];
  /** End time; null if not known. Where its end matters, such an Event is taken to last 3 hours. */
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** `endsAt` in the time zone of the location, without offset; null if not known. */
  endsAtLocal?: Maybe<Scalars['String']['output']>;
  /** Genre or sport: `Classical`, `Football`, …; null if not given. */
  genre?: Maybe<Scalars['String']['output']>;
  /** Highest price of all tiers, whether available or not; null until the Event is published. */
  highestPrice?: Maybe<Money>;
  /**
   * Maximum lifetime of a Reservation with all calls of `extendReservation`, in seconds from its creation. Attempts to pay extend it by
   * up to 900 seconds more, all of them together; see `Reservation.heldAtMostUntil`.
   */
  holdCapSeconds: Scalars['Int']['output'];
  /** Seconds that a new or extended Reservation holds its tickets for. */
  holdSeconds: Scalars['Int']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Geographic position; null if not known. */
  location?: Maybe<GeoPoint>;
  /** Lowest price of all tiers, whether available or not; null until the Event is published. */
  lowestPrice?: Maybe<Money>;
  /** Name. */
  name: Scalars['String']['output'];
  /** Whether selections that would leave a single available seat behind are refused; see `OrphanSeat`. */
  orphanRule: Scalars['Boolean']['output'];
  /** Performers, in billing order. */
  performers: Array<Performer>;
  /** Prices, highest first; empty until the Event is published. */
  priceTiers: Array<PriceTier>;
  /** When the sale ends; null: when the Event starts. Nothing is sold once the Event is over. */
  saleEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** `saleEndsAt` in the time zone of the location, without offset; null if that is null. */
  saleEndsAtLocal?: Maybe<Scalars['String']['output']>;
  /** Since when the sale is paused: no tickets are reserved (`SaleIsPaused`), while holds and payments go on. Null: it is not. */
  salePausedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the sale starts; null: as soon as the Event is `ON_SALE`. */
  saleStartsAt?: Maybe<Scalars['DateTime']['output']>;
  /** `saleStartsAt` in the time zone of the location, without offset; null if that is null. */
  saleStartsAtLocal?: Maybe<Scalars['String']['output']>;
  /** How the Event sells. Null for viewers other than its organiser, and until it is published. */
  sales?: Maybe<EventSales>;
  /** Layout of the places; null until the organiser has chosen one. */
  seatingPlan?: Maybe<SeatingPlan>;
  /** Tour, league or season that it belongs to; null if none. */
  series?: Maybe<Scalars['String']['output']>;
  /** Start time. */
  startsAt: Scalars['DateTime']['output'];
  /** True if only the date is known: the time of day is then a typical one. */
  startsAtIsApproximate: Scalars['Boolean']['output'];
  /**
   * Start time in the time zone of the location, without offset: `2026-12-31T20:00`, with seconds unless they are 0. So are all local
   * times.
   */
  startsAtLocal: Scalars['String']['output'];
  /** Publication and sale state. */
  status: EventStatus;
  /** Maximum number of tickets per buyer, held and bought together. */
  ticketLimit: Scalars['Int']['output'];
  /**
   * Tickets by place number. Numbers that the SeatingPlan does not have are omitted from the result. Behind a waiting room that
   * protects the seat map it takes a pass (error `ADMISSION_REQUIRED`).
   */
  tickets: Array<Ticket>;
  /**
   * Available tickets by price tier, at most two seconds old: also for those who wait and may not see the seat map. Null without a
   * seat map.
   */
  tierAvailability?: Maybe<Array<SeatMapTier>>;
  /** IANA time zone of the location: `Europe/Berlin`. */
  timezone: Scalars['String']['output'];
  /** Venue; null if only the city is known. */
  venue?: Maybe<Venue>;
  /** The waiting room in front of the sale; null without one. A closed room is not shown. */
  waitingRoom?: Maybe<WaitingRoom>;
};


/** One performance: a concert, match or show, at one location and time. */
export type EventAuditTrailArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One performance: a concert, match or show, at one location and time. */
export type EventBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  booking?: InputMaybe<Scalars['ID']['input']>;
  buyer?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One performance: a concert, match or show, at one location and time. */
export type EventTicketsArgs = {
  places: Array<Scalars['Int']['input']>;
};

/** The Event is `ANNOUNCED`. A repeated call returns this, too. */
export type EventAnnounced = {
  __typename?: 'EventAnnounced';
  /** The Event. */
  event: Event;
};

/** How far the refunds of a cancelled Event are. The numbers are of Bookings. */
export type EventCancellation = {
  __typename?: 'EventCancellation';
  /** Bookings that were confirmed when the Event was cancelled, and the few that were confirmed at that moment. */
  bookings: Scalars['Int']['output'];
  /** When `cancelEvent` was called. */
  cancelledAt: Scalars['DateTime']['output'];
  /**
   * Bookings whose refund the bank rejected afterwards: the shop pays their buyers by other means. Or their payment was disputed, and the
   * dispute lost: the bank has paid them.
   */
  failed: Scalars['Int']['output'];
  /** Bookings whose refund Stripe has not accepted yet. It is retried until it does. */
  pending: Scalars['Int']['output'];
  /** Bookings that were refunded, also by other means where an operator has recorded that, or that cost nothing. */
  refunded: Scalars['Int']['output'];
  /** What the `refunded` Bookings had cost; null if there were no Bookings. */
  refundedAmount?: Maybe<Money>;
  /**
   * When the last Booking had ended, at the earliest two minutes after the cancellation; null: not yet. Buyers whose bank rejects a
   * refund later still count as `failed`.
   */
  settledAt?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * The Event is `CANCELLED`: nothing of it is sold any more, and its Bookings are being refunded, which `Event.cancellation` shows. Cancelling
 * a cancelled Event returns this, too.
 */
export type EventCancelled = {
  __typename?: 'EventCancelled';
  /** The Event, `CANCELLED`. */
  event: Event;
};

/** A page of Events. */
export type EventConnection = {
  __typename?: 'EventConnection';
  /** The Events with their cursors. */
  edges: Array<EventEdge>;
  /** The Events without their cursors. */
  nodes: Array<Event>;
  /** Position of this page. */
  pageInfo: PageInfo;
};

/** The Event was created, as a draft. */
export type EventCreated = {
  __typename?: 'EventCreated';
  /** The new Event, `DRAFT`. */
  event: Event;
};

/** An Event in a page. */
export type EventEdge = {
  __typename?: 'EventEdge';
  /** Position in the list: pass it as `after` to continue behind this item. */
  cursor: Scalars['String']['output'];
  /** The Event. */
  node: Event;
};

/** A value of a facet: what a filter of the search takes, and how many Events have it. */
export type EventFacet = {
  __typename?: 'EventFacet';
  /** Number of Events. */
  count: Scalars['Int']['output'];
  /** Country code of a city (ISO 3166-1 alpha-2), where it is known; null for all others. */
  country?: Maybe<Scalars['String']['output']>;
  /** Global id of a Venue; null for all others. */
  id?: Maybe<Scalars['ID']['output']>;
  /**
   * Value for the filter: of categories, genres and cities their name, of countries their code, of months like `2026-12`; of Venues
   * their name, for display, as their filter takes `id`.
   */
  value: Scalars['String']['output'];
};

/**
 * Counts of the Events of a search by facets: of each the 20 most frequent values, most frequent first. Of more than 10,000 Events,
 * the first 10,000 by start are counted. A facet leaves out its own filter and keeps all others, so that it shows what may be chosen
 * in place of what is chosen, or beside it.
 */
export type EventFacets = {
  __typename?: 'EventFacets';
  /** By availability; leaves out `onSale`, `available` and `accessible`. */
  availability: AvailabilityFacet;
  /** By category; leaves out `category` and `categories`. */
  categories: Array<EventFacet>;
  /** By city; leaves out `city`. Cities of one name in two countries are two. */
  cities: Array<EventFacet>;
  /** By country; leaves out `country`. */
  countries: Array<EventFacet>;
  /** By genre; leaves out `genre` and `genres`. */
  genres: Array<EventFacet>;
  /**
   * By the month of the start, of Events that have begun the present one; leaves out `dates`, `days` and `dayPreset`, and keeps the days that
   * `term` says.
   */
  months: Array<EventFacet>;
  /** By price, lowest first; leaves out `price`. A price at the end of a range is in the next one, too. */
  prices: Array<PriceFacet>;
  /** By Venue; leaves out `venue`. */
  venues: Array<EventFacet>;
};

/**
 * Fields of an Event. In an update, an omitted field keeps its value, and null resets a field that is not required to its default.
 *
 * Each time is given either as an instant (`startsAt`) or as the local time of the Venue without offset (`startsAtLocal`:
 * `2026-12-31T20:00`), of the same update's Venue if it has one. A local time that does not exist, or occurs twice, because clocks
 * change is refused with the alternatives. Times are stored as instants: a Venue in another time zone changes their local times.
 */
export type EventFields = {
  /**
   * Until when buyers can give their tickets back with `cancelBooking`, not after `startsAt`; in the past: not any more. It can change
   * at any time, as when the Event is moved, and holds for what was bought before, too. Default: until the Event starts.
   */
  cancellationEndsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when buyers can give their tickets back, local to the Venue; in place of `cancellationEndsAt`. */
  cancellationEndsAtLocal?: InputMaybe<Scalars['String']['input']>;
  /** Category, 1 to 50 characters: `concert`, `sports`, … */
  category?: InputMaybe<Scalars['String']['input']>;
  /** Description for visitors, at most 10,000 characters. Default: empty. */
  description?: InputMaybe<Scalars['String']['input']>;
  /**
   * End time, not before `startsAt`, and after a waiting room of the Event opens. Default: not known; where its end matters, the Event
   * is taken to last 3 hours.
   */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** End time, local to the Venue; in place of `endsAt`. */
  endsAtLocal?: InputMaybe<Scalars['String']['input']>;
  /** Genre or sport, 1 to 100 characters: `Classical`, `Football`, … */
  genre?: InputMaybe<Scalars['String']['input']>;
  /**
   * Maximum lifetime of a Reservation with all calls of `extendReservation`, in seconds, 30 to 86,400, and at least `holdSeconds`.
   * Default: 1,800. Attempts to pay extend it by up to 900 seconds more, all of them together. What is held already keeps that of its
   * creation.
   */
  holdCapSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Seconds that a new or extended Reservation holds its tickets for, 30 to 86,400, and at most `holdCapSeconds`. Default: 600. */
  holdSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Name, 1 to 300 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Whether selections that would leave a single available seat behind are refused; see `OrphanSeat`. Default: false. */
  orphanRule?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global ids of the Performers in billing order, at most 100. */
  performers?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** When the sale ends, later than `saleStartsAt` and not after the Event ends. Default: when the Event starts. */
  saleEndsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When the sale ends, local to the Venue; in place of `saleEndsAt`. */
  saleEndsAtLocal?: InputMaybe<Scalars['String']['input']>;
  /** When the sale starts, not after `startsAt` and before it ends. Default: as soon as the Event is `ON_SALE`. */
  saleStartsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When the sale starts, local to the Venue; in place of `saleStartsAt`. */
  saleStartsAtLocal?: InputMaybe<Scalars['String']['input']>;
  /** Global id of a SeatingPlan of the same Venue. */
  seatingPlan?: InputMaybe<Scalars['ID']['input']>;
  /** Tour, league or season, 1 to 200 characters. */
  series?: InputMaybe<Scalars['String']['input']>;
  /** Start time. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Start time, local to the Venue; in place of `startsAt`. */
  startsAtLocal?: InputMaybe<Scalars['String']['input']>;
  /** Maximum number of tickets per buyer, 1 to 100. Default: 10. */
  ticketLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Global id of the Venue: the viewer's own, or a public one. */
  venue?: InputMaybe<Scalars['ID']['input']>;
};

/** Filter for a list of Events. All given conditions must hold; omitted ones do not filter. */
export type EventFilter = {
  /** Of this category, at most 50 characters; exact match. */
  category?: InputMaybe<Scalars['String']['input']>;
  /** In this city, at most 100 characters; accents and case are ignored. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** In this country (ISO 3166-1 alpha-2). */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /**
   * Taking place in this range, in part or in whole: an Event that has begun belongs to the range until it ends. Without `from`:
   * Events that are not over, unless `startsFrom` is given.
   */
  dates?: InputMaybe<DateRangeInput>;
  /** Of this genre, at most 100 characters; exact match. */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** If true, only Events that the viewer created, including drafts. */
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  /** With this Performer (global id). */
  performer?: InputMaybe<Scalars['ID']['input']>;
  /** Start time before this. Default: no limit. */
  startsBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Start time at or after this, also of Events that are over. Default: no limit. */
  startsFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** In one of these states. */
  status?: InputMaybe<Array<EventStatus>>;
  /** At this Venue (global id). */
  venue?: InputMaybe<Scalars['ID']['input']>;
};

/** Tickets of the Event are sold, or held by buyers now. Nothing was changed. */
export type EventHasBuyers = Refusal & {
  __typename?: 'EventHasBuyers';
  /** Number of tickets that are held, or were until a minute ago. */
  heldTickets: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Number of tickets that are sold. */
  soldTickets: Scalars['Int']['output'];
};

/** A text of an Event that has words of `term`. */
export type EventHighlight = {
  __typename?: 'EventHighlight';
  /** Which text it is. */
  field: EventTextField;
  /** The parts of `text` that were typed, or meant: at least one, first to last. */
  ranges: Array<TextRange>;
  /** The text; of a longer one the part around the first words found, at most 200 UTF-16 code units, cut between words. */
  text: Scalars['String']['output'];
};

/** How an Event matches a search. */
export type EventMatch =
  /** It has other words than typed, as no Event has those; `correctedTo` says which. It may lack some words, too. */
  | 'CORRECTED'
  /** It has every word of `term`, or there is no `term`. */
  | 'EXACT'
  /** It lacks some words of `term`. */
  | 'PARTIAL';

/**
 * The Event's state does not allow the change: a cancelled or archived Event cannot be changed, an Event that is or was on sale keeps its
 * Venue and SeatingPlan, and while it is, its currency. Events are archived when they ended long ago.
 */
export type EventNotChangeable = Refusal & {
  __typename?: 'EventNotChangeable';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The Event's state. */
  status: EventStatus;
};

/** The Event does not exist, or the viewer may not see or change it. */
export type EventNotFound = Refusal & {
  __typename?: 'EventNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The Event is not on sale now, or is archived. */
export type EventNotOnSale = Refusal & {
  __typename?: 'EventNotOnSale';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** When the sale ends or ended, at the latest when the Event is over; null if unknown. */
  saleEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the sale starts; null if that is not set, or in the past. */
  saleStartsAt?: Maybe<Scalars['DateTime']['output']>;
  /** The Event's state. */
  status: EventStatus;
};

/** The Event is `ON_SALE`, and one ticket exists for each place of its SeatingPlan. */
export type EventPublished = {
  __typename?: 'EventPublished';
  /** The Event. */
  event: Event;
  /** Number of its tickets, one for each place. */
  tickets: Scalars['Int']['output'];
};

/** How an Event sells, for its organiser. Counted at most once a second, less often at the largest Events: `asOf` says when. */
export type EventSales = {
  __typename?: 'EventSales';
  /** When it was counted. */
  asOf: Scalars['DateTime']['output'];
  /** By day in the Event's time zone, the last 400 on which something happened, newest first. */
  byDay: Array<DaySales>;
  /** By section, in the order of the SeatingPlan. */
  bySection: Array<SectionSales>;
  /** By price tier, in the order of their numbers. */
  byTier: Array<TierSales>;
  /** How many holds became Bookings. */
  conversion: SalesConversion;
  /** All money of its Bookings, in the Event's currency. */
  revenue: SalesRevenue;
  /** All tickets of the Event. */
  tickets: SalesCounts;
};

/** A page of search results. */
export type EventSearchConnection = {
  __typename?: 'EventSearchConnection';
  /**
   * True while the search engine of the shop does not answer, and its database finds the Events in its place. They are the same in the
   * same order, unless more than 10,000 are found.
   */
  degraded: Scalars['Boolean']['output'];
  /** The Events with their cursors and scores. */
  edges: Array<EventSearchEdge>;
  /** Counts of the Events on all pages by what they have in common. Only the facets that are asked for are counted. */
  facets: EventFacets;
  /** The Events without cursors and scores. */
  nodes: Array<Event>;
  /** Position of this page. */
  pageInfo: PageInfo;
  /** Number of Events on all pages, `PARTIAL` and `CORRECTED` ones included; counting stops at 10,000. */
  totalCount: Scalars['Int']['output'];
  /**
   * What was taken out of `term` as a filter, in the order of `term`. To undo it, send the words as they are with `interpret: false`, or
   * the other words with filters of your own.
   */
  understood: Array<Understood>;
};

/** One search result. */
export type EventSearchEdge = {
  __typename?: 'EventSearchEdge';
  /** The words of `term` that the Event has, corrected, without little words; null unless `matched` is `CORRECTED`. */
  correctedTo?: Maybe<Scalars['String']['output']>;
  /** Position in the results: pass it as `after` to continue behind this item. */
  cursor: Scalars['String']['output'];
  /** Distance from the centre of `near` in kilometres; null without `near`. */
  distanceKm?: Maybe<Scalars['Float']['output']>;
  /**
   * Texts of the Event that have words of `term`, in the order of their weight, at most 20. Empty without words in `term`, and where
   * the Event has them in a text that is not shown, such as a former name of its Venue.
   */
  highlights: Array<EventHighlight>;
  /** How the Event matches `term`. */
  matched: EventMatch;
  /** The Event. */
  node: Event;
  /** Relevance: higher is better. Comparable only within one search. */
  score: Scalars['Float']['output'];
};

/** Sort order of a search. */
export type EventSort =
  /** Earliest start first. */
  | 'DATE'
  /** Nearest first; requires `near`. */
  | 'DISTANCE'
  /**
   * Lowest price first, of all tiers of an Event; those without a price last. Prices in different currencies are compared by their
   * numbers, in the main unit.
   */
  | 'PRICE'
  /** Best match first. Without `term`: earliest start first. */
  | 'RELEVANCE';

/** Publication and sale state of an Event. */
export type EventStatus =
  /** Visible to all viewers, but not published: no tickets exist yet. */
  | 'ANNOUNCED'
  /** Will not take place; nothing is sold any more. No mutation cancels an Event yet, or deletes it. */
  | 'CANCELLED'
  /** Visible to its organiser and to admins only. */
  | 'DRAFT'
  /** Published: its tickets can be reserved and bought between `saleStartsAt` and `saleEndsAt`. */
  | 'ON_SALE';

/** Events of this name. */
export type EventSuggestion = Suggestion & {
  __typename?: 'EventSuggestion';
  /** The first of them. */
  event: Event;
  /** The parts of `name` that were typed, or meant. */
  highlights: Array<TextRange>;
  /** Name. */
  name: Scalars['String']['output'];
  /** Number of Events of this name that are not over. */
  upcomingEvents: Scalars['Int']['output'];
};

/** A text of an Event in which words are searched. */
export type EventTextField =
  /** Its category. */
  | 'CATEGORY'
  /** Its city. */
  | 'CITY'
  /** Its description. */
  | 'DESCRIPTION'
  /** Its genre, or genres. */
  | 'GENRE'
  /** The name of the Event. */
  | 'NAME'
  /** The name of one of its Performers. */
  | 'PERFORMER'
  /** Its series. */
  | 'SERIES'
  /** The name of its Venue. */
  | 'VENUE';

/** The Event was updated. */
export type EventUpdated = {
  __typename?: 'EventUpdated';
  /** The Event after the update. */
  event: Event;
  /** Number of tickets sold so far, whatever changed. Onsale does not notify their buyers of a new time or Venue. */
  soldTickets: Scalars['Int']['output'];
};

/** The Event is a `DRAFT`. A repeated call returns this, too. */
export type EventWithdrawn = {
  __typename?: 'EventWithdrawn';
  /** The Event. */
  event: Event;
};

/** Input of `extendReservation`. */
export type ExtendReservationInput = {
  /** Global id of the Reservation. */
  reservation: Scalars['ID']['input'];
};

/** Result of `extendReservation`. */
export type ExtendReservationResult = ReservationAtCap | ReservationExtended | ReservationNotFound | ReservationOver;

/** One validation failure in an input. */
export type FieldProblem = {
  __typename?: 'FieldProblem';
  /** What is wrong with the value, in English. */
  message: Scalars['String']['output'];
  /** Path to the invalid value: field names and list indexes, starting below `input`. */
  path: Array<Scalars['String']['output']>;
};

/** A section without numbered seats. Its tickets are interchangeable, and reserved by quantity. */
export type GeneralAdmissionArea = Section & {
  __typename?: 'GeneralAdmissionArea';
  /** Index into the plan's `categories`. */
  category: Scalars['Int']['output'];
  /** Number of its first place; the others follow consecutively. */
  firstPlace: Scalars['Int']['output'];
  /** Key, unique within the plan: pass it to `reserveTickets` as `area`. */
  key: Scalars['String']['output'];
  /** Level of the building; may be empty. */
  level: Scalars['String']['output'];
  /** Name on tickets and signs. */
  name: Scalars['String']['output'];
  /** Corners of the outline as a flat list of coordinates: x, y, x, y, … */
  outline: Array<Scalars['Float']['output']>;
  /** Capacity of the area: its number of places. */
  places: Scalars['Int']['output'];
};

/** A section without numbered seats. */
export type GeneralAdmissionAreaInput = {
  /** Index into the plan's `categories`. */
  category: Scalars['Int']['input'];
  /** Key, unique within the plan; letters, digits and hyphens. */
  key: Scalars['String']['input'];
  /** Level of the building. */
  level?: Scalars['String']['input'];
  /** Name on tickets and signs. */
  name: Scalars['String']['input'];
  /** Corners of the outline as a flat list of coordinates: x, y, x, y, … */
  outline: Array<Scalars['Float']['input']>;
  /** Capacity of the area: its number of places. */
  places: Scalars['Int']['input'];
};

/** A number of tickets in one general-admission area. */
export type GeneralAdmissionInput = {
  /** The area's `key` in the SeatingPlan. */
  area: Scalars['String']['input'];
  /** Number of tickets, at least 1. */
  quantity: Scalars['Int']['input'];
};

/** A layout generated from the Venue's kind and a capacity: sections, rows, numbered seats and wheelchair-accessible places. */
export type GeneratedLayoutInput = {
  /** Number of places, 1 to 100,000. Default: the Venue's capacity. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
};

/** A geographic position (WGS 84). */
export type GeoPoint = {
  __typename?: 'GeoPoint';
  /** Latitude in degrees; north is positive. */
  latitude: Scalars['Float']['output'];
  /** Longitude in degrees; east is positive. */
  longitude: Scalars['Float']['output'];
};

/**
 * The viewer used this `idempotencyKey` for a different request at the same Event within the last 24 hours. At another Event it
 * is another key.
 */
export type IdempotencyKeyReused = Refusal & {
  __typename?: 'IdempotencyKeyReused';
  /** The rejected key. */
  idempotencyKey: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/**
 * The input failed validation. All problems are listed at once, up to 100; `message` says how many others than the first there are,
 * or that there are at least 100.
 */
export type InvalidInput = Refusal & {
  __typename?: 'InvalidInput';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** One entry per problem. */
  problems: Array<FieldProblem>;
};

/** Input of `joinQueue`. */
export type JoinQueueInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /**
   * The solution of a challenge of `queueChallenge`, as ALTCHA returns it: JSON in Base64. An entry that is in the line or was
   * admitted needs none.
   */
  solution?: InputMaybe<Scalars['String']['input']>;
  /** Entry token of an earlier answer, if the client has one: it restores a place that the server has lost. */
  token?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `joinQueue`. */
export type JoinQueueResult = ChallengeRefused | ChallengeRequired | EntryTokenRefused | QueueJoined | WaitingRoomDraining | WaitingRoomNotFound;

/** Input of `leaveQueue`. */
export type LeaveQueueInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `leaveQueue`. */
export type LeaveQueueResult = QueueLeft | WaitingRoomNotFound;

/** A monetary amount. */
export type Money = {
  __typename?: 'Money';
  /** Amount in the currency's smallest unit: 1250 is €12.50, or ¥1,250. */
  amount: Scalars['Amount']['output'];
  /** Currency of the amount. */
  currency: Scalars['Currency']['output'];
  /** Formatted for display, in English: `€12.50`. */
  formatted: Scalars['String']['output'];
};

/** A monetary amount given by the client. */
export type MoneyInput = {
  /** Amount in the currency's smallest unit: 1250 is €12.50, or ¥1,250. */
  amount: Scalars['Amount']['input'];
  /** Currency of the amount. */
  currency: Scalars['Currency']['input'];
};

/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Show the viewer's draft to all viewers without putting it on sale: `ANNOUNCED`. It takes no SeatingPlan and no prices. An Event on
   * sale is refused, and so is one that was cancelled.
   */
  announceEvent: AnnounceEventResult;
  /** Withhold tickets from sale: all of them or none. Tickets that are held or sold cannot be blocked. */
  blockTickets: BlockTicketsResult;
  /**
   * Cancel a confirmed Booking, until its Event's `cancellationEndsAt`, or else until the Event starts: its tickets become available at
   * once, and the payment is refunded in full.
   */
  cancelBooking: CancelBookingResult;
  /**
   * Cancel the viewer's Event, `ANNOUNCED` or `ON_SALE`, also after it has started: from the answer on nothing of it is reserved or paid
   * for, a payment under way is refunded when it succeeds, and every Booking is cancelled and refunded in full, one after another. That
   * goes on without the caller, whatever fails in between. It cannot be undone.
   */
  cancelEvent: CancelEventResult;
  /**
   * Change prices and names of price tiers of the viewer's Event on sale, for tickets that are reserved from now on. A Reservation keeps
   * its `total`, and is paid for at that; so does a payment under way. Subscribers of the seat map are sent a complete map.
   */
  changePrices: ChangePricesResult;
  /** Close a waiting room. */
  closeWaitingRoom: CloseWaitingRoomResult;
  /**
   * Pay for a Reservation and become the owner of its tickets.
   *
   * Charges the payment method at most once per key. Each charge ends in a `CONFIRMED` Booking or in a full refund, even if the
   * server or the client fails in between. Tickets that were held before the sale or the Event ended can be paid while they are
   * held. The hold is extended to 900 seconds from now, at most to `Reservation.heldAtMostUntil`.
   */
  confirmBooking: ConfirmBookingResult;
  /** Create an Event as a draft. Put it on sale with `publishEvent`. */
  createEvent: CreateEventResult;
  /** Create a Performer. */
  createPerformer: CreatePerformerResult;
  /** Create a SeatingPlan for a Venue: the viewer's own, or a public one. */
  createSeatingPlan: CreateSeatingPlanResult;
  /** Create a Venue. */
  createVenue: CreateVenueResult;
  /**
   * Extend the viewer's hold to the Event's `holdSeconds` from now, at most to `extendableUntil`. A hold is never shortened; none is
   * extended once the Event is over.
   */
  extendReservation: ExtendReservationResult;
  /**
   * Join the line of an Event. Joining again, from another device or after a reload, returns the same entry; after leaving, or after
   * the end of a visit, a new place at the end.
   */
  joinQueue: JoinQueueResult;
  /** Leave the line, or end the visit. Repeating it changes nothing. */
  leaveQueue: LeaveQueueResult;
  /**
   * Open a waiting room in front of an Event's sale, also before the Event is published. An organiser has at most 500 rooms that are not
   * closed.
   */
  openWaitingRoom: OpenWaitingRoomResult;
  /**
   * Pause the sale of the viewer's Event: from the answer on, attempts to reserve are refused with `SaleIsPaused`, searches do not find it
   * as on sale, and its waiting room admits no viewer. Holds last as long as before, can be extended, and can be paid for. The Event has
   * to be `ON_SALE`.
   */
  pauseSale: PauseSaleResult;
  /**
   * Put the viewer's Event on sale: create one ticket per place, at these prices. The Event needs a SeatingPlan, and must be neither
   * on sale nor cancelled already, nor over, and its sale must not have ended: one that has begun needs a `saleEndsAt` in the future.
   * Its times are checked as `updateEvent` does.
   */
  publishEvent: PublishEventResult;
  /** Refund an amount of a Booking at the viewer's own Event, as for a restricted view: the buyer keeps the tickets. */
  refundAmount: RefundAmountResult;
  /**
   * Take tickets of a Booking at the viewer's own Event back, and refund what they cost. Of the last tickets all that is left of the payment
   * is refunded, and the Booking is `CANCELLED`.
   */
  refundTickets: RefundTicketsResult;
  /** End the viewer's hold early; its tickets become available at once. */
  releaseReservation: ReleaseReservationResult;
  /**
   * Choose the best available tickets that match the criteria, and reserve them. Preference, in this order:
   *
   * 1. side by side in one row, of one price;
   * 2. in one row with nothing but gaps between them: aisles, ends of sofas, price borders; the fewest gaps first;
   * 3. in two neighbouring rows, one block in each, behind each other and split as evenly as possible;
   * 4. in the fewest neighbouring rows of one section, and there in the fewest groups;
   * 5. in one general-admission area;
   * 6. in two neighbouring sections, in the fewest groups.
   *
   * Among choices of one kind the nearest to the stage is best.
   *
   * Choices of the first three kinds obey the Event's `orphanRule`; without the rule they still avoid leaving a single seat behind
   * if there is an alternative of about the same quality. Wheelchair-accessible places that were not requested are chosen last.
   * When another buyer takes the chosen tickets first, the next best are tried.
   *
   * Each call counts against the viewer's rate limit for reservations, whatever its result (error `RATE_LIMITED`).
   */
  reserveBestAvailable: ReserveBestAvailableResult;
  /**
   * Reserve tickets for the viewer: all of them or none. They are held for the Event's `holdSeconds`.
   *
   * Each call counts against the viewer's rate limit for reservations, whatever its result (error `RATE_LIMITED`).
   */
  reserveTickets: ReserveTicketsResult;
  /** Resume the paused sale of the viewer's Event. It does not move `saleEndsAt`. */
  resumeSale: ResumeSaleResult;
  /** Pause, resume or drain a waiting room. */
  steerWaitingRoom: SteerWaitingRoomResult;
  /** Put blocked tickets back on sale. */
  unblockTickets: UnblockTicketsResult;
  /** Update one of the viewer's Events. */
  updateEvent: UpdateEventResult;
  /** Update one of the viewer's Performers. */
  updatePerformer: UpdatePerformerResult;
  /** Create a new version of one of the viewer's SeatingPlans. Events that use an older version keep it. */
  updateSeatingPlan: UpdateSeatingPlanResult;
  /** Update one of the viewer's Venues. */
  updateVenue: UpdateVenueResult;
  /** Change a waiting room, also while it runs. */
  updateWaitingRoom: UpdateWaitingRoomResult;
  /**
   * Make the viewer's Event a draft again while no ticket of it is sold or held: only its organiser and administrators see it then.
   * Tickets that exist stay, the blocked ones blocked, until `publishEvent` puts them on sale again, at the prices given there; so the
   * Event keeps its Venue and SeatingPlan.
   */
  withdrawEvent: WithdrawEventResult;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationAnnounceEventArgs = {
  input: AnnounceEventInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationBlockTicketsArgs = {
  input: BlockTicketsInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCancelBookingArgs = {
  input: CancelBookingInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCancelEventArgs = {
  input: CancelEventInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationChangePricesArgs = {
  input: ChangePricesInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCloseWaitingRoomArgs = {
  input: CloseWaitingRoomInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationConfirmBookingArgs = {
  input: ConfirmBookingInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCreateEventArgs = {
  input: CreateEventInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCreatePerformerArgs = {
  input: CreatePerformerInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCreateSeatingPlanArgs = {
  input: CreateSeatingPlanInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationCreateVenueArgs = {
  input: CreateVenueInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationExtendReservationArgs = {
  input: ExtendReservationInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationJoinQueueArgs = {
  input: JoinQueueInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationLeaveQueueArgs = {
  input: LeaveQueueInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationOpenWaitingRoomArgs = {
  input: OpenWaitingRoomInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationPauseSaleArgs = {
  input: PauseSaleInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationPublishEventArgs = {
  input: PublishEventInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationRefundAmountArgs = {
  input: RefundAmountInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationRefundTicketsArgs = {
  input: RefundTicketsInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationReleaseReservationArgs = {
  input: ReleaseReservationInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationReserveBestAvailableArgs = {
  input: ReserveBestAvailableInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationReserveTicketsArgs = {
  input: ReserveTicketsInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationResumeSaleArgs = {
  input: ResumeSaleInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationSteerWaitingRoomArgs = {
  input: SteerWaitingRoomInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationUnblockTicketsArgs = {
  input: UnblockTicketsInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationUpdateEventArgs = {
  input: UpdateEventInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationUpdatePerformerArgs = {
  input: UpdatePerformerInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationUpdateSeatingPlanArgs = {
  input: UpdateSeatingPlanInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationUpdateVenueArgs = {
  input: UpdateVenueInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationUpdateWaitingRoomArgs = {
  input: UpdateWaitingRoomInput;
};


/**
 * Write operations. Each returns a union of one success type and the refusals that it can end with. A request has one of them,
 * unless the server is configured otherwise; with more it is refused with `OPERATION_TOO_COMPLEX`, and none is executed.
 */
export type MutationWithdrawEventArgs = {
  input: WithdrawEventInput;
};

/** A circle around a geographic position (WGS 84). */
export type NearInput = {
  /** Latitude of the centre in degrees, -90 to 90; north is positive. */
  latitude: Scalars['Float']['input'];
  /** Longitude of the centre in degrees, -180 to 180; east is positive. */
  longitude: Scalars['Float']['input'];
  /** Radius in kilometres, 1 to 1,000. */
  radiusKm?: Scalars['Float']['input'];
};

/**
 * Fewer than `quantity` matching places are available close to each other: in one section or area, or in two neighbouring
 * sections. Nothing was reserved.
 */
export type NoSeatsTogether = Refusal & {
  __typename?: 'NoSeatsTogether';
  /** How many of these are wheelchair-accessible. */
  accessible: Scalars['Int']['output'];
  /** Total number of matching places available when this was checked. */
  available: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Largest number of matching places available side by side when this was checked; always less than `quantity`. */
  together: Scalars['Int']['output'];
};

/** An object with a global id. */
export type Node = {
  /** Global id: opaque, stable, and sufficient to fetch the object with `node`. */
  id: Scalars['ID']['output'];
};

/** The general-admission area has fewer tickets left than requested. Nothing was reserved. */
export type NotEnoughTickets = Refusal & {
  __typename?: 'NotEnoughTickets';
  /** The area's `key` in the SeatingPlan. */
  area: Scalars['String']['output'];
  /** Number of tickets that were available in the area when this was checked. */
  available: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Input of `openWaitingRoom`. */
export type OpenWaitingRoomInput = {
  /** Maximum number of viewers admitted per minute, 1 to 1,000,000. */
  admissionsPerMinute: Scalars['Int']['input'];
  /** Number of viewers that may shop at the same time, 1 to 1,000,000. */
  capacity: Scalars['Int']['input'];
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /** Seconds without a sign of life after which an entry is given up, 10 to 3,600. */
  graceSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Whether entries keep their places without a sign of life. */
  keepsPlaces?: InputMaybe<Scalars['Boolean']['input']>;
  /** When the line begins to move: in the future, at most a year ahead, and before the Event is over. Viewers can join at once. */
  opensAt: Scalars['DateTime']['input'];
  /** How entries that were made before the opening get their places. */
  order?: InputMaybe<WaitingRoomOrder>;
  /** Whether single places are shown to admitted viewers only. */
  protectsSeatMap?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether joining takes the solution of a challenge. Switch it off for tests and trusted partners. */
  requiresChallenge?: InputMaybe<Scalars['Boolean']['input']>;
  /** Seconds that an admitted viewer may shop, 30 to 7,200. */
  visitSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of `openWaitingRoom`. */
export type OpenWaitingRoomResult = EventNotChangeable | EventNotFound | InvalidInput | WaitingRoomExists | WaitingRoomOpened;

/**
 * The Event enforces the orphan rule (`Event.orphanRule`), and the selection would leave a single available seat between
 * unavailable ones or at the end of its row, although the row has room for the same number of seats side by side without that.
 * Nothing was reserved.
 *
 * The rule does not apply where the row has no such room, to rows in which the selection includes a wheelchair-accessible place,
 * in sections with at most 10 % of their seats available, and in general-admission areas.
 */
export type OrphanSeat = Refusal & {
  __typename?: 'OrphanSeat';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Places that would be left single: add them to the selection, or move it by one seat. */
  places: Array<Scalars['Int']['output']>;
  /** Their tickets: the first 100. */
  tickets: Array<Ticket>;
};

/** Position of a page within a connection. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item: pass it as `after` to fetch the next page. Null if the page is empty. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more items follow this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null if the page is empty. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Input of `pauseSale`. */
export type PauseSaleInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `pauseSale`. */
export type PauseSaleResult = EventNotChangeable | EventNotFound | SalePaused;

/**
 * Authentication at the bank that a `PENDING` payment waits for. Redirect the buyer to `redirectUrl`, or pass `clientSecret` to
 * Stripe.js. Once authenticated, the Booking confirms by itself.
 */
export type PaymentAction = {
  __typename?: 'PaymentAction';
  /** Client secret of the Stripe PaymentIntent, for Stripe.js. */
  clientSecret: Scalars['String']['output'];
  /** When the server gives the payment up. */
  expiresAt: Scalars['DateTime']['output'];
  /** The bank's authentication page; null if authentication needs Stripe.js. */
  redirectUrl?: Maybe<Scalars['String']['output']>;
};

/**
 * The bank requires authentication by the buyer (3-D Secure). Redirect the buyer to `redirectUrl`, or pass `clientSecret` to
 * Stripe.js. Once authenticated, the Booking confirms by itself; query it with `node`, or call `confirmBooking` with the same key,
 * to get the result; `Booking.paymentAction` repeats what is needed. A buyer who goes back, or chooses another card, calls again with a
 * new key: that attempt takes the place of this one. The tickets are held meanwhile.
 */
export type PaymentActionRequired = Refusal & {
  __typename?: 'PaymentActionRequired';
  /** The Booking, `PENDING`. */
  booking: Booking;
  /** Client secret of the Stripe PaymentIntent, for Stripe.js. */
  clientSecret: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The bank's authentication page; null if authentication needs Stripe.js. */
  redirectUrl?: Maybe<Scalars['String']['output']>;
};

/** What limits attempts to pay. */
export type PaymentAttemptLimit =
  /** Attempts from one address within an hour. */
  | 'ADDRESS'
  /** Attempts to pay for one Reservation. */
  | 'RESERVATION'
  /** Attempts of one viewer within an hour. */
  | 'VIEWER';

/**
 * The card was declined; nothing was charged. The tickets are still held: retry with another card and a new key. Attempts are
 * limited per Reservation (`TooManyPaymentAttempts`).
 */
export type PaymentDeclined = Refusal & {
  __typename?: 'PaymentDeclined';
  /** The Booking, `DECLINED`. */
  booking: Booking;
  /**
   * Stripe's code: `insufficient_funds`, `expired_card`, … Reasons that Stripe advises not to reveal, such as a stolen card, are
   * reported as `card_declined`.
   */
  code: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The Reservation, with the time that is left to retry. */
  reservation: Reservation;
};

/** Amount and payment method. */
export type PaymentInput = {
  /**
   * Amount that the buyer was shown and agreed to: the Reservation's `total`. Any other amount is refused with `AmountMismatch`
   * before anything is charged.
   */
  amount: MoneyInput;
  /** Id of a Stripe PaymentMethod: `pm_…`; in test mode also `pm_card_visa` and the other test cards. Omit it if the amount is 0. */
  paymentMethod?: InputMaybe<Scalars['String']['input']>;
  /**
   * URL that the bank's 3-D Secure page redirects the buyer to afterwards; http or https, at most 2,000 characters, without credentials,
   * spaces and backslashes.
   */
  returnUrl?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Stripe does not accept the payment method, or none was given although the amount is not 0. Nothing was charged. Use a new key to
 * try again: if Stripe was asked, the old one returns this answer for 24 hours.
 */
export type PaymentMethodInvalid = Refusal & {
  __typename?: 'PaymentMethodInvalid';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/**
 * The payment was submitted, and its result is not known yet. The server keeps asking Stripe until the Booking is `CONFIRMED`,
 * `DECLINED` or `REFUNDED`. Retry with the same key; a new key could charge twice. The tickets are held meanwhile.
 */
export type PaymentPending = Refusal & {
  __typename?: 'PaymentPending';
  /** The Booking, `PENDING`. */
  booking: Booking;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/**
 * The payment provider takes no more payments at the moment: too many are being submitted, or it does not answer. Nothing was submitted, there
 * is no Booking, the hold is unchanged, and the attempt does not count. Retry after `retryAfterSeconds`; the same key can be used.
 */
export type PaymentProviderBusy = Refusal & {
  __typename?: 'PaymentProviderBusy';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /**
   * Seconds after which to try again, never null; wait a part of a second longer, and not every client the same. Of the same type as in
   * `TooManyPaymentAttempts`, so that one operation can ask for both.
   */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/**
 * The payment provider cannot be reached. Nothing was charged, and the hold was extended so that the buyer can retry, with a new
 * key.
 */
export type PaymentUnavailable = Refusal & {
  __typename?: 'PaymentUnavailable';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The Reservation, with the time that is left to retry. */
  reservation: Reservation;
};

/** A payment for the Reservation is in progress, so it cannot be released now. */
export type PaymentUnderWay = Refusal & {
  __typename?: 'PaymentUnderWay';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A person or group that performs or competes: a soloist, band, orchestra, team. */
export type Performer = Node & {
  __typename?: 'Performer';
  /** Country code, ISO 3166-1 alpha-2; null if not known. */
  countryCode?: Maybe<Scalars['String']['output']>;
  /** Events with this Performer that are not over, earliest start first. */
  events: EventConnection;
  /** Genre or sport: `Classical`, `Rock`, `Football`, …; null if not known. */
  genre?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Kind of performer: `person`, `band`, `orchestra`, `team`, … */
  kind: Scalars['String']['output'];
  /** Name. */
  name: Scalars['String']['output'];
  /** Role: instrument, voice, conductor, club, …; null if not known. */
  role?: Maybe<Scalars['String']['output']>;
};


/** A person or group that performs or competes: a soloist, band, orchestra, team. */
export type PerformerEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The Performer was created. */
export type PerformerCreated = {
  __typename?: 'PerformerCreated';
  /** The new Performer. */
  performer: Performer;
};

/** Fields of a Performer. In an update, an omitted field keeps its value, and null clears a field that is not required. */
export type PerformerFields = {
  /** Country code, ISO 3166-1 alpha-2. */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** Genre or sport: `Classical`, `Rock`, … */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** Kind of performer: `person`, `band`, `orchestra`, `team`, … */
  kind?: InputMaybe<Scalars['String']['input']>;
  /** Name, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Role: instrument, voice, … */
  role?: InputMaybe<Scalars['String']['input']>;
};

/** The Performer does not exist, or belongs to another organiser. */
export type PerformerNotFound = Refusal & {
  __typename?: 'PerformerNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A Performer. */
export type PerformerSuggestion = Suggestion & {
  __typename?: 'PerformerSuggestion';
  /** The parts of `name` that were typed, or meant. */
  highlights: Array<TextRange>;
  /** Name. */
  name: Scalars['String']['output'];
  /** The Performer. */
  performer: Performer;
  /** Number of its Events that are not over. */
  upcomingEvents: Scalars['Int']['output'];
};

/** The Performer was updated. */
export type PerformerUpdated = {
  __typename?: 'PerformerUpdated';
  /** The Performer after the update. */
  performer: Performer;
};

/** A change of one price tier; what is omitted stays as it is. */
export type PriceChangeInput = {
  /** Price per ticket, all fees included, in the smallest unit of the Event's currency. As in `TierPriceInput`. */
  amount?: InputMaybe<Scalars['Amount']['input']>;
  /** Name, 1 to 100 characters, unlike those of the other tiers. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Number of the tier. */
  tier: Scalars['Int']['input'];
};

/** Events with a price in a range, both ends inclusive, in the main unit of any currency, as for `price` without `currency`. */
export type PriceFacet = {
  __typename?: 'PriceFacet';
  /** Number of Events with a price tier in the range. */
  count: Scalars['Int']['output'];
  /** Maximum; null: none. */
  max?: Maybe<Scalars['Int']['output']>;
  /** Minimum. */
  min: Scalars['Int']['output'];
};

/** A price range, both ends inclusive. */
export type PriceRangeInput = {
  /**
   * Currency of both ends, in any case; prices in other currencies do not match. Default: any currency, and both ends are in its main unit: 20
   * is €20, and ¥20.
   */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** Maximum, in the currency's smallest unit; without `currency`, in the main one. Default: no maximum. */
  max?: InputMaybe<Scalars['Amount']['input']>;
  /** Minimum, in the currency's smallest unit; without `currency`, in the main one. Default: no minimum. */
  min?: InputMaybe<Scalars['Amount']['input']>;
};

/** Price of one category of places at an Event. */
export type PriceTier = {
  __typename?: 'PriceTier';
  /** Name of the category. */
  name: Scalars['String']['output'];
  /** Price per ticket, all fees included. */
  price: Money;
  /** Number of the tier: index into the SeatingPlan's `categories`. */
  tier: Scalars['Int']['output'];
};

/** The prices hold for all tickets that are reserved from now on. */
export type PricesChanged = {
  __typename?: 'PricesChanged';
  /** The Event, with its `priceTiers`. */
  event: Event;
};

/** Input of `publishEvent`. */
export type PublishEventInput = {
  /** Currency of all prices of this Event. */
  currency: Scalars['Currency']['input'];
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /** Exactly one price per category of the SeatingPlan. */
  prices: Array<TierPriceInput>;
};

/** Result of `publishEvent`. */
export type PublishEventResult = EventNotChangeable | EventNotFound | EventPublished | InvalidInput;

/** Read operations. */
export type Query = {
  __typename?: 'Query';
  /** Fetch an Event. Null if it does not exist or the viewer may not see it. */
  event?: Maybe<Event>;
  /** List Events that the viewer may see, earliest start first. */
  events: EventConnection;
  /** Fetch an object by its global id. Null if it does not exist or the viewer may not see it. */
  node?: Maybe<Node>;
  /** Fetch up to 100 objects by global id, in the order of `ids`. An entry is null where `node` would be null. */
  nodes: Array<Maybe<Node>>;
  /** Fetch a Performer. Null if it does not exist. */
  performer?: Maybe<Performer>;
  /**
   * A challenge for `joinQueue`. Null if joining takes none: the Event has no waiting room, or one without a challenge, or one that
   * takes no new entries.
   */
  queueChallenge?: Maybe<QueueChallenge>;
  /**
   * Where the viewer stands in front of an Event. It is a sign of life for 30 s. For clients that cannot subscribe: ask at once after
   * joining, then every 10 to 20 s; follow `queuePosition` where possible.
   */
  queueStatus: QueueStatus;
  /** Search Events. Drafts and Events that are over are never found; one that has begun is found until it ends. */
  searchEvents: EventSearchConnection;
  /**
   * The seat map of an Event. Null if the Event does not exist, the viewer may not see it, it was never published, or it ended long
   * ago and is archived. Behind a waiting room that protects the seat map it takes a pass (error `ADMISSION_REQUIRED`), as do
   * `seatMapSince` and `seatMapChanged`; `Event.tierAvailability` does not.
   */
  seatMap?: Maybe<SeatMap>;
  /**
   * Changes since a map or delta that the client has; for clients that poll instead of subscribing. Returns a delta with no places
   * if nothing changed, and a complete map if the changes are no longer available or the map is `stale`. Null like `seatMap`. A
   * malformed cursor is the error `BAD_USER_INPUT`.
   */
  seatMapSince?: Maybe<SeatMapUpdate>;
  /**
   * Suggest what a term may become, while it is typed: Events, Performers, Venues and cities that have Events to come and every word,
   * or what it also means, in their name, the last one as a beginning: `psg` is Paris Saint-Germain, `munich` München. What begins with the term comes first, then what is near, then what has more Events.
   * Where there is nothing, words of four letters or more are corrected. Follows changes of the catalogue within minutes.
   */
  suggest: Array<Suggestion>;
  /** Fetch a Venue. Null if it does not exist. */
  venue?: Maybe<Venue>;
  /** The viewer identified by the access token; null for a request without a token. */
  viewer?: Maybe<Viewer>;
  /** A waiting room of an own Event, also a closed one. Null if the Event has none, or is not the viewer's. */
  waitingRoom?: Maybe<WaitingRoom>;
};


/** Read operations. */
export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};


/** Read operations. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Read operations. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Read operations. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Read operations. */
export type QueryPerformerArgs = {
  id: Scalars['ID']['input'];
};


/** Read operations. */
export type QueryQueueChallengeArgs = {
  event: Scalars['ID']['input'];
};


/** Read operations. */
export type QueryQueueStatusArgs = {
  event: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
};


/** Read operations. */
export type QuerySearchEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  input: SearchEventsInput;
};


/** Read operations. */
export type QuerySeatMapArgs = {
  event: Scalars['ID']['input'];
};


/** Read operations. */
export type QuerySeatMapSinceArgs = {
  cursor: Scalars['String']['input'];
  event: Scalars['ID']['input'];
};


/** Read operations. */
export type QuerySuggestArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  near?: InputMaybe<NearInput>;
  term: Scalars['String']['input'];
};


/** Read operations. */
export type QueryVenueArgs = {
  id: Scalars['ID']['input'];
};


/** Read operations. */
export type QueryWaitingRoomArgs = {
  event: Scalars['ID']['input'];
  generation?: InputMaybe<Scalars['Int']['input']>;
};

/** A challenge that joining takes. Its work costs a fan a moment, and a farm of entries dearly. */
export type QueueChallenge = {
  __typename?: 'QueueChallenge';
  /** How many attempts solving takes at most; on average half of them. Rises with the entries from the same address and device. */
  attempts: Scalars['Int']['output'];
  /** The challenge, as JSON: of ALTCHA, version 2, which its widget and its libraries solve. It is for this viewer and waiting room, once. */
  challenge: Scalars['String']['output'];
  /** When the solution has to have been sent. */
  expiresAt: Scalars['DateTime']['output'];
};

/** One viewer in one waiting room: the same on every device, and after a reload. */
export type QueueEntry = {
  __typename?: 'QueueEntry';
  /** Id of the entry, as it is published in the list at the opening; it names no viewer. */
  id: Scalars['String']['output'];
  /** Admission to the Event; null unless the state is `ADMITTED`. */
  pass?: Maybe<Scalars['String']['output']>;
  /**
   * Number in the line; it never changes. Null before the opening. Numbers may be skipped, so it is no count of people: show
   * `QueueStatus.peopleAhead`.
   */
  place?: Maybe<Scalars['Int']['output']>;
  /** Where it stands. */
  state: QueueEntryState;
  /** Proves the entry and its place: keep it, and present it when joining again. Another one replaces it once there is a place. */
  token: Scalars['String']['output'];
  /** When the visit is over; null unless the state is `ADMITTED`. */
  visitEndsAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Where an entry stands. */
export type QueueEntryState =
  /** Its viewer may shop, with `pass`. */
  | 'ADMITTED'
  /** It was made before the opening and gets its place then. */
  | 'BEFORE_OPENING'
  /** It is in the line. */
  | 'WAITING';

/** The viewer has an entry: the one that it had, or a new one. */
export type QueueJoined = {
  __typename?: 'QueueJoined';
  /** The entry. */
  entry: QueueEntry;
  /** The room. */
  waitingRoom: WaitingRoom;
};

/** The viewer is not in the line and has no visit: the place, or the slot, is free for others. */
export type QueueLeft = {
  __typename?: 'QueueLeft';
  /** The room. */
  waitingRoom: WaitingRoom;
};

/** Where a viewer stands in front of a sale. */
export type QueueState =
  /** May shop, with `pass`, until `visitEndsAt`. The last update of a subscription. */
  | 'ADMITTED'
  /** The entry has no place yet: it gets one at `opensAt`. */
  | 'BEFORE_OPENING'
  /**
   * The Event has no waiting room, or not any more: it needs no admission. So is an Event that does not exist, or that the viewer may
   * not see. The last update of a subscription.
   */
  | 'CLOSED'
  /**
   * Not in the line any more: the viewer left, gave no sign of life for too long, or the visit is over. Joining again gives a place at
   * the end. The last update of a subscription.
   */
  | 'GONE'
  /** The viewer has no entry: join first. The last update of a subscription. */
  | 'NOT_JOINED'
  /** In the line, which the organiser has paused. */
  | 'PAUSED'
  /** In the line, but no ticket can be had, and none is held. A ticket that returns moves the line on, in its order. */
  | 'SOLD_OUT'
  /** In the line. */
  | 'WAITING';

/** Where a viewer stands in front of a sale, and for how long. */
export type QueueStatus = {
  __typename?: 'QueueStatus';
  /** Id of the viewer's entry, as it is published at the opening. Null if there is no waiting room. */
  entry?: Maybe<Scalars['String']['output']>;
  /** Upper end of the estimated wait, in seconds. Null while nothing is known. */
  maxWaitSeconds?: Maybe<Scalars['Int']['output']>;
  /**
   * Lower end of the estimated wait, in seconds. The true one lay between the two for nine in ten of those who were admitted. Null
   * while nothing is known, and while the line stands.
   */
  minWaitSeconds?: Maybe<Scalars['Int']['output']>;
  /** When the line begins to move. Null if there is no waiting room. */
  opensAt?: Maybe<Scalars['DateTime']['output']>;
  /** Admission to the Event: send it as the header `onsale-admission`. Null unless the state is `ADMITTED`. */
  pass?: Maybe<Scalars['String']['output']>;
  /** Number of people in the line before this entry; it never grows within a subscription. Null for an entry that is not in the line. */
  peopleAhead?: Maybe<Scalars['Int']['output']>;
  /**
   * Number in the line; it never changes. Null while the entry has none. Numbers may be skipped, so it is no count of people: show
   * `peopleAhead`.
   */
  place?: Maybe<Scalars['Int']['output']>;
  /** Seconds until the visit is over. Null unless the state is `ADMITTED`. */
  secondsLeft?: Maybe<Scalars['Int']['output']>;
  /** Where the viewer stands. */
  state: QueueState;
  /**
   * Token of the entry, which carries its place: keep the last one, and present it when asking or joining again. Null if there is no
   * entry.
   */
  token?: Maybe<Scalars['String']['output']>;
  /** When the visit is over. Null unless the state is `ADMITTED`. */
  visitEndsAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Money given back of a payment, in whole or in part, by the server or by the shop. */
export type Refund = {
  __typename?: 'Refund';
  /** Amount given back. */
  amount: Money;
  /** When the server learned of it. */
  createdAt: Scalars['DateTime']['output'];
  /** State at the bank. */
  status: RefundStatus;
};

/**
 * The refund is decided on, and made without the caller: it is retried until Stripe accepts it, and then in `Booking.refunds`. Tickets that
 * are taken back are no longer the buyer's. Without tickets left the Booking is `CANCELLED`.
 */
export type RefundAccepted = {
  __typename?: 'RefundAccepted';
  /** What is given back: of tickets what they cost, or what is left of the payment if that is less. */
  amount: Money;
  /** The Booking. */
  booking: Booking;
};

/** Input of `refundAmount`. */
export type RefundAmountInput = {
  /** What is given back, more than 0, at most what is left of the payment, in the Booking's currency. */
  amount: MoneyInput;
  /** Global id of the Booking. */
  booking: Scalars['ID']['input'];
  /**
   * Chosen by the client for each new refund, 1 to 200 printable characters, none of them invisible. For 24 hours the same key with the same
   * input returns the same refund, and with different input `IdempotencyKeyReused`. At another Event it is another key.
   */
  idempotencyKey: Scalars['String']['input'];
  /** Why, for the audit trail, at most 200 characters. The buyer does not see it. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `refundAmount`. */
export type RefundAmountResult = BookingNotFound | BookingNotRefundable | IdempotencyKeyReused | InvalidInput | RefundAccepted | RefundExceedsPayment;

/** More than is left of the payment after the refunds that were made or are due. Nothing was changed. */
export type RefundExceedsPayment = Refusal & {
  __typename?: 'RefundExceedsPayment';
  /** What is left. */
  left: Money;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** State of a refund. */
export type RefundStatus =
  /** Cancelled before it reached the bank. */
  | 'CANCELLED'
  /** The bank rejected it: the money is back at the shop, which pays the buyer by other means. */
  | 'FAILED'
  /** Under way at the bank. */
  | 'PENDING'
  /** The bank has accepted it; the buyer sees it within days. It may still become `FAILED`. */
  | 'SUCCEEDED';

/** Input of `refundTickets`. */
export type RefundTicketsInput = {
  /** Global id of the Booking. */
  booking: Scalars['ID']['input'];
  /**
   * Chosen by the client for each new refund, 1 to 200 printable characters, none of them invisible. For 24 hours the same key with the same
   * input returns the same refund, and with different input `IdempotencyKeyReused`. At another Event it is another key.
   */
  idempotencyKey: Scalars['String']['input'];
  /** Why, for the audit trail, at most 200 characters. The buyer does not see it. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Whether they can be bought again; else they are withheld, as by `blockTickets`. */
  returnToSale: Scalars['Boolean']['input'];
  /** Global ids of tickets of the Booking that are taken back, 1 to 100. */
  tickets: Array<Scalars['ID']['input']>;
};

/** Result of `refundTickets`. */
export type RefundTicketsResult = BookingNotFound | BookingNotRefundable | IdempotencyKeyReused | InvalidInput | RefundAccepted | TicketsNotInBooking;

/**
 * A typed negative result of a mutation. Identify it by `__typename`. Nothing was changed, unless the description of the type
 * states otherwise.
 */
export type Refusal = {
  /** Explanation for people, in English. The wording may change; programs use `__typename`. */
  message: Scalars['String']['output'];
};

/** Input of `releaseReservation`. */
export type ReleaseReservationInput = {
  /** Global id of the Reservation. */
  reservation: Scalars['ID']['input'];
};

/** Result of `releaseReservation`. */
export type ReleaseReservationResult = PaymentUnderWay | ReservationNotFound | ReservationOver | ReservationReleased;

/** A hold on tickets of one Event: until it ends, other buyers cannot reserve or buy them. */
export type Reservation = Node & {
  __typename?: 'Reservation';
  /** When the tickets were reserved. */
  createdAt: Scalars['DateTime']['output'];
  /** The Event whose tickets are held. */
  event: Event;
  /**
   * Latest time that `extendReservation` can move `heldUntil` to, while the Event is not over. It equals `heldUntil` once that moves no
   * further: the hold has ended, or attempts to pay have extended it beyond.
   */
  extendableUntil: Scalars['DateTime']['output'];
  /**
   * Latest time that the tickets can be held until, with every extension and every attempt to pay, also while one is in progress or after
   * one was declined: 900 seconds after the lifetime of `Event.holdCapSeconds`. It equals `heldUntil` once the hold has ended.
   */
  heldAtMostUntil: Scalars['DateTime']['output'];
  /** When the hold expires, unless it is extended or paid for. */
  heldUntil: Scalars['DateTime']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /**
   * Seconds until `heldUntil` by the database's clock; 0 once the hold has ended. Use it for countdowns: it does not depend on
   * the client's clock.
   */
  secondsLeft: Scalars['Int']['output'];
  /** State at the time of the request, by the database's clock. */
  status: ReservationStatus;
  /** The tickets, in order of their places. */
  tickets: Array<Ticket>;
  /**
   * Total price: pass it to `confirmBooking` as `amount`. It stays what it was when the tickets were reserved, also if the organiser
   * changes prices; `Ticket.price` is the price now.
   */
  total: Money;
};

/** The hold cannot be extended: it already ends at `extendableUntil`, or the Event is over. */
export type ReservationAtCap = Refusal & {
  __typename?: 'ReservationAtCap';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The Reservation, unchanged. */
  reservation: Reservation;
};

/** A page of Reservations. */
export type ReservationConnection = {
  __typename?: 'ReservationConnection';
  /** The Reservations with their cursors. */
  edges: Array<ReservationEdge>;
  /** The Reservations without their cursors. */
  nodes: Array<Reservation>;
  /** Position of this page. */
  pageInfo: PageInfo;
};

/** A Reservation in a page. */
export type ReservationEdge = {
  __typename?: 'ReservationEdge';
  /** Position in the list: pass it as `after` to continue behind this item. */
  cursor: Scalars['String']['output'];
  /** The Reservation. */
  node: Reservation;
};

/** The hold now ends the Event's `holdSeconds` from now, or at `extendableUntil` if that is earlier. */
export type ReservationExtended = {
  __typename?: 'ReservationExtended';
  /** The Reservation, with its new `heldUntil`. */
  reservation: Reservation;
};

/** The Reservation does not exist, or belongs to another viewer. */
export type ReservationNotFound = Refusal & {
  __typename?: 'ReservationNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The Reservation cannot be paid or changed: it expired, was released or booked, or its Event was cancelled. */
export type ReservationOver = Refusal & {
  __typename?: 'ReservationOver';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The Reservation; `status` gives the reason. It is `HELD` only if the Event was cancelled. */
  reservation: Reservation;
};

/** The tickets are available again. Releasing a released Reservation returns this, too. */
export type ReservationReleased = {
  __typename?: 'ReservationReleased';
  /** The Reservation, `RELEASED`. */
  reservation: Reservation;
};

/** State of a Reservation. */
export type ReservationStatus =
  /** Paid: the tickets belong to a confirmed Booking. */
  | 'BOOKED'
  /** Ran out at `heldUntil` without a payment; the tickets are available again. */
  | 'EXPIRED'
  /** Active: the tickets are held until `heldUntil`. */
  | 'HELD'
  /** Released, by the viewer or by cancelling its Booking; the tickets are available again. */
  | 'RELEASED';

/** Input of `reserveBestAvailable`. Omitted criteria do not restrict the choice. */
export type ReserveBestAvailableInput = {
  /** How many of the places must be wheelchair-accessible, 0 to `quantity`; the others are companion seats next to them. */
  accessible?: InputMaybe<Scalars['Int']['input']>;
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /**
   * Chosen by the client for each new attempt, 1 to 200 printable characters, none of them invisible. For 24 hours the same key with
   * the same input returns the first success with the Reservation as it is now, and with different input `IdempotencyKeyReused`. Refusals are
   * not stored: after one, the same key can be used again. At another Event it is another key.
   */
  idempotencyKey: Scalars['String']['input'];
  /** Only places with a ticket price in this range, in the Event's currency. */
  price?: InputMaybe<PriceRangeInput>;
  /** Number of tickets, 1 to the Event's `ticketLimit`. */
  quantity: Scalars['Int']['input'];
  /** Only places in these sections and areas, by their `key` in the SeatingPlan. */
  sections?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only places in these price tiers, by number. */
  tiers?: InputMaybe<Array<Scalars['Int']['input']>>;
};

/** Result of `reserveBestAvailable`. */
export type ReserveBestAvailableResult = AdmissionRequired | EventNotFound | EventNotOnSale | IdempotencyKeyReused | InvalidInput | NoSeatsTogether | SaleIsPaused | TicketLimitExceeded | TicketsReserved;

/** Input of `reserveTickets`. */
export type ReserveTicketsInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /**
   * Chosen by the client for each new attempt, 1 to 200 printable characters, none of them invisible. For 24 hours the same key with
   * the same input returns the first success with the Reservation as it is now, and with different input `IdempotencyKeyReused`. Refusals are
   * not stored: after one, the same key can be used again. At another Event it is another key.
   */
  idempotencyKey: Scalars['String']['input'];
  /** The tickets to reserve; at most the Event's `ticketLimit`. */
  selection: TicketSelectionInput;
};

/** Result of `reserveTickets`. */
export type ReserveTicketsResult = AdmissionRequired | EventNotFound | EventNotOnSale | IdempotencyKeyReused | InvalidInput | NotEnoughTickets | OrphanSeat | SaleIsPaused | TicketLimitExceeded | TicketsAlreadyYours | TicketsReserved | TicketsUnavailable;

/** Input of `resumeSale`. */
export type ResumeSaleInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `resumeSale`. */
export type ResumeSaleResult = EventNotChangeable | EventNotFound | SaleResumed;

/** A role granted by the access token. */
export type Role =
  /** Operates the service; may use every field. */
  | 'ADMIN'
  /** Buys tickets. */
  | 'FAN'
  /** Scans tickets at the entrance (reserved: no field asks for it yet). */
  | 'GATE'
  /** Creates Events and sells tickets to them. */
  | 'ORGANISER'
  /** Reads the catalogue and books tickets, as a fan does, for customers of its own. */
  | 'PARTNER';

/** The organiser has paused the sale. What the viewer holds stays held, and can be paid for. Nothing was reserved. */
export type SaleIsPaused = Refusal & {
  __typename?: 'SaleIsPaused';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** When the sale was paused. */
  pausedAt: Scalars['DateTime']['output'];
};

/** The sale is paused. A repeated call returns this, too. */
export type SalePaused = {
  __typename?: 'SalePaused';
  /** The Event, with its `salePausedAt`. */
  event: Event;
};

/** The sale is not paused. A repeated call returns this, too. */
export type SaleResumed = {
  __typename?: 'SaleResumed';
  /** The Event. */
  event: Event;
};

/** How many holds became Bookings. */
export type SalesConversion = {
  __typename?: 'SalesConversion';
  /** Number of Bookings confirmed, also those cancelled since. */
  bookings: Scalars['Int']['output'];
  /** Bookings per Reservation, 0 to 1; null without Reservations. */
  rate?: Maybe<Scalars['Float']['output']>;
  /** Number of Reservations made, also those that hold their tickets now. */
  reservations: Scalars['Int']['output'];
};

/** Numbers of tickets: each is one of sold, held, blocked and left. */
export type SalesCounts = {
  __typename?: 'SalesCounts';
  /** Withheld by the organiser. */
  blocked: Scalars['Int']['output'];
  /** Held by a Reservation that has not run out. */
  held: Scalars['Int']['output'];
  /** Can be reserved. */
  left: Scalars['Int']['output'];
  /** Belong to a confirmed Booking. */
  sold: Scalars['Int']['output'];
};

/**
 * Money of an Event, from the ledger: each charge and refund that Stripe has accepted, in whole or in part. Fees of Stripe are not in it, nor
 * are payments that no Booking expected, which are given back.
 */
export type SalesRevenue = {
  __typename?: 'SalesRevenue';
  /** Charged, also what was given back since. */
  charged: Money;
  /** Taken back by banks in disputes that are open or lost; less than 0 on a day on which earlier disputes were won. */
  disputed: Money;
  /** What is left: charged, minus refunded, minus disputed, with corrections booked by hand. */
  net: Money;
  /** Given back; less than 0 on a day on which banks rejected earlier refunds. */
  refunded: Money;
};

/**
 * Search criteria. Omitted criteria do not restrict the search. An Event has to meet all criteria that are given; if they contradict
 * each other, none is found.
 */
export type SearchEventsInput = {
  /** If true, only Events on sale now of which a wheelchair-accessible place can be had; counted as for `available`. */
  accessible?: InputMaybe<Scalars['Boolean']['input']>;
  /** If true, only Events on sale now of which a ticket can be had; counted some seconds ago at most, as a rule. */
  available?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only Events of one of these categories, at most 50 of at most 50 characters. */
  categories?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only Events of this category, at most 50 characters. */
  category?: InputMaybe<Scalars['String']['input']>;
  /** Only Events in this city, at most 100 characters; accents and case are ignored. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** Only Events in this country (ISO 3166-1 alpha-2), in any case. */
  country?: InputMaybe<Scalars['String']['input']>;
  /** Only Events that take place in this range, in part or in whole. Events that are over are never found. */
  dates?: InputMaybe<DateRangeInput>;
  /** Only Events that take place on one of these days, in part or in whole. */
  dayPreset?: InputMaybe<DayPreset>;
  /** Only Events that take place on one of these days, in part or in whole. */
  days?: InputMaybe<DayRangeInput>;
  /** Only Events of this genre, at most 100 characters. */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** Only Events of one of these genres, at most 50 of at most 100 characters. */
  genres?: InputMaybe<Array<Scalars['String']['input']>>;
  /**
   * If true, dates, prices and places in `term` are taken as filters, beside those given, where no Event has the words themselves:
   * `jazz in munich this weekend under 50 euros`. `understood` of the answer says which. If false, every word is searched for.
   */
  interpret?: Scalars['Boolean']['input'];
  /** Only Events within this circle. */
  near?: InputMaybe<NearInput>;
  /** If true, only Events that are on sale now. */
  onSale?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only Events with this Performer (global id). */
  performer?: InputMaybe<Scalars['ID']['input']>;
  /** Only Events with at least one price tier in this range. */
  price?: InputMaybe<PriceRangeInput>;
  /** Sort order. */
  sort?: EventSort;
  /**
   * Words from the name, performers, venue or city, at most 200 characters. Accents and case are ignored, and the last word may be
   * unfinished. Little words, such as `the`, `in`, `vs` and `tickets`, rank Events but exclude none. Repeated words count once,
   * and of more than ten the first ten are searched for.
   *
   * Events that have every word come first. Where they are fewer than the first page asks for, others follow, on the same page and
   * on the next ones: those that have every word once unknown words are corrected, then those that lack words, best first.
   */
  term?: InputMaybe<Scalars['String']['input']>;
  /** IANA time zone that says what day is today: `Europe/Berlin`. */
  timezone?: Scalars['String']['input'];
  /** Only Events at this Venue (global id). */
  venue?: InputMaybe<Scalars['ID']['input']>;
};

/**
 * Availability of every place at an Event, encoded as one character per place, so that a map of 100,000 places stays small. It
 * refers to the SeatingPlan, which is immutable and can be cached for ever.
 */
export type SeatMap = {
  __typename?: 'SeatMap';
  /** Time that the map reflects, by the server's clock. */
  asOf: Scalars['DateTime']['output'];
  /** Number of available tickets. */
  available: Scalars['Int']['output'];
  /** Resume position: pass it as `after` to `seatMapChanged`, or as `cursor` to `seatMapSince`, to get the changes after this map. */
  cursor: Scalars['String']['output'];
  /** Identifies the series of changes that `sequence` counts. In another epoch sequences start anew: discard the old map. */
  epoch: Scalars['String']['output'];
  /** The Event. */
  event: Event;
  /** The layout that the place numbers refer to. */
  plan: SeatingPlan;
  /** Availability by section, in the order of the plan. */
  sections: Array<SeatMapSection>;
  /** Number of the last change that the map includes. */
  sequence: Scalars['Int']['output'];
  /** Whether the map may be some seconds behind, because the change feed is unavailable and Postgres is polled instead. */
  stale: Scalars['Boolean']['output'];
  /** Availability by price tier. */
  tiers: Array<SeatMapTier>;
};

/**
 * Changes between two states of a seat map: for each place that changed, its latest status. Apply it to a map of the same epoch
 * whose `sequence` is at least `fromSequence - 1`. If the map's `sequence` is higher than the delta's, the delta is already
 * included: ignore it.
 */
export type SeatMapDelta = {
  __typename?: 'SeatMapDelta';
  /** Number of available tickets at the Event after the delta is applied. */
  available: Scalars['Int']['output'];
  /** Resume position of the map after the delta is applied; see `SeatMap.cursor`. */
  cursor: Scalars['String']['output'];
  /** Epoch that the sequences belong to; see `SeatMap.epoch`. */
  epoch: Scalars['String']['output'];
  /** Number of the first change included. */
  fromSequence: Scalars['Int']['output'];
  /** Numbers of the places that changed, each once, in ascending order. */
  places: Array<Scalars['Int']['output']>;
  /** Number of the last change included. */
  sequence: Scalars['Int']['output'];
  /** Whether the map may be some seconds behind; see `SeatMap.stale`. */
  stale: Scalars['Boolean']['output'];
  /** One character per entry of `places`: `A` available, `R` reserved, `S` sold, `B` blocked. */
  statuses: Scalars['String']['output'];
};

/** Availability of the places of one section. */
export type SeatMapSection = {
  __typename?: 'SeatMapSection';
  /** Number of available tickets in the section. */
  available: Scalars['Int']['output'];
  /** Number of the section's first place. */
  firstPlace: Scalars['Int']['output'];
  /** The section's `key` in the plan. */
  key: Scalars['String']['output'];
  /** Level of the building; may be empty. */
  level: Scalars['String']['output'];
  /** Lowest price of an available ticket in the section; null if none is available. */
  lowestPrice?: Maybe<Money>;
  /** Name on tickets and signs; another section may share it. */
  name: Scalars['String']['output'];
  /** One character per place, starting at `firstPlace`: `A` available, `R` reserved, `S` sold, `B` blocked. */
  statuses: Scalars['String']['output'];
};

/** Availability of the tickets of one price tier. */
export type SeatMapTier = {
  __typename?: 'SeatMapTier';
  /** Number of available tickets. */
  available: Scalars['Int']['output'];
  /** Name of the tier. */
  name: Scalars['String']['output'];
  /** Total number of tickets. */
  places: Scalars['Int']['output'];
  /** Price per ticket. */
  price: Money;
  /** Number of the tier: index into the plan's `categories`. */
  tier: Scalars['Int']['output'];
};

/** A complete map that replaces the client's, or the changes since the client's. */
export type SeatMapUpdate = SeatMap | SeatMapDelta;

/** Seats side by side. `seats`, `x` and `y` have one entry per seat, in the same order. */
export type SeatRow = {
  __typename?: 'SeatRow';
  /** Indexes into `seats` of those that are wheelchair-accessible. */
  accessible: Array<Scalars['Int']['output']>;
  /** Index into the plan's `categories`. */
  category: Scalars['Int']['output'];
  /** Number of the first seat's place; the others follow consecutively. */
  firstPlace: Scalars['Int']['output'];
  /** Label of the row. */
  label: Scalars['String']['output'];
  /** Label of each seat, unlike any other of the row. */
  seats: Array<Scalars['String']['output']>;
  /** x coordinate of each seat. */
  x: Array<Scalars['Float']['output']>;
  /** y coordinate of each seat. */
  y: Array<Scalars['Float']['output']>;
};

/** Seats side by side. `seats`, `x` and `y` have one entry per seat, in the same order. */
export type SeatRowInput = {
  /** Indexes into `seats` of those that are wheelchair-accessible. */
  accessible?: Array<Scalars['Int']['input']>;
  /** Index into the plan's `categories`. */
  category: Scalars['Int']['input'];
  /** Label, unlike any other of the section; repeat it only where a row continues with another category. */
  label: Scalars['String']['input'];
  /** Label of each seat, unlike any other of the row. */
  seats: Array<Scalars['String']['input']>;
  /**
   * x coordinate of each seat. No two seats of a plan, on whatever level, may be at the same point (x, y); there is no other least
   * distance. Draw levels that lie above each other beside each other.
   */
  x: Array<Scalars['Float']['input']>;
  /** y coordinate of each seat. */
  y: Array<Scalars['Float']['input']>;
};

/** A section with rows of numbered seats. */
export type SeatedSection = Section & {
  __typename?: 'SeatedSection';
  /** Number of its first place; the others follow consecutively. */
  firstPlace: Scalars['Int']['output'];
  /** Key, unique within the plan. */
  key: Scalars['String']['output'];
  /** Level of the building; may be empty. */
  level: Scalars['String']['output'];
  /** Name on tickets and signs. */
  name: Scalars['String']['output'];
  /** Number of places. */
  places: Scalars['Int']['output'];
  /** The rows, in order of their places. */
  rows: Array<SeatRow>;
};

/** A section with rows of numbered seats. */
export type SeatedSectionInput = {
  /** Key, unique within the plan; letters, digits and hyphens. */
  key: Scalars['String']['input'];
  /** Level of the building. */
  level?: Scalars['String']['input'];
  /** Name on tickets and signs. */
  name: Scalars['String']['input'];
  /** The rows. Places are numbered in this order. */
  rows: Array<SeatRowInput>;
};

/**
 * One version of a layout of a Venue: sections, rows, seats and areas. It is immutable and can be cached for ever; a change creates
 * a new version with an id of its own. Places are numbered from 0; seat maps and tickets refer to them by number.
 */
export type SeatingPlan = Node & {
  __typename?: 'SeatingPlan';
  /** Names of the price categories. The index of a category is the number of its price tier at an Event. */
  categories: Array<Scalars['String']['output']>;
  /** Height of the drawing, in the same units: y runs from 0 (top) to `height`. */
  height: Scalars['Float']['output'];
  /** Global id of this version. */
  id: Scalars['ID']['output'];
  /** Name, the same for all versions: `Concert`, `Theatre`. */
  name: Scalars['String']['output'];
  /** Number of places. */
  places: Scalars['Int']['output'];
  /** The sections, in order of their places. */
  sections: Array<Section>;
  /** The stage or pitch. Places nearer to it count as better. */
  stage: SeatingPlanStage;
  /** The Venue. */
  venue: Venue;
  /** Version number, starting at 1. */
  version: Scalars['Int']['output'];
  /** Width of the drawing, in arbitrary units: x runs from 0 (left) to `width`. */
  width: Scalars['Float']['output'];
};

/** The SeatingPlan was created. */
export type SeatingPlanCreated = {
  __typename?: 'SeatingPlanCreated';
  /** The new SeatingPlan. */
  seatingPlan: SeatingPlan;
};

/**
 * A layout drawn by the client, at most 100,000 places. Coordinates are in arbitrary units, with the origin at the top left.
 * Labels that look alike, such as A in Latin and А in Cyrillic, are refused: seats of a row, rows of a section, sections and levels,
 * categories. Case makes a difference; rows and sections may differ by I from 1 or by O from 0, seats and categories may not.
 */
export type SeatingPlanLayoutInput = {
  /** Names of the price categories, 1 to 50, that do not look alike. */
  categories: Array<Scalars['String']['input']>;
  /** Height of the drawing. */
  height: Scalars['Float']['input'];
  /** The sections. Places are numbered in this order. */
  sections: Array<SectionInput>;
  /** Label of the stage. */
  stageLabel?: Scalars['String']['input'];
  /** x coordinate of the stage. */
  stageX: Scalars['Float']['input'];
  /** y coordinate of the stage. */
  stageY: Scalars['Float']['input'];
  /** Width of the drawing. */
  width: Scalars['Float']['input'];
};

/** The SeatingPlan does not exist, or belongs to another organiser. */
export type SeatingPlanNotFound = Refusal & {
  __typename?: 'SeatingPlanNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Source of a SeatingPlan's layout: exactly one of the two. */
export type SeatingPlanSourceInput =
  /** Let the server generate one. */
  { generate: GeneratedLayoutInput; layout?: never; }
  |  /** Use this drawing. */
  { generate?: never; layout: SeatingPlanLayoutInput; };

/** Position of the stage or pitch in a SeatingPlan. */
export type SeatingPlanStage = {
  __typename?: 'SeatingPlanStage';
  /** Label: `Stage`, `Pitch`, … */
  label: Scalars['String']['output'];
  /** x coordinate, in the units of the drawing. */
  x: Scalars['Float']['output'];
  /** y coordinate, in the units of the drawing. */
  y: Scalars['Float']['output'];
};

/** The SeatingPlan has the new layout. Older versions are unchanged. */
export type SeatingPlanUpdated = {
  __typename?: 'SeatingPlanUpdated';
  /** The newest version: a new one with an id of its own, or the previous one if the layout did not change. */
  seatingPlan: SeatingPlan;
};

/** The part of the Venue that a ticket is for. `name` alone can be that of several sections; `key` is unique. */
export type SeatingSection = {
  __typename?: 'SeatingSection';
  /** Key, unique within the SeatingPlan. */
  key: Scalars['String']['output'];
  /** Level of the building: `Stalls`, `Upper tier`; may be empty. */
  level: Scalars['String']['output'];
  /** Name on tickets and signs: `Left`, `Block 112`. */
  name: Scalars['String']['output'];
};

/** A part of a SeatingPlan: rows of seats, or a general-admission area. */
export type Section = {
  /** Number of its first place; the others follow consecutively. */
  firstPlace: Scalars['Int']['output'];
  /** Key, unique within the plan. */
  key: Scalars['String']['output'];
  /** Level of the building: `Stalls`, `Upper tier`; may be empty. */
  level: Scalars['String']['output'];
  /** Name on tickets and signs: `Block 112`. */
  name: Scalars['String']['output'];
  /** Number of places. */
  places: Scalars['Int']['output'];
};

/** A section of a new layout: exactly one of the two kinds. */
export type SectionInput =
  /** A section without numbered seats. */
  { generalAdmission: GeneralAdmissionAreaInput; seated?: never; }
  |  /** A section with rows of numbered seats. */
  { generalAdmission?: never; seated: SeatedSectionInput; };

/** Sales of one section. */
export type SectionSales = {
  __typename?: 'SectionSales';
  /** What is left of the payments for its sold tickets, as in `TierSales.net`. */
  net: Money;
  /** The section. */
  section: SeatingSection;
  /** Its tickets. */
  tickets: SalesCounts;
};

/** Input of `steerWaitingRoom`. */
export type SteerWaitingRoomInput = {
  /** What to do. Repeating it changes nothing. */
  action: WaitingRoomAction;
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `steerWaitingRoom`. */
export type SteerWaitingRoomResult = EventNotFound | WaitingRoomNotFound | WaitingRoomUpdated;

/** Real-time operations, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`). */
export type Subscription = {
  __typename?: 'Subscription';
  /**
   * Follow how an own Event sells: at first as it is, then each change, at most one a second. Sales are noticed at once, refunds that leave
   * the tickets with their buyer within 15 s. The error is `UNAUTHENTICATED` without a token, else `BAD_USER_INPUT` for an Event that has no
   * tickets, is archived, or is not the viewer's.
   */
  eventSalesChanged: EventSales;
  /**
   * Follow the viewer's entry in front of an Event: at first where it stands, then each change, about one a second. An open
   * subscription is a sign of life; when it ends, the grace of the waiting room begins. It ends with `ADMITTED` and the pass, and with
   * `GONE`, `NOT_JOINED` and `CLOSED`. It needs a token of a viewer: without one the error is `UNAUTHENTICATED`.
   */
  queuePosition: QueueStatus;
  /**
   * Subscribe to the seat map of an Event. Sends a complete map first, or with `after` the changes since that cursor; then every
   * change, in order and without gaps, coalesced for about 50 ms. A later complete map replaces the client's: one is sent when prices
   * change, and when the sale is paused or resumed. If the Event is withdrawn or archived, the subscription ends with the error that a new one gets: `BAD_USER_INPUT` for the argument `event`. It
   * ends with `ADMISSION_REQUIRED`, within two seconds, when a waiting room begins to protect the map and when the visit ends.
   */
  seatMapChanged: SeatMapUpdate;
  /**
   * Follow the log of the admissions to an own Event, from its last room's beginning or behind a cursor. It ends when that room is
   * closed and all visits have ended. Errors are as of `waitingRoomFigures`; a cursor that is none of the room is `BAD_USER_INPUT` for the
   * argument `after`.
   */
  waitingRoomAdmissions: AdmissionLogUpdate;
  /**
   * Follow the figures of an own Event's waiting room: at first as they are, then each change, at most one a second. It ends when the
   * room is closed. The error is `UNAUTHENTICATED` without a token, else `BAD_USER_INPUT` for an Event that has no room or is not
   * the viewer's.
   */
  waitingRoomFigures: WaitingRoomFigures;
};


/** Real-time operations, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`). */
export type SubscriptionEventSalesChangedArgs = {
  event: Scalars['ID']['input'];
};


/** Real-time operations, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`). */
export type SubscriptionQueuePositionArgs = {
  event: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
};


/** Real-time operations, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`). */
export type SubscriptionSeatMapChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event: Scalars['ID']['input'];
  pass?: InputMaybe<Scalars['String']['input']>;
};


/** Real-time operations, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`). */
export type SubscriptionWaitingRoomAdmissionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event: Scalars['ID']['input'];
};


/** Real-time operations, over WebSocket (`graphql-transport-ws`) or server-sent events (`graphql-sse`). */
export type SubscriptionWaitingRoomFiguresArgs = {
  event: Scalars['ID']['input'];
};

/** What a term may become while it is typed. It has Events to come. */
export type Suggestion = {
  /** The parts of `name` that were typed, or meant; empty where the term was found in another name, such as a Venue's former one. */
  highlights: Array<TextRange>;
  /** Name. */
  name: Scalars['String']['output'];
  /** Number of its Events that are not over. */
  upcomingEvents: Scalars['Int']['output'];
};

/** A part of a text. Positions count UTF-16 code units, as strings do in JavaScript, Java and C#. */
export type TextRange = {
  __typename?: 'TextRange';
  /** Position behind its last unit. */
  end: Scalars['Int']['output'];
  /** Position of its first unit. */
  start: Scalars['Int']['output'];
};

/** The right to one place at one Event. Every place of the Event's SeatingPlan has exactly one ticket. */
export type Ticket = Node & {
  __typename?: 'Ticket';
  /** Whether the place is wheelchair-accessible. */
  accessible: Scalars['Boolean']['output'];
  /** The Event that it admits to. */
  event: Event;
  /** Global id: `tkt_`, the Event's id in hexadecimal, and the place. */
  id: Scalars['ID']['output'];
  /** The place as people find it, unique within the plan: `Stalls, Left, row A, seat 1`; in a general-admission area its title alone. */
  label: Scalars['String']['output'];
  /** Number of the place in the Event's SeatingPlan. */
  place: Scalars['Int']['output'];
  /** Price of this ticket, all fees included. */
  price: Money;
  /** The price tier. */
  priceTier: PriceTier;
  /** Label of the row; null in a general-admission area. */
  row?: Maybe<Scalars['String']['output']>;
  /** Label of the seat; null in a general-admission area. */
  seat?: Maybe<Scalars['String']['output']>;
  /** The section. */
  seatingSection: SeatingSection;
  /**
   * Name of the section, which another section may share.
   * @deprecated Two sections of a plan can have the same name. Use `seatingSection`, or `label` for people.
   */
  section: Scalars['String']['output'];
  /** Availability at the time of the request. A hold that has run out counts as `AVAILABLE`. */
  status: TicketStatus;
  /** Number of the price tier. */
  tier: Scalars['Int']['output'];
};

/** The viewer would exceed the Event's limit of tickets per buyer. Nothing was reserved. */
export type TicketLimitExceeded = Refusal & {
  __typename?: 'TicketLimitExceeded';
  /** Number of tickets that the viewer already holds or has bought. */
  alreadyHeld: Scalars['Int']['output'];
  /** Maximum number of tickets per buyer at this Event, held and bought together. */
  limit: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** The tickets to reserve, given in exactly one of three ways. Places in general-admission areas are reserved by quantity only. */
export type TicketSelectionInput =
  /** Quantities in general-admission areas. */
  { generalAdmission: Array<GeneralAdmissionInput>; places?: never; tickets?: never; }
  |  /** Seats, by their place numbers in the SeatingPlan. */
  { generalAdmission?: never; places: Array<Scalars['Int']['input']>; tickets?: never; }
  |  /** Seats, by the global ids of their tickets. */
  { generalAdmission?: never; places?: never; tickets: Array<Scalars['ID']['input']>; };

/** Availability of a ticket. */
export type TicketStatus =
  /** Can be reserved. */
  | 'AVAILABLE'
  /** Withheld from sale by the organiser. */
  | 'BLOCKED'
  /** Held by a Reservation, for a limited time. */
  | 'RESERVED'
  /** Bought. */
  | 'SOLD';

/** The viewer already holds some of these tickets. Nothing was reserved in addition. */
export type TicketsAlreadyYours = Refusal & {
  __typename?: 'TicketsAlreadyYours';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The viewer's Reservation that holds them. */
  reservation: Reservation;
};

/** The tickets are withheld from sale. */
export type TicketsBlocked = {
  __typename?: 'TicketsBlocked';
  /** The Event. */
  event: Event;
  /** The requested places; all of them are `BLOCKED` now, including those that already were. */
  places: Array<Scalars['Int']['output']>;
};

/** Some of the tickets are not among those of the Booking: never were, or were given back. Nothing was changed. */
export type TicketsNotInBooking = Refusal & {
  __typename?: 'TicketsNotInBooking';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Those tickets, at most 100. */
  tickets: Array<Scalars['ID']['output']>;
};

/** The tickets are held for the viewer. */
export type TicketsReserved = {
  __typename?: 'TicketsReserved';
  /** The new Reservation. */
  reservation: Reservation;
};

/** At least one of the tickets is held, sold or blocked. Nothing was reserved or blocked. */
export type TicketsUnavailable = Refusal & {
  __typename?: 'TicketsUnavailable';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Places that are not available, out of those requested. */
  places: Array<Scalars['Int']['output']>;
  /** Their tickets: the first 100. */
  tickets: Array<Ticket>;
};

/** The blocked tickets are available again. */
export type TicketsUnblocked = {
  __typename?: 'TicketsUnblocked';
  /** The Event. */
  event: Event;
  /** The requested places that were `BLOCKED` before; the others are unchanged. */
  places: Array<Scalars['Int']['output']>;
};

/** The price of one tier. */
export type TierPriceInput = {
  /**
   * Price per ticket, all fees included, in the currency's smallest unit. 0 is free of charge; any other price must be one that
   * the payment provider can charge, alone and for as many tickets as the Event's `ticketLimit`.
   */
  amount: Scalars['Amount']['input'];
  /** Index of the category in the SeatingPlan's `categories`. */
  tier: Scalars['Int']['input'];
};

/** Sales of one price tier. */
export type TierSales = {
  __typename?: 'TierSales';
  /** Name of the tier. */
  name: Scalars['String']['output'];
  /**
   * What is left of the payments for its sold tickets. A refund that leaves the tickets with their buyer is taken from all tickets of the
   * Booking, by their prices. What is kept of a cancelled Booking is in the total alone.
   */
  net: Money;
  /** Its tickets. */
  tickets: SalesCounts;
  /** Number of the tier: index into the plan's `categories`. */
  tier: Scalars['Int']['output'];
};

/**
 * Too many attempts to pay: stolen cards are tried out this way. Nothing was sent to the payment provider, and the hold is
 * unchanged. An attempt counts once it is submitted to the provider, even if the card is declined or the payment method is not known
 * there. Not counted are a retry with the same key, an attempt that ended as `PaymentUnavailable`, and one that was answered before:
 * with `AmountMismatch`, `BookingUnderWay`, `ReservationOver`, or `PaymentMethodInvalid` for want of a well-formed method.
 */
export type TooManyPaymentAttempts = Refusal & {
  __typename?: 'TooManyPaymentAttempts';
  /** The limit that is reached. */
  limit: PaymentAttemptLimit;
  /** How many attempts it permits. */
  maxAttempts: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Seconds until it permits another attempt; null if it never will: tickets of this Reservation have to be reserved again. */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/** Input of `unblockTickets`. */
export type UnblockTicketsInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /** Place numbers in the SeatingPlan, 1 to 1,000 of them. */
  places: Array<Scalars['Int']['input']>;
};

/** Result of `unblockTickets`. */
export type UnblockTicketsResult = EventNotFound | EventNotOnSale | InvalidInput | TicketsUnblocked;

/** A part of `term` that was taken as a filter. */
export type Understood = {
  /** Position behind their last character. */
  end: Scalars['Int']['output'];
  /** Position of their first character in `term`, in UTF-16 code units. */
  start: Scalars['Int']['output'];
  /** The words as typed. */
  words: Scalars['String']['output'];
};

/** Words that say when: `this weekend`, `12 march`, `12.12.`, `at christmas`. */
export type UnderstoodDates = Understood & {
  __typename?: 'UnderstoodDates';
  /** Position behind their last character. */
  end: Scalars['Int']['output'];
  /** First day, as for `days.from`. */
  from: Scalars['String']['output'];
  /** Hour of the first day, 0 to 23, from which on Events are found: 17 for `tonight`. */
  fromHour: Scalars['Int']['output'];
  /** Position of their first character in `term`, in UTF-16 code units. */
  start: Scalars['Int']['output'];
  /** Last day, as for `days.to`. */
  to: Scalars['String']['output'];
  /** The words as typed. */
  words: Scalars['String']['output'];
};

/** Words that say where: `in munich`, `in the usa`, `near me`. A filter `city` or `country` of the input goes before. */
export type UnderstoodPlace = Understood & {
  __typename?: 'UnderstoodPlace';
  /** City, as for `city`; null if the words say something else. */
  city?: Maybe<Scalars['String']['output']>;
  /** Country (ISO 3166-1 alpha-2), as for `country`; null if the words say something else. */
  country?: Maybe<Scalars['String']['output']>;
  /** Position behind their last character. */
  end: Scalars['Int']['output'];
  /** If true, the words mean where the viewer is: ask for a position and send it as `near`. */
  isNearViewer: Scalars['Boolean']['output'];
  /** Position of their first character in `term`, in UTF-16 code units. */
  start: Scalars['Int']['output'];
  /** The words as typed. */
  words: Scalars['String']['output'];
};

/** Words that say what a ticket may cost: `under 20 €`, `free`. A filter `price` of the input goes before. */
export type UnderstoodPrice = Understood & {
  __typename?: 'UnderstoodPrice';
  /** Currency, as for `price.currency`; null means any, and both ends are in the main unit. */
  currency?: Maybe<Scalars['Currency']['output']>;
  /** Position behind their last character. */
  end: Scalars['Int']['output'];
  /** Maximum, as for `price.max`; null means none. */
  max?: Maybe<Scalars['Amount']['output']>;
  /** Minimum, as for `price.min`; null means none. */
  min?: Maybe<Scalars['Amount']['output']>;
  /** Position of their first character in `term`, in UTF-16 code units. */
  start: Scalars['Int']['output'];
  /** The words as typed. */
  words: Scalars['String']['output'];
};

/** Input of `updateEvent`. */
export type UpdateEventInput = {
  /** Fields to change. */
  event: EventFields;
  /** Global id of the Event. */
  id: Scalars['ID']['input'];
};

/** Result of `updateEvent`. */
export type UpdateEventResult = EventNotChangeable | EventNotFound | EventUpdated | InvalidInput;

/** Input of `updatePerformer`. */
export type UpdatePerformerInput = {
  /** Global id of the Performer. */
  id: Scalars['ID']['input'];
  /** Fields to change. */
  performer: PerformerFields;
};

/** Result of `updatePerformer`. */
export type UpdatePerformerResult = InvalidInput | PerformerNotFound | PerformerUpdated;

/** Input of `updateSeatingPlan`. */
export type UpdateSeatingPlanInput = {
  /** Global id of the newest version; older versions are refused with `InvalidInput`. */
  id: Scalars['ID']['input'];
  /** Source of the new layout. */
  source: SeatingPlanSourceInput;
};

/** Result of `updateSeatingPlan`. */
export type UpdateSeatingPlanResult = InvalidInput | SeatingPlanNotFound | SeatingPlanUpdated;

/** Input of `updateVenue`. */
export type UpdateVenueInput = {
  /** Global id of the Venue. */
  id: Scalars['ID']['input'];
  /** Fields to change. */
  venue: VenueFields;
};

/** Result of `updateVenue`. */
export type UpdateVenueResult = InvalidInput | VenueNotFound | VenueUpdated;

/** Input of `updateWaitingRoom`. An omitted field keeps its value. */
export type UpdateWaitingRoomInput = {
  /** Maximum number of viewers admitted per minute. */
  admissionsPerMinute?: InputMaybe<Scalars['Int']['input']>;
  /** Number of viewers that may shop at the same time. Below the number that do, no viewer is admitted until enough have left. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
  /** Seconds without a sign of life after which an entry is given up. */
  graceSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Whether entries keep their places without a sign of life. */
  keepsPlaces?: InputMaybe<Scalars['Boolean']['input']>;
  /** When the line begins to move; only before it does. */
  opensAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether single places are shown to admitted viewers only. */
  protectsSeatMap?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether joining takes the solution of a challenge. */
  requiresChallenge?: InputMaybe<Scalars['Boolean']['input']>;
  /** Seconds that an admitted viewer may shop; of viewers that are admitted from now on. */
  visitSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of `updateWaitingRoom`. */
export type UpdateWaitingRoomResult = EventNotFound | InvalidInput | WaitingRoomNotFound | WaitingRoomUpdated;

/** A building or site where Events take place. */
export type Venue = Node & {
  __typename?: 'Venue';
  /** Alternative and former names. */
  aliases: Array<Scalars['String']['output']>;
  /** Maximum number of visitors; null if not known. */
  capacity?: Maybe<Scalars['Int']['output']>;
  /** City. */
  city: Scalars['String']['output'];
  /** Name of the country, in English. */
  country: Scalars['String']['output'];
  /** Country code, ISO 3166-1 alpha-2: `DE`. */
  countryCode: Scalars['String']['output'];
  /** Events at this Venue that are not over, earliest start first. */
  events: EventConnection;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Kind of venue: `stadium`, `arena`, `concert hall`, `theatre`, `club`, … */
  kind: Scalars['String']['output'];
  /** Geographic position; null if not known. */
  location?: Maybe<GeoPoint>;
  /** Name. */
  name: Scalars['String']['output'];
  /** State, province or constituent country; null if not given. */
  region?: Maybe<Scalars['String']['output']>;
  /** The newest version of each of its SeatingPlans, by name; of more than 20, those with the newest versions, among the last 1,000. */
  seatingPlans: Array<SeatingPlan>;
  /** IANA time zone: `Europe/Berlin`. */
  timezone: Scalars['String']['output'];
};


/** A building or site where Events take place. */
export type VenueEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The Venue was created. */
export type VenueCreated = {
  __typename?: 'VenueCreated';
  /** The new Venue. */
  venue: Venue;
};

/** Fields of a Venue. In an update, an omitted field keeps its value, and null clears a field that is not required. */
export type VenueFields = {
  /** Alternative and former names, at most 20, 1 to 200 characters each. */
  aliases?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Maximum number of visitors, 1 to 1,000,000. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** City, 1 to 100 characters. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** Name of the country, in English, 1 to 100 characters. */
  country?: InputMaybe<Scalars['String']['input']>;
  /** Country code, ISO 3166-1 alpha-2: `DE`. */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** Kind of venue, 1 to 50 characters: `stadium`, `arena`, `concert hall`, `theatre`, `club`, … */
  kind?: InputMaybe<Scalars['String']['input']>;
  /** Latitude in degrees, -90 to 90; only together with `longitude`. */
  latitude?: InputMaybe<Scalars['Float']['input']>;
  /** Longitude in degrees, -180 to 180; only together with `latitude`. */
  longitude?: InputMaybe<Scalars['Float']['input']>;
  /** Name, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** State, province or constituent country, 1 to 100 characters. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** IANA time zone: `Europe/Berlin`. */
  timezone?: InputMaybe<Scalars['String']['input']>;
};

/** The Venue does not exist, or belongs to another organiser. */
export type VenueNotFound = Refusal & {
  __typename?: 'VenueNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A Venue. */
export type VenueSuggestion = Suggestion & {
  __typename?: 'VenueSuggestion';
  /** The parts of `name` that were typed, or meant; empty where the term was found in another of its names, or in its city. */
  highlights: Array<TextRange>;
  /** Name. */
  name: Scalars['String']['output'];
  /** Number of its Events that are not over. */
  upcomingEvents: Scalars['Int']['output'];
  /** The Venue. */
  venue: Venue;
};

/** The Venue was updated. */
export type VenueUpdated = {
  __typename?: 'VenueUpdated';
  /** The Venue after the update. */
  venue: Venue;
};

/** The signed-in user or client that sent the request. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The viewer's Bookings, newest first. */
  bookings: BookingConnection;
  /**
   * The viewer's Reservations, newest first. Those of Events that ended long ago may be archived: they are not listed, but found by
   * id; what was bought is in `bookings`.
   */
  reservations: ReservationConnection;
  /** Roles granted by the token. */
  roles: Array<Role>;
  /** The token's subject (`sub` claim). */
  subject: Scalars['String']['output'];
};


/** The signed-in user or client that sent the request. */
export type ViewerBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<Array<BookingStatus>>;
};


/** The signed-in user or client that sent the request. */
export type ViewerReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<Array<ReservationStatus>>;
};

/** A line in front of an Event's sale. Only viewers that it has admitted can reserve tickets. */
export type WaitingRoom = {
  __typename?: 'WaitingRoom';
  /** Log of the admissions, oldest first. Null for other viewers than the organiser. */
  admissions?: Maybe<AdmissionLogConnection>;
  /** Maximum number of viewers admitted per minute. */
  admissionsPerMinute: Scalars['Int']['output'];
  /** Number of viewers that may shop at the same time. */
  capacity: Scalars['Int']['output'];
  /** Whether no new entry is taken, and the room closes once its line is empty. */
  draining: Scalars['Boolean']['output'];
  /** What the order was drawn from; null until the list of entries is closed. */
  draw?: Maybe<WaitingRoomDraw>;
  /** The Event. */
  event: Event;
  /** Live figures. Null for other viewers than the organiser. */
  figures?: Maybe<WaitingRoomFigures>;
  /** Counts the rooms of the Event: entry tokens and passes of another generation are not valid. */
  generation: Scalars['Int']['output'];
  /** Seconds without a sign of life after which an entry is given up: an open `queuePosition`, or a call of `queueStatus` within 30 s. */
  graceSeconds: Scalars['Int']['output'];
  /** Whether entries keep their places without a sign of life. */
  keepsPlaces: Scalars['Boolean']['output'];
  /** When entries get their places; the first viewers are admitted then, or when the sale begins. */
  opensAt: Scalars['DateTime']['output'];
  /** How entries that were made before the opening get their places. */
  order: WaitingRoomOrder;
  /** Whether no viewer is admitted until the room is resumed; it can be paused before the opening, too. */
  paused: Scalars['Boolean']['output'];
  /** Whether single places are shown to admitted viewers only: `seatMap`, `seatMapSince`, `seatMapChanged`, `Event.tickets`, `node`. */
  protectsSeatMap: Scalars['Boolean']['output'];
  /** Whether joining takes the solution of a challenge; see `queueChallenge`. */
  requiresChallenge: Scalars['Boolean']['output'];
  /** SHA-256 of the seed, in hexadecimal: committed to when the room was made. */
  seedHash: Scalars['String']['output'];
  /** State. */
  state: WaitingRoomState;
  /**
   * Number of entries that look like those of one device: same address and headers as more than 32 others of the last day. They are
   * treated as all are. Null for other viewers than the organiser, without a challenge, and while it cannot be read.
   */
  suspectedEntries?: Maybe<Scalars['Int']['output']>;
  /** Seconds that an admitted viewer may shop. Reservations that were made meanwhile outlive the visit. */
  visitSeconds: Scalars['Int']['output'];
};


/** A line in front of an Event's sale. Only viewers that it has admitted can reserve tickets. */
export type WaitingRoomAdmissionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What to do with a waiting room. */
export type WaitingRoomAction =
  /** Take no new entry, and close once the line is empty. */
  | 'DRAIN'
  /** Admit no viewer until it is resumed. */
  | 'PAUSE'
  /** Admit viewers again, and take new entries: it ends a pause and a drain. */
  | 'RESUME';

/** The room is closed. The Event needs no admission; a new room can be opened. */
export type WaitingRoomClosed = {
  __typename?: 'WaitingRoomClosed';
  /** The closed room. */
  waitingRoom: WaitingRoom;
};

/** The waiting room takes no new entries. */
export type WaitingRoomDraining = Refusal & {
  __typename?: 'WaitingRoomDraining';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** What the order of a waiting room was drawn from. `docs/waiting-room.md` says how to check it. */
export type WaitingRoomDraw = {
  __typename?: 'WaitingRoomDraw';
  /** Number of entries in the list. */
  entries: Scalars['Int']['output'];
  /** SHA-256 of the list of entries, in hexadecimal; it was fixed before the seed was published. */
  listHash: Scalars['String']['output'];
  /**
   * Path on this server of the list as plain text, an entry a line: sorted, or in order of arrival if that gives the places. Its
   * SHA-256 is `listHash`. `draw.json` beside it has what this type has.
   */
  listPath: Scalars['String']['output'];
  /** The seed, in hexadecimal; `seedHash` is its SHA-256. */
  seed: Scalars['String']['output'];
};

/** The Event has a waiting room already. Nothing was changed. */
export type WaitingRoomExists = Refusal & {
  __typename?: 'WaitingRoomExists';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** The room. */
  waitingRoom: WaitingRoom;
};

/** What happens in a waiting room, for its organiser. Figures are those of the controller's last step: at most 4 s old while it runs. */
export type WaitingRoomFigures = {
  __typename?: 'WaitingRoomFigures';
  /** Number of entries that left the line or were given up so far. */
  abandoned: Scalars['Int']['output'];
  /** Number of admissions so far. */
  admitted: Scalars['Int']['output'];
  /** Viewers admitted per minute in the last two minutes; 0 if none were. */
  admittedPerMinute: Scalars['Float']['output'];
  /** When the step was made that the figures are of; null before the first one. */
  asOf?: Maybe<Scalars['DateTime']['output']>;
  /** Number of visits that ended with a confirmed Booking. */
  converted: Scalars['Int']['output'];
  /** Number of visits whose time ended without buying. */
  expired: Scalars['Int']['output'];
  /** Number of viewers that shop. */
  inside: Scalars['Int']['output'];
  /** Number of visits that their viewers ended without buying. */
  left: Scalars['Int']['output'];
  /**
   * Seconds until the line is empty if it goes on as in the last two minutes and no one else joins. Null while none was admitted, and while the
   * room is paused or sold out.
   */
  secondsToClear?: Maybe<Scalars['Int']['output']>;
  /** Number of tickets that are held and may come back; null before the opening. */
  ticketsHeld?: Maybe<Scalars['Int']['output']>;
  /** Number of tickets that can be had; null before the opening. */
  ticketsLeft?: Maybe<Scalars['Int']['output']>;
  /** Number of entries in the line. */
  waiting: Scalars['Int']['output'];
};

/** The Event has no waiting room, or only closed ones. */
export type WaitingRoomNotFound = Refusal & {
  __typename?: 'WaitingRoomNotFound';
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Viewers wait or shop. Nothing was changed: drain the room, or close it with `evenIfOccupied`. */
export type WaitingRoomOccupied = Refusal & {
  __typename?: 'WaitingRoomOccupied';
  /** Number of viewers that shop. */
  inside: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Number of entries in the line. */
  waiting: Scalars['Int']['output'];
};

/** The room was made. Viewers can join, and from now on the Event needs admission. */
export type WaitingRoomOpened = {
  __typename?: 'WaitingRoomOpened';
  /** The room. */
  waitingRoom: WaitingRoom;
};

/** How entries that were made before the opening get their places. Later ones queue behind, in order of arrival. */
export type WaitingRoomOrder =
  /** In order of arrival. */
  | 'ARRIVAL'
  /** A verifiable shuffle: its seed is committed to when the room is made, and published at the opening. */
  | 'SHUFFLED';

/** State of a waiting room. */
export type WaitingRoomState =
  /** Entries are collected. At `opensAt` they get their places. */
  | 'BEFORE_OPENING'
  /** The room is over. The Event needs no admission. */
  | 'CLOSED'
  /** No new entry is taken. Viewers are admitted until the line is empty; then the room closes. */
  | 'DRAINING'
  /** The list of entries is closed, and their order is being drawn. Takes seconds. */
  | 'DRAWING'
  /** Viewers are admitted in the order of their places. */
  | 'OPEN'
  /** Entries keep their places and new ones are taken, but no viewer is admitted. */
  | 'PAUSED';

/** The room was changed. */
export type WaitingRoomUpdated = {
  __typename?: 'WaitingRoomUpdated';
  /** The room after the change. */
  waitingRoom: WaitingRoom;
};

/** Input of `withdrawEvent`. */
export type WithdrawEventInput = {
  /** Global id of the Event. */
  event: Scalars['ID']['input'];
};

/** Result of `withdrawEvent`. */
export type WithdrawEventResult = EventHasBuyers | EventNotChangeable | EventNotFound | EventWithdrawn;



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AnnounceEventResult:
    | ( Omit<EventAnnounced, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventAnnounced' } )
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
  ;
  BlockTicketsResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<TicketsBlocked, 'event'> & { event: _RefType['Event'] } & { __typename: 'TicketsBlocked' } )
    | ( UnavailablePlaces & { __typename: 'TicketsUnavailable' } )
  ;
  CancelBookingResult:
    | ( Omit<BookingCancelled, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingCancelled' } )
    | ( Omit<BookingNotCancellable, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingNotCancellable' } )
    | ( BookingNotFound & { __typename: 'BookingNotFound' } )
  ;
  CancelEventResult:
    | ( Omit<EventCancelled, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventCancelled' } )
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
  ;
  ChangePricesResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<PricesChanged, 'event'> & { event: _RefType['Event'] } & { __typename: 'PricesChanged' } )
  ;
  CloseWaitingRoomResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( Omit<WaitingRoomClosed, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'WaitingRoomClosed' } )
    | ( WaitingRoomNotFound & { __typename: 'WaitingRoomNotFound' } )
    | ( WaitingRoomOccupied & { __typename: 'WaitingRoomOccupied' } )
  ;
  ConfirmBookingResult:
    | ( Omit<AmountMismatch, 'total'> & { total: _RefType['Money'] } & { __typename: 'AmountMismatch' } )
    | ( Omit<BookingConfirmed, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingConfirmed' } )
    | ( Omit<BookingRefunded, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingRefunded' } )
    | ( Omit<BookingUnderWay, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingUnderWay' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<PaymentActionRequired, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'PaymentActionRequired' } )
    | ( Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: _RefType['Booking'], reservation: _RefType['Reservation'] } & { __typename: 'PaymentDeclined' } )
    | ( PaymentMethodInvalid & { __typename: 'PaymentMethodInvalid' } )
    | ( Omit<PaymentPending, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'PaymentPending' } )
    | ( PaymentProviderBusy & { __typename: 'PaymentProviderBusy' } )
    | ( Omit<PaymentUnavailable, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'PaymentUnavailable' } )
    | ( ReservationNotFound & { __typename: 'ReservationNotFound' } )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationOver' } )
    | ( TooManyPaymentAttempts & { __typename: 'TooManyPaymentAttempts' } )
  ;
  CreateEventResult:
    | ( Omit<EventCreated, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventCreated' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
  ;
  CreatePerformerResult:
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<PerformerCreated, 'performer'> & { performer: _RefType['Performer'] } & { __typename: 'PerformerCreated' } )
  ;
  CreateSeatingPlanResult:
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<SeatingPlanCreated, 'seatingPlan'> & { seatingPlan: _RefType['SeatingPlan'] } & { __typename: 'SeatingPlanCreated' } )
    | ( VenueNotFound & { __typename: 'VenueNotFound' } )
  ;
  CreateVenueResult:
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<VenueCreated, 'venue'> & { venue: _RefType['Venue'] } & { __typename: 'VenueCreated' } )
  ;
  ExtendReservationResult:
    | ( Omit<ReservationAtCap, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationAtCap' } )
    | ( Omit<ReservationExtended, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationExtended' } )
    | ( ReservationNotFound & { __typename: 'ReservationNotFound' } )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationOver' } )
  ;
  JoinQueueResult:
    | ( ChallengeRefused & { __typename: 'ChallengeRefused' } )
    | ( ChallengeRequired & { __typename: 'ChallengeRequired' } )
    | ( EntryTokenRefused & { __typename: 'EntryTokenRefused' } )
    | ( Omit<QueueJoined, 'entry' | 'waitingRoom'> & { entry: _RefType['QueueEntry'], waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'QueueJoined' } )
    | ( WaitingRoomDraining & { __typename: 'WaitingRoomDraining' } )
    | ( WaitingRoomNotFound & { __typename: 'WaitingRoomNotFound' } )
  ;
  LeaveQueueResult:
    | ( Omit<QueueLeft, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'QueueLeft' } )
    | ( WaitingRoomNotFound & { __typename: 'WaitingRoomNotFound' } )
  ;
  OpenWaitingRoomResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<WaitingRoomExists, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'WaitingRoomExists' } )
    | ( Omit<WaitingRoomOpened, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'WaitingRoomOpened' } )
  ;
  PauseSaleResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( Omit<SalePaused, 'event'> & { event: _RefType['Event'] } & { __typename: 'SalePaused' } )
  ;
  PublishEventResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( Omit<EventPublished, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventPublished' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
  ;
  RefundAmountResult:
    | ( BookingNotFound & { __typename: 'BookingNotFound' } )
    | ( Omit<BookingNotRefundable, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingNotRefundable' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<RefundAccepted, 'amount' | 'booking'> & { amount: _RefType['Money'], booking: _RefType['Booking'] } & { __typename: 'RefundAccepted' } )
    | ( Omit<RefundExceedsPayment, 'left'> & { left: _RefType['Money'] } & { __typename: 'RefundExceedsPayment' } )
  ;
  RefundTicketsResult:
    | ( BookingNotFound & { __typename: 'BookingNotFound' } )
    | ( Omit<BookingNotRefundable, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingNotRefundable' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<RefundAccepted, 'amount' | 'booking'> & { amount: _RefType['Money'], booking: _RefType['Booking'] } & { __typename: 'RefundAccepted' } )
    | ( TicketsNotInBooking & { __typename: 'TicketsNotInBooking' } )
  ;
  ReleaseReservationResult:
    | ( PaymentUnderWay & { __typename: 'PaymentUnderWay' } )
    | ( ReservationNotFound & { __typename: 'ReservationNotFound' } )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationOver' } )
    | ( Omit<ReservationReleased, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationReleased' } )
  ;
  ReserveBestAvailableResult:
    | ( Omit<AdmissionRequired, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'AdmissionRequired' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NoSeatsTogether & { __typename: 'NoSeatsTogether' } )
    | ( SaleIsPaused & { __typename: 'SaleIsPaused' } )
    | ( TicketLimitExceeded & { __typename: 'TicketLimitExceeded' } )
    | ( Omit<TicketsReserved, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'TicketsReserved' } )
  ;
  ReserveTicketsResult:
    | ( Omit<AdmissionRequired, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'AdmissionRequired' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotEnoughTickets & { __typename: 'NotEnoughTickets' } )
    | ( OrphanPlaces & { __typename: 'OrphanSeat' } )
    | ( SaleIsPaused & { __typename: 'SaleIsPaused' } )
    | ( TicketLimitExceeded & { __typename: 'TicketLimitExceeded' } )
    | ( Omit<TicketsAlreadyYours, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'TicketsAlreadyYours' } )
    | ( Omit<TicketsReserved, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'TicketsReserved' } )
    | ( UnavailablePlaces & { __typename: 'TicketsUnavailable' } )
  ;
  ResumeSaleResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( Omit<SaleResumed, 'event'> & { event: _RefType['Event'] } & { __typename: 'SaleResumed' } )
  ;
  SeatMapUpdate:
    | ( SeatMapSnapshot & { __typename: 'SeatMap' } )
    | ( SeatMapDelta & { __typename: 'SeatMapDelta' } )
  ;
  SteerWaitingRoomResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( WaitingRoomNotFound & { __typename: 'WaitingRoomNotFound' } )
    | ( Omit<WaitingRoomUpdated, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'WaitingRoomUpdated' } )
  ;
  UnblockTicketsResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<TicketsUnblocked, 'event'> & { event: _RefType['Event'] } & { __typename: 'TicketsUnblocked' } )
  ;
  UpdateEventResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( UpdatedEvent & { __typename: 'EventUpdated' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
  ;
  UpdatePerformerResult:
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( PerformerNotFound & { __typename: 'PerformerNotFound' } )
    | ( Omit<PerformerUpdated, 'performer'> & { performer: _RefType['Performer'] } & { __typename: 'PerformerUpdated' } )
  ;
  UpdateSeatingPlanResult:
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( SeatingPlanNotFound & { __typename: 'SeatingPlanNotFound' } )
    | ( Omit<SeatingPlanUpdated, 'seatingPlan'> & { seatingPlan: _RefType['SeatingPlan'] } & { __typename: 'SeatingPlanUpdated' } )
  ;
  UpdateVenueResult:
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( VenueNotFound & { __typename: 'VenueNotFound' } )
    | ( Omit<VenueUpdated, 'venue'> & { venue: _RefType['Venue'] } & { __typename: 'VenueUpdated' } )
  ;
  UpdateWaitingRoomResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( WaitingRoomNotFound & { __typename: 'WaitingRoomNotFound' } )
    | ( Omit<WaitingRoomUpdated, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & { __typename: 'WaitingRoomUpdated' } )
  ;
  WithdrawEventResult:
    | ( EventHasBuyers & { __typename: 'EventHasBuyers' } )
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( Omit<EventWithdrawn, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventWithdrawn' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( BookingRow )
    | ( EventRow )
    | ( PerformerRow )
    | ( ReservationRow )
    | ( SeatingPlanHead )
    | ( TicketRow )
    | ( VenueRow )
  ;
  Refusal:
    | ( Omit<AdmissionRequired, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } )
    | ( Omit<AmountMismatch, 'total'> & { total: _RefType['Money'] } )
    | ( Omit<BookingNotCancellable, 'booking'> & { booking: _RefType['Booking'] } )
    | ( BookingNotFound )
    | ( Omit<BookingNotRefundable, 'booking'> & { booking: _RefType['Booking'] } )
    | ( Omit<BookingRefunded, 'booking'> & { booking: _RefType['Booking'] } )
    | ( Omit<BookingUnderWay, 'booking'> & { booking: _RefType['Booking'] } )
    | ( ChallengeRefused )
    | ( ChallengeRequired )
    | ( EntryTokenRefused )
    | ( EventHasBuyers )
    | ( EventNotChangeable )
    | ( EventNotFound )
    | ( EventNotOnSale )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( NoSeatsTogether )
    | ( NotEnoughTickets )
    | ( OrphanPlaces )
    | ( Omit<PaymentActionRequired, 'booking'> & { booking: _RefType['Booking'] } )
    | ( Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: _RefType['Booking'], reservation: _RefType['Reservation'] } )
    | ( PaymentMethodInvalid )
    | ( Omit<PaymentPending, 'booking'> & { booking: _RefType['Booking'] } )
    | ( PaymentProviderBusy )
    | ( Omit<PaymentUnavailable, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( PaymentUnderWay )
    | ( PerformerNotFound )
    | ( Omit<RefundExceedsPayment, 'left'> & { left: _RefType['Money'] } )
    | ( Omit<ReservationAtCap, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( ReservationNotFound )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( SaleIsPaused )
    | ( SeatingPlanNotFound )
    | ( TicketLimitExceeded )
    | ( Omit<TicketsAlreadyYours, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( TicketsNotInBooking )
    | ( UnavailablePlaces )
    | ( TooManyPaymentAttempts )
    | ( VenueNotFound )
    | ( WaitingRoomDraining )
    | ( Omit<WaitingRoomExists, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } )
    | ( WaitingRoomNotFound )
    | ( WaitingRoomOccupied )
  ;
  Section:
    | ( DrawnArea )
    | ( DrawnSeatedSection )
  ;
  Suggestion:
    | ( HighlightedSuggestion )
    | ( HighlightedSuggestion )
    | ( HighlightedSuggestion )
    | ( HighlightedSuggestion )
  ;
  Understood:
    | ( DatesPart )
    | ( PlacePart )
    | ( PricePart )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AdmissionLogConnection: ResolverTypeWrapper<Omit<AdmissionLogConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['AdmissionLogEdge']>, nodes: Array<ResolversTypes['AdmissionLogEntry']> }>;
  AdmissionLogEdge: ResolverTypeWrapper<Omit<AdmissionLogEdge, 'node'> & { node: ResolversTypes['AdmissionLogEntry'] }>;
  AdmissionLogEntry: ResolverTypeWrapper<AdmissionLogRow>;
  AdmissionLogKind: AdmissionLogKind;
  AdmissionLogUpdate: ResolverTypeWrapper<Omit<AdmissionLogUpdate, 'entries'> & { entries: Array<ResolversTypes['AdmissionLogEntry']> }>;
  AdmissionRequired: ResolverTypeWrapper<Omit<AdmissionRequired, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }>;
  Amount: ResolverTypeWrapper<Scalars['Amount']['output']>;
  AmountMismatch: ResolverTypeWrapper<Omit<AmountMismatch, 'total'> & { total: ResolversTypes['Money'] }>;
  AnnounceEventInput: AnnounceEventInput;
  AnnounceEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AnnounceEventResult']>;
  Audience: Audience;
  AuditChange: ResolverTypeWrapper<AuditChange>;
  AuditEntry: ResolverTypeWrapper<AuditRow>;
  AuditEntryConnection: ResolverTypeWrapper<Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['AuditEntryEdge']>, nodes: Array<ResolversTypes['AuditEntry']> }>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AvailabilityFacet: ResolverTypeWrapper<AvailabilityFacet>;
  BlockTicketsInput: BlockTicketsInput;
  BlockTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BlockTicketsResult']>;
  Booking: ResolverTypeWrapper<BookingRow>;
  BookingCancelled: ResolverTypeWrapper<Omit<BookingCancelled, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingConfirmed: ResolverTypeWrapper<Omit<BookingConfirmed, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingConnection: ResolverTypeWrapper<Omit<BookingConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['BookingEdge']>, nodes: Array<ResolversTypes['Booking']> }>;
  BookingEdge: ResolverTypeWrapper<Omit<BookingEdge, 'node'> & { node: ResolversTypes['Booking'] }>;
  BookingNotCancellable: ResolverTypeWrapper<Omit<BookingNotCancellable, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingNotFound: ResolverTypeWrapper<BookingNotFound>;
  BookingNotRefundable: ResolverTypeWrapper<Omit<BookingNotRefundable, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingRefunded: ResolverTypeWrapper<Omit<BookingRefunded, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingStatus: BookingStatus;
  BookingUnderWay: ResolverTypeWrapper<Omit<BookingUnderWay, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CacheControlScope: CacheControlScope;
  CancelBookingInput: CancelBookingInput;
  CancelBookingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelBookingResult']>;
  CancelEventInput: CancelEventInput;
  CancelEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelEventResult']>;
  ChallengeRefused: ResolverTypeWrapper<ChallengeRefused>;
  ChallengeRequired: ResolverTypeWrapper<ChallengeRequired>;
  ChangePricesInput: ChangePricesInput;
  ChangePricesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangePricesResult']>;
  CitySuggestion: ResolverTypeWrapper<HighlightedSuggestion>;
  CloseWaitingRoomInput: CloseWaitingRoomInput;
  CloseWaitingRoomResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CloseWaitingRoomResult']>;
  ConfirmBookingInput: ConfirmBookingInput;
  ConfirmBookingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ConfirmBookingResult']>;
  CreateEventInput: CreateEventInput;
  CreateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateEventResult']>;
  CreatePerformerInput: CreatePerformerInput;
  CreatePerformerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreatePerformerResult']>;
  CreateSeatingPlanInput: CreateSeatingPlanInput;
  CreateSeatingPlanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateSeatingPlanResult']>;
  CreateVenueInput: CreateVenueInput;
  CreateVenueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateVenueResult']>;
  Currency: ResolverTypeWrapper<Scalars['Currency']['output']>;
  DateRangeInput: DateRangeInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DayPreset: DayPreset;
  DayRangeInput: DayRangeInput;
  DaySales: ResolverTypeWrapper<Omit<DaySales, 'revenue'> & { revenue: ResolversTypes['SalesRevenue'] }>;
  Dispute: ResolverTypeWrapper<DisputeRow>;
  DisputeStatus: DisputeStatus;
  EntryTokenRefused: ResolverTypeWrapper<EntryTokenRefused>;
  Event: ResolverTypeWrapper<EventRow>;
  EventAnnounced: ResolverTypeWrapper<Omit<EventAnnounced, 'event'> & { event: ResolversTypes['Event'] }>;
  EventCancellation: ResolverTypeWrapper<CancellationProgress>;
  EventCancelled: ResolverTypeWrapper<Omit<EventCancelled, 'event'> & { event: ResolversTypes['Event'] }>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['EventEdge']>, nodes: Array<ResolversTypes['Event']> }>;
  EventCreated: ResolverTypeWrapper<Omit<EventCreated, 'event'> & { event: ResolversTypes['Event'] }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFacet: ResolverTypeWrapper<FacetCount>;
  EventFacets: ResolverTypeWrapper<FacetLoader>;
  EventFields: EventFields;
  EventFilter: EventFilter;
  EventHasBuyers: ResolverTypeWrapper<EventHasBuyers>;
  EventHighlight: ResolverTypeWrapper<EventHighlight>;
  EventMatch: EventMatch;
  EventNotChangeable: ResolverTypeWrapper<EventNotChangeable>;
  EventNotFound: ResolverTypeWrapper<EventNotFound>;
  EventNotOnSale: ResolverTypeWrapper<EventNotOnSale>;
  EventPublished: ResolverTypeWrapper<Omit<EventPublished, 'event'> & { event: ResolversTypes['Event'] }>;
  EventSales: ResolverTypeWrapper<SalesOfEvent>;
  EventSearchConnection: ResolverTypeWrapper<EventSearchPage>;
  EventSearchEdge: ResolverTypeWrapper<EventSearchHit>;
  EventSort: EventSort;
  EventStatus: EventStatus;
  EventSuggestion: ResolverTypeWrapper<HighlightedSuggestion>;
  EventTextField: EventTextField;
  EventUpdated: ResolverTypeWrapper<UpdatedEvent>;
  EventWithdrawn: ResolverTypeWrapper<Omit<EventWithdrawn, 'event'> & { event: ResolversTypes['Event'] }>;
  ExtendReservationInput: ExtendReservationInput;
  ExtendReservationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExtendReservationResult']>;
  FieldProblem: ResolverTypeWrapper<FieldProblem>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GeneralAdmissionArea: ResolverTypeWrapper<DrawnArea>;
  GeneralAdmissionAreaInput: GeneralAdmissionAreaInput;
  GeneralAdmissionInput: GeneralAdmissionInput;
  GeneratedLayoutInput: GeneratedLayoutInput;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  JoinQueueInput: JoinQueueInput;
  JoinQueueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['JoinQueueResult']>;
  LeaveQueueInput: LeaveQueueInput;
  LeaveQueueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['LeaveQueueResult']>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NearInput: NearInput;
  NoSeatsTogether: ResolverTypeWrapper<NoSeatsTogether>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  NotEnoughTickets: ResolverTypeWrapper<NotEnoughTickets>;
  OpenWaitingRoomInput: OpenWaitingRoomInput;
  OpenWaitingRoomResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['OpenWaitingRoomResult']>;
  OrphanSeat: ResolverTypeWrapper<OrphanPlaces>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PauseSaleInput: PauseSaleInput;
  PauseSaleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PauseSaleResult']>;
  PaymentAction: ResolverTypeWrapper<PaymentAction>;
  PaymentActionRequired: ResolverTypeWrapper<Omit<PaymentActionRequired, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  PaymentAttemptLimit: PaymentAttemptLimit;
  PaymentDeclined: ResolverTypeWrapper<Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: ResolversTypes['Booking'], reservation: ResolversTypes['Reservation'] }>;
  PaymentInput: PaymentInput;
  PaymentMethodInvalid: ResolverTypeWrapper<PaymentMethodInvalid>;
  PaymentPending: ResolverTypeWrapper<Omit<PaymentPending, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  PaymentProviderBusy: ResolverTypeWrapper<PaymentProviderBusy>;
  PaymentUnavailable: ResolverTypeWrapper<Omit<PaymentUnavailable, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  PaymentUnderWay: ResolverTypeWrapper<PaymentUnderWay>;
  Performer: ResolverTypeWrapper<PerformerRow>;
  PerformerCreated: ResolverTypeWrapper<Omit<PerformerCreated, 'performer'> & { performer: ResolversTypes['Performer'] }>;
  PerformerFields: PerformerFields;
  PerformerNotFound: ResolverTypeWrapper<PerformerNotFound>;
  PerformerSuggestion: ResolverTypeWrapper<HighlightedSuggestion>;
  PerformerUpdated: ResolverTypeWrapper<Omit<PerformerUpdated, 'performer'> & { performer: ResolversTypes['Performer'] }>;
  PriceChangeInput: PriceChangeInput;
  PriceFacet: ResolverTypeWrapper<PriceFacet>;
  PriceRangeInput: PriceRangeInput;
  PriceTier: ResolverTypeWrapper<PricedTier>;
  PricesChanged: ResolverTypeWrapper<Omit<PricesChanged, 'event'> & { event: ResolversTypes['Event'] }>;
  PublishEventInput: PublishEventInput;
  PublishEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PublishEventResult']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueueChallenge: ResolverTypeWrapper<QueueChallenge>;
  QueueEntry: ResolverTypeWrapper<OwnEntry>;
  QueueEntryState: QueueEntryState;
  QueueJoined: ResolverTypeWrapper<Omit<QueueJoined, 'entry' | 'waitingRoom'> & { entry: ResolversTypes['QueueEntry'], waitingRoom: ResolversTypes['WaitingRoom'] }>;
  QueueLeft: ResolverTypeWrapper<Omit<QueueLeft, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }>;
  QueueState: QueueState;
  QueueStatus: ResolverTypeWrapper<StatusInQueue>;
  Refund: ResolverTypeWrapper<RefundRow>;
  RefundAccepted: ResolverTypeWrapper<Omit<RefundAccepted, 'amount' | 'booking'> & { amount: ResolversTypes['Money'], booking: ResolversTypes['Booking'] }>;
  RefundAmountInput: RefundAmountInput;
  RefundAmountResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefundAmountResult']>;
  RefundExceedsPayment: ResolverTypeWrapper<Omit<RefundExceedsPayment, 'left'> & { left: ResolversTypes['Money'] }>;
  RefundStatus: RefundStatus;
  RefundTicketsInput: RefundTicketsInput;
  RefundTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefundTicketsResult']>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  ReleaseReservationInput: ReleaseReservationInput;
  ReleaseReservationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReleaseReservationResult']>;
  Reservation: ResolverTypeWrapper<ReservationRow>;
  ReservationAtCap: ResolverTypeWrapper<Omit<ReservationAtCap, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  ReservationConnection: ResolverTypeWrapper<Omit<ReservationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ReservationEdge']>, nodes: Array<ResolversTypes['Reservation']> }>;
  ReservationEdge: ResolverTypeWrapper<Omit<ReservationEdge, 'node'> & { node: ResolversTypes['Reservation'] }>;
  ReservationExtended: ResolverTypeWrapper<Omit<ReservationExtended, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  ReservationNotFound: ResolverTypeWrapper<ReservationNotFound>;
  ReservationOver: ResolverTypeWrapper<Omit<ReservationOver, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  ReservationReleased: ResolverTypeWrapper<Omit<ReservationReleased, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  ReservationStatus: ReservationStatus;
  ReserveBestAvailableInput: ReserveBestAvailableInput;
  ReserveBestAvailableResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReserveBestAvailableResult']>;
  ReserveTicketsInput: ReserveTicketsInput;
  ReserveTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReserveTicketsResult']>;
  ResumeSaleInput: ResumeSaleInput;
  ResumeSaleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ResumeSaleResult']>;
  Role: Role;
  SaleIsPaused: ResolverTypeWrapper<SaleIsPaused>;
  SalePaused: ResolverTypeWrapper<Omit<SalePaused, 'event'> & { event: ResolversTypes['Event'] }>;
  SaleResumed: ResolverTypeWrapper<Omit<SaleResumed, 'event'> & { event: ResolversTypes['Event'] }>;
  SalesConversion: ResolverTypeWrapper<SalesConversion>;
  SalesCounts: ResolverTypeWrapper<SalesCounts>;
  SalesRevenue: ResolverTypeWrapper<Omit<SalesRevenue, 'charged' | 'disputed' | 'net' | 'refunded'> & { charged: ResolversTypes['Money'], disputed: ResolversTypes['Money'], net: ResolversTypes['Money'], refunded: ResolversTypes['Money'] }>;
  SearchEventsInput: SearchEventsInput;
  SeatMap: ResolverTypeWrapper<SeatMapSnapshot>;
  SeatMapDelta: ResolverTypeWrapper<SeatMapDelta>;
  SeatMapSection: ResolverTypeWrapper<Omit<SeatMapSection, 'lowestPrice'> & { lowestPrice?: Maybe<ResolversTypes['Money']> }>;
  SeatMapTier: ResolverTypeWrapper<Omit<SeatMapTier, 'price'> & { price: ResolversTypes['Money'] }>;
  SeatMapUpdate: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SeatMapUpdate']>;
  SeatRow: ResolverTypeWrapper<Row>;
  SeatRowInput: SeatRowInput;
  SeatedSection: ResolverTypeWrapper<DrawnSeatedSection>;
  SeatedSectionInput: SeatedSectionInput;
  SeatingPlan: ResolverTypeWrapper<SeatingPlanHead>;
  SeatingPlanCreated: ResolverTypeWrapper<Omit<SeatingPlanCreated, 'seatingPlan'> & { seatingPlan: ResolversTypes['SeatingPlan'] }>;
  SeatingPlanLayoutInput: SeatingPlanLayoutInput;
  SeatingPlanNotFound: ResolverTypeWrapper<SeatingPlanNotFound>;
  SeatingPlanSourceInput: SeatingPlanSourceInput;
  SeatingPlanStage: ResolverTypeWrapper<SeatingPlanStage>;
  SeatingPlanUpdated: ResolverTypeWrapper<Omit<SeatingPlanUpdated, 'seatingPlan'> & { seatingPlan: ResolversTypes['SeatingPlan'] }>;
  SeatingSection: ResolverTypeWrapper<SectionOfTicket>;
  Section: ResolverTypeWrapper<DrawnSection>;
  SectionInput: SectionInput;
  SectionSales: ResolverTypeWrapper<Omit<SectionSales, 'net' | 'section'> & { net: ResolversTypes['Money'], section: ResolversTypes['SeatingSection'] }>;
  SteerWaitingRoomInput: SteerWaitingRoomInput;
  SteerWaitingRoomResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SteerWaitingRoomResult']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Suggestion: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Suggestion']>;
  TextRange: ResolverTypeWrapper<TextRange>;
  Ticket: ResolverTypeWrapper<TicketRow>;
  TicketLimitExceeded: ResolverTypeWrapper<TicketLimitExceeded>;
  TicketSelectionInput: TicketSelectionInput;
  TicketStatus: TicketStatus;
  TicketsAlreadyYours: ResolverTypeWrapper<Omit<TicketsAlreadyYours, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  TicketsBlocked: ResolverTypeWrapper<Omit<TicketsBlocked, 'event'> & { event: ResolversTypes['Event'] }>;
  TicketsNotInBooking: ResolverTypeWrapper<TicketsNotInBooking>;
  TicketsReserved: ResolverTypeWrapper<Omit<TicketsReserved, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  TicketsUnavailable: ResolverTypeWrapper<UnavailablePlaces>;
  TicketsUnblocked: ResolverTypeWrapper<Omit<TicketsUnblocked, 'event'> & { event: ResolversTypes['Event'] }>;
  TierPriceInput: TierPriceInput;
  TierSales: ResolverTypeWrapper<Omit<TierSales, 'net'> & { net: ResolversTypes['Money'] }>;
  TooManyPaymentAttempts: ResolverTypeWrapper<TooManyPaymentAttempts>;
  UnblockTicketsInput: UnblockTicketsInput;
  UnblockTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UnblockTicketsResult']>;
  Understood: ResolverTypeWrapper<UnderstoodPart>;
  UnderstoodDates: ResolverTypeWrapper<DatesPart>;
  UnderstoodPlace: ResolverTypeWrapper<PlacePart>;
  UnderstoodPrice: ResolverTypeWrapper<PricePart>;
  UpdateEventInput: UpdateEventInput;
  UpdateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateEventResult']>;
  UpdatePerformerInput: UpdatePerformerInput;
  UpdatePerformerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdatePerformerResult']>;
  UpdateSeatingPlanInput: UpdateSeatingPlanInput;
  UpdateSeatingPlanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateSeatingPlanResult']>;
  UpdateVenueInput: UpdateVenueInput;
  UpdateVenueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateVenueResult']>;
  UpdateWaitingRoomInput: UpdateWaitingRoomInput;
  UpdateWaitingRoomResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateWaitingRoomResult']>;
  Venue: ResolverTypeWrapper<VenueRow>;
  VenueCreated: ResolverTypeWrapper<Omit<VenueCreated, 'venue'> & { venue: ResolversTypes['Venue'] }>;
  VenueFields: VenueFields;
  VenueNotFound: ResolverTypeWrapper<VenueNotFound>;
  VenueSuggestion: ResolverTypeWrapper<HighlightedSuggestion>;
  VenueUpdated: ResolverTypeWrapper<Omit<VenueUpdated, 'venue'> & { venue: ResolversTypes['Venue'] }>;
  Viewer: ResolverTypeWrapper<SignedInViewer>;
  WaitingRoom: ResolverTypeWrapper<RoomRow>;
  WaitingRoomAction: WaitingRoomAction;
  WaitingRoomClosed: ResolverTypeWrapper<Omit<WaitingRoomClosed, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }>;
  WaitingRoomDraining: ResolverTypeWrapper<WaitingRoomDraining>;
  WaitingRoomDraw: ResolverTypeWrapper<DrawnRoom>;
  WaitingRoomExists: ResolverTypeWrapper<Omit<WaitingRoomExists, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }>;
  WaitingRoomFigures: ResolverTypeWrapper<WaitingRoomFigures>;
  WaitingRoomNotFound: ResolverTypeWrapper<WaitingRoomNotFound>;
  WaitingRoomOccupied: ResolverTypeWrapper<WaitingRoomOccupied>;
  WaitingRoomOpened: ResolverTypeWrapper<Omit<WaitingRoomOpened, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }>;
  WaitingRoomOrder: WaitingRoomOrder;
  WaitingRoomState: WaitingRoomState;
  WaitingRoomUpdated: ResolverTypeWrapper<Omit<WaitingRoomUpdated, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }>;
  WithdrawEventInput: WithdrawEventInput;
  WithdrawEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WithdrawEventResult']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AdmissionLogConnection: Omit<AdmissionLogConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['AdmissionLogEdge']>, nodes: Array<ResolversParentTypes['AdmissionLogEntry']> };
  AdmissionLogEdge: Omit<AdmissionLogEdge, 'node'> & { node: ResolversParentTypes['AdmissionLogEntry'] };
  AdmissionLogEntry: AdmissionLogRow;
  AdmissionLogUpdate: Omit<AdmissionLogUpdate, 'entries'> & { entries: Array<ResolversParentTypes['AdmissionLogEntry']> };
  AdmissionRequired: Omit<AdmissionRequired, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  Amount: Scalars['Amount']['output'];
  AmountMismatch: Omit<AmountMismatch, 'total'> & { total: ResolversParentTypes['Money'] };
  AnnounceEventInput: AnnounceEventInput;
  AnnounceEventResult: ResolversUnionTypes<ResolversParentTypes>['AnnounceEventResult'];
  AuditChange: AuditChange;
  AuditEntry: AuditRow;
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['AuditEntryEdge']>, nodes: Array<ResolversParentTypes['AuditEntry']> };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AvailabilityFacet: AvailabilityFacet;
  BlockTicketsInput: BlockTicketsInput;
  BlockTicketsResult: ResolversUnionTypes<ResolversParentTypes>['BlockTicketsResult'];
  Booking: BookingRow;
  BookingCancelled: Omit<BookingCancelled, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingConfirmed: Omit<BookingConfirmed, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingConnection: Omit<BookingConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['BookingEdge']>, nodes: Array<ResolversParentTypes['Booking']> };
  BookingEdge: Omit<BookingEdge, 'node'> & { node: ResolversParentTypes['Booking'] };
  BookingNotCancellable: Omit<BookingNotCancellable, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingNotFound: BookingNotFound;
  BookingNotRefundable: Omit<BookingNotRefundable, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingRefunded: Omit<BookingRefunded, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingUnderWay: Omit<BookingUnderWay, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  Boolean: Scalars['Boolean']['output'];
  CancelBookingInput: CancelBookingInput;
  CancelBookingResult: ResolversUnionTypes<ResolversParentTypes>['CancelBookingResult'];
  CancelEventInput: CancelEventInput;
  CancelEventResult: ResolversUnionTypes<ResolversParentTypes>['CancelEventResult'];
  ChallengeRefused: ChallengeRefused;
  ChallengeRequired: ChallengeRequired;
  ChangePricesInput: ChangePricesInput;
  ChangePricesResult: ResolversUnionTypes<ResolversParentTypes>['ChangePricesResult'];
  CitySuggestion: HighlightedSuggestion;
  CloseWaitingRoomInput: CloseWaitingRoomInput;
  CloseWaitingRoomResult: ResolversUnionTypes<ResolversParentTypes>['CloseWaitingRoomResult'];
  ConfirmBookingInput: ConfirmBookingInput;
  ConfirmBookingResult: ResolversUnionTypes<ResolversParentTypes>['ConfirmBookingResult'];
  CreateEventInput: CreateEventInput;
  CreateEventResult: ResolversUnionTypes<ResolversParentTypes>['CreateEventResult'];
  CreatePerformerInput: CreatePerformerInput;
  CreatePerformerResult: ResolversUnionTypes<ResolversParentTypes>['CreatePerformerResult'];
  CreateSeatingPlanInput: CreateSeatingPlanInput;
  CreateSeatingPlanResult: ResolversUnionTypes<ResolversParentTypes>['CreateSeatingPlanResult'];
  CreateVenueInput: CreateVenueInput;
  CreateVenueResult: ResolversUnionTypes<ResolversParentTypes>['CreateVenueResult'];
  Currency: Scalars['Currency']['output'];
  DateRangeInput: DateRangeInput;
  DateTime: Scalars['DateTime']['output'];
  DayRangeInput: DayRangeInput;
  DaySales: Omit<DaySales, 'revenue'> & { revenue: ResolversParentTypes['SalesRevenue'] };
  Dispute: DisputeRow;
  EntryTokenRefused: EntryTokenRefused;
  Event: EventRow;
  EventAnnounced: Omit<EventAnnounced, 'event'> & { event: ResolversParentTypes['Event'] };
  EventCancellation: CancellationProgress;
  EventCancelled: Omit<EventCancelled, 'event'> & { event: ResolversParentTypes['Event'] };
  EventConnection: Omit<EventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['EventEdge']>, nodes: Array<ResolversParentTypes['Event']> };
  EventCreated: Omit<EventCreated, 'event'> & { event: ResolversParentTypes['Event'] };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFacet: FacetCount;
  EventFacets: FacetLoader;
  EventFields: EventFields;
  EventFilter: EventFilter;
  EventHasBuyers: EventHasBuyers;
  EventHighlight: EventHighlight;
  EventNotChangeable: EventNotChangeable;
  EventNotFound: EventNotFound;
  EventNotOnSale: EventNotOnSale;
  EventPublished: Omit<EventPublished, 'event'> & { event: ResolversParentTypes['Event'] };
  EventSales: SalesOfEvent;
  EventSearchConnection: EventSearchPage;
  EventSearchEdge: EventSearchHit;
  EventSuggestion: HighlightedSuggestion;
  EventUpdated: UpdatedEvent;
  EventWithdrawn: Omit<EventWithdrawn, 'event'> & { event: ResolversParentTypes['Event'] };
  ExtendReservationInput: ExtendReservationInput;
  ExtendReservationResult: ResolversUnionTypes<ResolversParentTypes>['ExtendReservationResult'];
  FieldProblem: FieldProblem;
  Float: Scalars['Float']['output'];
  GeneralAdmissionArea: DrawnArea;
  GeneralAdmissionAreaInput: GeneralAdmissionAreaInput;
  GeneralAdmissionInput: GeneralAdmissionInput;
  GeneratedLayoutInput: GeneratedLayoutInput;
  GeoPoint: GeoPoint;
  ID: Scalars['ID']['output'];
  IdempotencyKeyReused: IdempotencyKeyReused;
  Int: Scalars['Int']['output'];
  InvalidInput: InvalidInput;
  JoinQueueInput: JoinQueueInput;
  JoinQueueResult: ResolversUnionTypes<ResolversParentTypes>['JoinQueueResult'];
  LeaveQueueInput: LeaveQueueInput;
  LeaveQueueResult: ResolversUnionTypes<ResolversParentTypes>['LeaveQueueResult'];
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NearInput: NearInput;
  NoSeatsTogether: NoSeatsTogether;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  NotEnoughTickets: NotEnoughTickets;
  OpenWaitingRoomInput: OpenWaitingRoomInput;
  OpenWaitingRoomResult: ResolversUnionTypes<ResolversParentTypes>['OpenWaitingRoomResult'];
  OrphanSeat: OrphanPlaces;
  PageInfo: PageInfo;
  PauseSaleInput: PauseSaleInput;
  PauseSaleResult: ResolversUnionTypes<ResolversParentTypes>['PauseSaleResult'];
  PaymentAction: PaymentAction;
  PaymentActionRequired: Omit<PaymentActionRequired, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  PaymentDeclined: Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: ResolversParentTypes['Booking'], reservation: ResolversParentTypes['Reservation'] };
  PaymentInput: PaymentInput;
  PaymentMethodInvalid: PaymentMethodInvalid;
  PaymentPending: Omit<PaymentPending, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  PaymentProviderBusy: PaymentProviderBusy;
  PaymentUnavailable: Omit<PaymentUnavailable, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  PaymentUnderWay: PaymentUnderWay;
  Performer: PerformerRow;
  PerformerCreated: Omit<PerformerCreated, 'performer'> & { performer: ResolversParentTypes['Performer'] };
  PerformerFields: PerformerFields;
  PerformerNotFound: PerformerNotFound;
  PerformerSuggestion: HighlightedSuggestion;
  PerformerUpdated: Omit<PerformerUpdated, 'performer'> & { performer: ResolversParentTypes['Performer'] };
  PriceChangeInput: PriceChangeInput;
  PriceFacet: PriceFacet;
  PriceRangeInput: PriceRangeInput;
  PriceTier: PricedTier;
  PricesChanged: Omit<PricesChanged, 'event'> & { event: ResolversParentTypes['Event'] };
  PublishEventInput: PublishEventInput;
  PublishEventResult: ResolversUnionTypes<ResolversParentTypes>['PublishEventResult'];
  Query: Record<PropertyKey, never>;
  QueueChallenge: QueueChallenge;
  QueueEntry: OwnEntry;
  QueueJoined: Omit<QueueJoined, 'entry' | 'waitingRoom'> & { entry: ResolversParentTypes['QueueEntry'], waitingRoom: ResolversParentTypes['WaitingRoom'] };
  QueueLeft: Omit<QueueLeft, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  QueueStatus: StatusInQueue;
  Refund: RefundRow;
  RefundAccepted: Omit<RefundAccepted, 'amount' | 'booking'> & { amount: ResolversParentTypes['Money'], booking: ResolversParentTypes['Booking'] };
  RefundAmountInput: RefundAmountInput;
  RefundAmountResult: ResolversUnionTypes<ResolversParentTypes>['RefundAmountResult'];
  RefundExceedsPayment: Omit<RefundExceedsPayment, 'left'> & { left: ResolversParentTypes['Money'] };
  RefundTicketsInput: RefundTicketsInput;
  RefundTicketsResult: ResolversUnionTypes<ResolversParentTypes>['RefundTicketsResult'];
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  ReleaseReservationInput: ReleaseReservationInput;
  ReleaseReservationResult: ResolversUnionTypes<ResolversParentTypes>['ReleaseReservationResult'];
  Reservation: ReservationRow;
  ReservationAtCap: Omit<ReservationAtCap, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  ReservationConnection: Omit<ReservationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ReservationEdge']>, nodes: Array<ResolversParentTypes['Reservation']> };
  ReservationEdge: Omit<ReservationEdge, 'node'> & { node: ResolversParentTypes['Reservation'] };
  ReservationExtended: Omit<ReservationExtended, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  ReservationNotFound: ReservationNotFound;
  ReservationOver: Omit<ReservationOver, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  ReservationReleased: Omit<ReservationReleased, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  ReserveBestAvailableInput: ReserveBestAvailableInput;
  ReserveBestAvailableResult: ResolversUnionTypes<ResolversParentTypes>['ReserveBestAvailableResult'];
  ReserveTicketsInput: ReserveTicketsInput;
  ReserveTicketsResult: ResolversUnionTypes<ResolversParentTypes>['ReserveTicketsResult'];
  ResumeSaleInput: ResumeSaleInput;
  ResumeSaleResult: ResolversUnionTypes<ResolversParentTypes>['ResumeSaleResult'];
  SaleIsPaused: SaleIsPaused;
  SalePaused: Omit<SalePaused, 'event'> & { event: ResolversParentTypes['Event'] };
  SaleResumed: Omit<SaleResumed, 'event'> & { event: ResolversParentTypes['Event'] };
  SalesConversion: SalesConversion;
  SalesCounts: SalesCounts;
  SalesRevenue: Omit<SalesRevenue, 'charged' | 'disputed' | 'net' | 'refunded'> & { charged: ResolversParentTypes['Money'], disputed: ResolversParentTypes['Money'], net: ResolversParentTypes['Money'], refunded: ResolversParentTypes['Money'] };
  SearchEventsInput: SearchEventsInput;
  SeatMap: SeatMapSnapshot;
  SeatMapDelta: SeatMapDelta;
  SeatMapSection: Omit<SeatMapSection, 'lowestPrice'> & { lowestPrice?: Maybe<ResolversParentTypes['Money']> };
  SeatMapTier: Omit<SeatMapTier, 'price'> & { price: ResolversParentTypes['Money'] };
  SeatMapUpdate: ResolversUnionTypes<ResolversParentTypes>['SeatMapUpdate'];
  SeatRow: Row;
  SeatRowInput: SeatRowInput;
  SeatedSection: DrawnSeatedSection;
  SeatedSectionInput: SeatedSectionInput;
  SeatingPlan: SeatingPlanHead;
  SeatingPlanCreated: Omit<SeatingPlanCreated, 'seatingPlan'> & { seatingPlan: ResolversParentTypes['SeatingPlan'] };
  SeatingPlanLayoutInput: SeatingPlanLayoutInput;
  SeatingPlanNotFound: SeatingPlanNotFound;
  SeatingPlanSourceInput: SeatingPlanSourceInput;
  SeatingPlanStage: SeatingPlanStage;
  SeatingPlanUpdated: Omit<SeatingPlanUpdated, 'seatingPlan'> & { seatingPlan: ResolversParentTypes['SeatingPlan'] };
  SeatingSection: SectionOfTicket;
  Section: DrawnSection;
  SectionInput: SectionInput;
  SectionSales: Omit<SectionSales, 'net' | 'section'> & { net: ResolversParentTypes['Money'], section: ResolversParentTypes['SeatingSection'] };
  SteerWaitingRoomInput: SteerWaitingRoomInput;
  SteerWaitingRoomResult: ResolversUnionTypes<ResolversParentTypes>['SteerWaitingRoomResult'];
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  Suggestion: ResolversInterfaceTypes<ResolversParentTypes>['Suggestion'];
  TextRange: TextRange;
  Ticket: TicketRow;
  TicketLimitExceeded: TicketLimitExceeded;
  TicketSelectionInput: TicketSelectionInput;
  TicketsAlreadyYours: Omit<TicketsAlreadyYours, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  TicketsBlocked: Omit<TicketsBlocked, 'event'> & { event: ResolversParentTypes['Event'] };
  TicketsNotInBooking: TicketsNotInBooking;
  TicketsReserved: Omit<TicketsReserved, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  TicketsUnavailable: UnavailablePlaces;
  TicketsUnblocked: Omit<TicketsUnblocked, 'event'> & { event: ResolversParentTypes['Event'] };
  TierPriceInput: TierPriceInput;
  TierSales: Omit<TierSales, 'net'> & { net: ResolversParentTypes['Money'] };
  TooManyPaymentAttempts: TooManyPaymentAttempts;
  UnblockTicketsInput: UnblockTicketsInput;
  UnblockTicketsResult: ResolversUnionTypes<ResolversParentTypes>['UnblockTicketsResult'];
  Understood: UnderstoodPart;
  UnderstoodDates: DatesPart;
  UnderstoodPlace: PlacePart;
  UnderstoodPrice: PricePart;
  UpdateEventInput: UpdateEventInput;
  UpdateEventResult: ResolversUnionTypes<ResolversParentTypes>['UpdateEventResult'];
  UpdatePerformerInput: UpdatePerformerInput;
  UpdatePerformerResult: ResolversUnionTypes<ResolversParentTypes>['UpdatePerformerResult'];
  UpdateSeatingPlanInput: UpdateSeatingPlanInput;
  UpdateSeatingPlanResult: ResolversUnionTypes<ResolversParentTypes>['UpdateSeatingPlanResult'];
  UpdateVenueInput: UpdateVenueInput;
  UpdateVenueResult: ResolversUnionTypes<ResolversParentTypes>['UpdateVenueResult'];
  UpdateWaitingRoomInput: UpdateWaitingRoomInput;
  UpdateWaitingRoomResult: ResolversUnionTypes<ResolversParentTypes>['UpdateWaitingRoomResult'];
  Venue: VenueRow;
  VenueCreated: Omit<VenueCreated, 'venue'> & { venue: ResolversParentTypes['Venue'] };
  VenueFields: VenueFields;
  VenueNotFound: VenueNotFound;
  VenueSuggestion: HighlightedSuggestion;
  VenueUpdated: Omit<VenueUpdated, 'venue'> & { venue: ResolversParentTypes['Venue'] };
  Viewer: SignedInViewer;
  WaitingRoom: RoomRow;
  WaitingRoomClosed: Omit<WaitingRoomClosed, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  WaitingRoomDraining: WaitingRoomDraining;
  WaitingRoomDraw: DrawnRoom;
  WaitingRoomExists: Omit<WaitingRoomExists, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  WaitingRoomFigures: WaitingRoomFigures;
  WaitingRoomNotFound: WaitingRoomNotFound;
  WaitingRoomOccupied: WaitingRoomOccupied;
  WaitingRoomOpened: Omit<WaitingRoomOpened, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  WaitingRoomUpdated: Omit<WaitingRoomUpdated, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  WithdrawEventInput: WithdrawEventInput;
  WithdrawEventResult: ResolversUnionTypes<ResolversParentTypes>['WithdrawEventResult'];
};

export type AccessDirectiveArgs = {
  to: Audience;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = Context, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumed: Scalars['Int']['input'];
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = Context, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  roles?: Array<Role>;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = Context, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type WeightDirectiveArgs = {
  perItems?: Maybe<Scalars['Int']['input']>;
  value: Scalars['Int']['input'];
};

export type WeightDirectiveResolver<Result, Parent, ContextType = Context, Args = WeightDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AdmissionLogConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdmissionLogConnection'] = ResolversParentTypes['AdmissionLogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AdmissionLogEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AdmissionLogEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AdmissionLogEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdmissionLogEdge'] = ResolversParentTypes['AdmissionLogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AdmissionLogEntry'], ParentType, ContextType>;
};

export type AdmissionLogEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdmissionLogEntry'] = ResolversParentTypes['AdmissionLogEntry']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entry?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AdmissionLogKind'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AdmissionLogUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdmissionLogUpdate'] = ResolversParentTypes['AdmissionLogUpdate']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entries?: Resolver<Array<ResolversTypes['AdmissionLogEntry']>, ParentType, ContextType>;
};

export type AdmissionRequiredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdmissionRequired'] = ResolversParentTypes['AdmissionRequired']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface AmountScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Amount'], any> {
  name: 'Amount';
}

export type AmountMismatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmountMismatch'] = ResolversParentTypes['AmountMismatch']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AnnounceEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnnounceEventResult'] = ResolversParentTypes['AnnounceEventResult']> = {
  __resolveType: TypeResolveFn<'EventAnnounced' | 'EventNotChangeable' | 'EventNotFound', ParentType, ContextType>;
};

export type AuditChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditChange'] = ResolversParentTypes['AuditChange']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  byAdministrator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['AuditChange']>, ParentType, ContextType>;
  mutation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AvailabilityFacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailabilityFacet'] = ResolversParentTypes['AvailabilityFacet']> = {
  accessible?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onSale?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BlockTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockTicketsResult'] = ResolversParentTypes['BlockTicketsResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'EventNotOnSale' | 'InvalidInput' | 'TicketsBlocked' | 'TicketsUnavailable', ParentType, ContextType>;
};

export type BookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Booking'] = ResolversParentTypes['Booking']> = {
  buyer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cancelledWithEvent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  confirmedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disputes?: Resolver<Array<ResolversTypes['Dispute']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  failureMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paymentAction?: Resolver<Maybe<ResolversTypes['PaymentAction']>, ParentType, ContextType>;
  refunds?: Resolver<Array<ResolversTypes['Refund']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['BookingStatus'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingCancelledResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingCancelled'] = ResolversParentTypes['BookingCancelled']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingConfirmedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingConfirmed'] = ResolversParentTypes['BookingConfirmed']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingConnection'] = ResolversParentTypes['BookingConnection']> = {
  edges?: Resolver<Array<ResolversTypes['BookingEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Booking']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BookingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingEdge'] = ResolversParentTypes['BookingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
};

export type BookingNotCancellableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingNotCancellable'] = ResolversParentTypes['BookingNotCancellable']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingNotFound'] = ResolversParentTypes['BookingNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingNotRefundableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingNotRefundable'] = ResolversParentTypes['BookingNotRefundable']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingRefundedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingRefunded'] = ResolversParentTypes['BookingRefunded']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingUnderWayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingUnderWay'] = ResolversParentTypes['BookingUnderWay']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CancelBookingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelBookingResult'] = ResolversParentTypes['CancelBookingResult']> = {
  __resolveType: TypeResolveFn<'BookingCancelled' | 'BookingNotCancellable' | 'BookingNotFound', ParentType, ContextType>;
};

export type CancelEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelEventResult'] = ResolversParentTypes['CancelEventResult']> = {
  __resolveType: TypeResolveFn<'EventCancelled' | 'EventNotChangeable' | 'EventNotFound', ParentType, ContextType>;
};

export type ChallengeRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChallengeRefused'] = ResolversParentTypes['ChallengeRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChallengeRequiredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChallengeRequired'] = ResolversParentTypes['ChallengeRequired']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangePricesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangePricesResult'] = ResolversParentTypes['ChangePricesResult']> = {
  __resolveType: TypeResolveFn<'EventNotChangeable' | 'EventNotFound' | 'InvalidInput' | 'PricesChanged', ParentType, ContextType>;
};

export type CitySuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CitySuggestion'] = ResolversParentTypes['CitySuggestion']> = {
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  highlights?: Resolver<Array<ResolversTypes['TextRange']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upcomingEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CloseWaitingRoomResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloseWaitingRoomResult'] = ResolversParentTypes['CloseWaitingRoomResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'WaitingRoomClosed' | 'WaitingRoomNotFound' | 'WaitingRoomOccupied', ParentType, ContextType>;
};

export type ConfirmBookingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmBookingResult'] = ResolversParentTypes['ConfirmBookingResult']> = {
  __resolveType: TypeResolveFn<'AmountMismatch' | 'BookingConfirmed' | 'BookingRefunded' | 'BookingUnderWay' | 'IdempotencyKeyReused' | 'InvalidInput' | 'PaymentActionRequired' | 'PaymentDeclined' | 'PaymentMethodInvalid' | 'PaymentPending' | 'PaymentProviderBusy' | 'PaymentUnavailable' | 'ReservationNotFound' | 'ReservationOver' | 'TooManyPaymentAttempts', ParentType, ContextType>;
};

export type CreateEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateEventResult'] = ResolversParentTypes['CreateEventResult']> = {
  __resolveType: TypeResolveFn<'EventCreated' | 'InvalidInput', ParentType, ContextType>;
};

export type CreatePerformerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreatePerformerResult'] = ResolversParentTypes['CreatePerformerResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'PerformerCreated', ParentType, ContextType>;
};

export type CreateSeatingPlanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateSeatingPlanResult'] = ResolversParentTypes['CreateSeatingPlanResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'SeatingPlanCreated' | 'VenueNotFound', ParentType, ContextType>;
};

export type CreateVenueResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateVenueResult'] = ResolversParentTypes['CreateVenueResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'VenueCreated', ParentType, ContextType>;
};

export interface CurrencyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Currency'], any> {
  name: 'Currency';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DaySalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DaySales'] = ResolversParentTypes['DaySales']> = {
  bookings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['SalesRevenue'], ParentType, ContextType>;
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  respondBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DisputeStatus'], ParentType, ContextType>;
};

export type EntryTokenRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntryTokenRefused'] = ResolversParentTypes['EntryTokenRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  activeReservations?: Resolver<Array<ResolversTypes['Reservation']>, ParentType, ContextType>;
  auditTrail?: Resolver<Maybe<ResolversTypes['AuditEntryConnection']>, ParentType, ContextType, RequireFields<EventAuditTrailArgs, 'first'>>;
  bookings?: Resolver<Maybe<ResolversTypes['BookingConnection']>, ParentType, ContextType, RequireFields<EventBookingsArgs, 'first'>>;
  bookingsCsvPath?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cancellation?: Resolver<Maybe<ResolversTypes['EventCancellation']>, ParentType, ContextType>;
  cancellationEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cancellationEndsAtLocal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  countryCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAtLocal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  genre?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  highestPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  holdCapSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holdSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['GeoPoint']>, ParentType, ContextType>;
  lowestPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orphanRule?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  performers?: Resolver<Array<ResolversTypes['Performer']>, ParentType, ContextType>;
  priceTiers?: Resolver<Array<ResolversTypes['PriceTier']>, ParentType, ContextType>;
  saleEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  saleEndsAtLocal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  salePausedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  saleStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  saleStartsAtLocal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sales?: Resolver<Maybe<ResolversTypes['EventSales']>, ParentType, ContextType>;
  seatingPlan?: Resolver<Maybe<ResolversTypes['SeatingPlan']>, ParentType, ContextType>;
  series?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startsAtIsApproximate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startsAtLocal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  ticketLimit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType, RequireFields<EventTicketsArgs, 'places'>>;
  tierAvailability?: Resolver<Maybe<Array<ResolversTypes['SeatMapTier']>>, ParentType, ContextType>;
  timezone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType>;
  waitingRoom?: Resolver<Maybe<ResolversTypes['WaitingRoom']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventAnnouncedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventAnnounced'] = ResolversParentTypes['EventAnnounced']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventCancellationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventCancellation'] = ResolversParentTypes['EventCancellation']> = {
  bookings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cancelledAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refundedAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type EventCancelledResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventCancelled'] = ResolversParentTypes['EventCancelled']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventCreated'] = ResolversParentTypes['EventCreated']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EventFacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventFacet'] = ResolversParentTypes['EventFacet']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EventFacetsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventFacets'] = ResolversParentTypes['EventFacets']> = {
  availability?: Resolver<ResolversTypes['AvailabilityFacet'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['EventFacet']>, ParentType, ContextType>;
  cities?: Resolver<Array<ResolversTypes['EventFacet']>, ParentType, ContextType>;
  countries?: Resolver<Array<ResolversTypes['EventFacet']>, ParentType, ContextType>;
  genres?: Resolver<Array<ResolversTypes['EventFacet']>, ParentType, ContextType>;
  months?: Resolver<Array<ResolversTypes['EventFacet']>, ParentType, ContextType>;
  prices?: Resolver<Array<ResolversTypes['PriceFacet']>, ParentType, ContextType>;
  venues?: Resolver<Array<ResolversTypes['EventFacet']>, ParentType, ContextType>;
};

export type EventHasBuyersResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventHasBuyers'] = ResolversParentTypes['EventHasBuyers']> = {
  heldTickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  soldTickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventHighlightResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventHighlight'] = ResolversParentTypes['EventHighlight']> = {
  field?: Resolver<ResolversTypes['EventTextField'], ParentType, ContextType>;
  ranges?: Resolver<Array<ResolversTypes['TextRange']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EventNotChangeableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventNotChangeable'] = ResolversParentTypes['EventNotChangeable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventNotFound'] = ResolversParentTypes['EventNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventNotOnSaleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventNotOnSale'] = ResolversParentTypes['EventNotOnSale']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  saleEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  saleStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventPublishedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventPublished'] = ResolversParentTypes['EventPublished']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventSalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSales'] = ResolversParentTypes['EventSales']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  byDay?: Resolver<Array<ResolversTypes['DaySales']>, ParentType, ContextType>;
  bySection?: Resolver<Array<ResolversTypes['SectionSales']>, ParentType, ContextType>;
  byTier?: Resolver<Array<ResolversTypes['TierSales']>, ParentType, ContextType>;
  conversion?: Resolver<ResolversTypes['SalesConversion'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['SalesRevenue'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['SalesCounts'], ParentType, ContextType>;
};

export type EventSearchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSearchConnection'] = ResolversParentTypes['EventSearchConnection']> = {
  degraded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['EventSearchEdge']>, ParentType, ContextType>;
  facets?: Resolver<ResolversTypes['EventFacets'], ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  understood?: Resolver<Array<ResolversTypes['Understood']>, ParentType, ContextType>;
};

export type EventSearchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSearchEdge'] = ResolversParentTypes['EventSearchEdge']> = {
  correctedTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distanceKm?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  highlights?: Resolver<Array<ResolversTypes['EventHighlight']>, ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['EventMatch'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type EventSuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSuggestion'] = ResolversParentTypes['EventSuggestion']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  highlights?: Resolver<Array<ResolversTypes['TextRange']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upcomingEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventUpdated'] = ResolversParentTypes['EventUpdated']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  soldTickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventWithdrawnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventWithdrawn'] = ResolversParentTypes['EventWithdrawn']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExtendReservationResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExtendReservationResult'] = ResolversParentTypes['ExtendReservationResult']> = {
  __resolveType: TypeResolveFn<'ReservationAtCap' | 'ReservationExtended' | 'ReservationNotFound' | 'ReservationOver', ParentType, ContextType>;
};

export type FieldProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldProblem'] = ResolversParentTypes['FieldProblem']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GeneralAdmissionAreaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GeneralAdmissionArea'] = ResolversParentTypes['GeneralAdmissionArea']> = {
  category?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstPlace?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outline?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
  places?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GeoPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GeoPoint'] = ResolversParentTypes['GeoPoint']> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['FieldProblem']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JoinQueueResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinQueueResult'] = ResolversParentTypes['JoinQueueResult']> = {
  __resolveType: TypeResolveFn<'ChallengeRefused' | 'ChallengeRequired' | 'EntryTokenRefused' | 'QueueJoined' | 'WaitingRoomDraining' | 'WaitingRoomNotFound', ParentType, ContextType>;
};

export type LeaveQueueResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeaveQueueResult'] = ResolversParentTypes['LeaveQueueResult']> = {
  __resolveType: TypeResolveFn<'QueueLeft' | 'WaitingRoomNotFound', ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  announceEvent?: Resolver<ResolversTypes['AnnounceEventResult'], ParentType, ContextType, RequireFields<MutationAnnounceEventArgs, 'input'>>;
  blockTickets?: Resolver<ResolversTypes['BlockTicketsResult'], ParentType, ContextType, RequireFields<MutationBlockTicketsArgs, 'input'>>;
  cancelBooking?: Resolver<ResolversTypes['CancelBookingResult'], ParentType, ContextType, RequireFields<MutationCancelBookingArgs, 'input'>>;
  cancelEvent?: Resolver<ResolversTypes['CancelEventResult'], ParentType, ContextType, RequireFields<MutationCancelEventArgs, 'input'>>;
  changePrices?: Resolver<ResolversTypes['ChangePricesResult'], ParentType, ContextType, RequireFields<MutationChangePricesArgs, 'input'>>;
  closeWaitingRoom?: Resolver<ResolversTypes['CloseWaitingRoomResult'], ParentType, ContextType, RequireFields<MutationCloseWaitingRoomArgs, 'input'>>;
  confirmBooking?: Resolver<ResolversTypes['ConfirmBookingResult'], ParentType, ContextType, RequireFields<MutationConfirmBookingArgs, 'input'>>;
  createEvent?: Resolver<ResolversTypes['CreateEventResult'], ParentType, ContextType, RequireFields<MutationCreateEventArgs, 'input'>>;
  createPerformer?: Resolver<ResolversTypes['CreatePerformerResult'], ParentType, ContextType, RequireFields<MutationCreatePerformerArgs, 'input'>>;
  createSeatingPlan?: Resolver<ResolversTypes['CreateSeatingPlanResult'], ParentType, ContextType, RequireFields<MutationCreateSeatingPlanArgs, 'input'>>;
  createVenue?: Resolver<ResolversTypes['CreateVenueResult'], ParentType, ContextType, RequireFields<MutationCreateVenueArgs, 'input'>>;
  extendReservation?: Resolver<ResolversTypes['ExtendReservationResult'], ParentType, ContextType, RequireFields<MutationExtendReservationArgs, 'input'>>;
  joinQueue?: Resolver<ResolversTypes['JoinQueueResult'], ParentType, ContextType, RequireFields<MutationJoinQueueArgs, 'input'>>;
  leaveQueue?: Resolver<ResolversTypes['LeaveQueueResult'], ParentType, ContextType, RequireFields<MutationLeaveQueueArgs, 'input'>>;
  openWaitingRoom?: Resolver<ResolversTypes['OpenWaitingRoomResult'], ParentType, ContextType, RequireFields<MutationOpenWaitingRoomArgs, 'input'>>;
  pauseSale?: Resolver<ResolversTypes['PauseSaleResult'], ParentType, ContextType, RequireFields<MutationPauseSaleArgs, 'input'>>;
  publishEvent?: Resolver<ResolversTypes['PublishEventResult'], ParentType, ContextType, RequireFields<MutationPublishEventArgs, 'input'>>;
  refundAmount?: Resolver<ResolversTypes['RefundAmountResult'], ParentType, ContextType, RequireFields<MutationRefundAmountArgs, 'input'>>;
  refundTickets?: Resolver<ResolversTypes['RefundTicketsResult'], ParentType, ContextType, RequireFields<MutationRefundTicketsArgs, 'input'>>;
  releaseReservation?: Resolver<ResolversTypes['ReleaseReservationResult'], ParentType, ContextType, RequireFields<MutationReleaseReservationArgs, 'input'>>;
  reserveBestAvailable?: Resolver<ResolversTypes['ReserveBestAvailableResult'], ParentType, ContextType, RequireFields<MutationReserveBestAvailableArgs, 'input'>>;
  reserveTickets?: Resolver<ResolversTypes['ReserveTicketsResult'], ParentType, ContextType, RequireFields<MutationReserveTicketsArgs, 'input'>>;
  resumeSale?: Resolver<ResolversTypes['ResumeSaleResult'], ParentType, ContextType, RequireFields<MutationResumeSaleArgs, 'input'>>;
  steerWaitingRoom?: Resolver<ResolversTypes['SteerWaitingRoomResult'], ParentType, ContextType, RequireFields<MutationSteerWaitingRoomArgs, 'input'>>;
  unblockTickets?: Resolver<ResolversTypes['UnblockTicketsResult'], ParentType, ContextType, RequireFields<MutationUnblockTicketsArgs, 'input'>>;
  updateEvent?: Resolver<ResolversTypes['UpdateEventResult'], ParentType, ContextType, RequireFields<MutationUpdateEventArgs, 'input'>>;
  updatePerformer?: Resolver<ResolversTypes['UpdatePerformerResult'], ParentType, ContextType, RequireFields<MutationUpdatePerformerArgs, 'input'>>;
  updateSeatingPlan?: Resolver<ResolversTypes['UpdateSeatingPlanResult'], ParentType, ContextType, RequireFields<MutationUpdateSeatingPlanArgs, 'input'>>;
  updateVenue?: Resolver<ResolversTypes['UpdateVenueResult'], ParentType, ContextType, RequireFields<MutationUpdateVenueArgs, 'input'>>;
  updateWaitingRoom?: Resolver<ResolversTypes['UpdateWaitingRoomResult'], ParentType, ContextType, RequireFields<MutationUpdateWaitingRoomArgs, 'input'>>;
  withdrawEvent?: Resolver<ResolversTypes['WithdrawEventResult'], ParentType, ContextType, RequireFields<MutationWithdrawEventArgs, 'input'>>;
};

export type NoSeatsTogetherResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoSeatsTogether'] = ResolversParentTypes['NoSeatsTogether']> = {
  accessible?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  together?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Booking' | 'Event' | 'Performer' | 'Reservation' | 'SeatingPlan' | 'Ticket' | 'Venue', ParentType, ContextType>;
};

export type NotEnoughTicketsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotEnoughTickets'] = ResolversParentTypes['NotEnoughTickets']> = {
  area?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OpenWaitingRoomResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpenWaitingRoomResult'] = ResolversParentTypes['OpenWaitingRoomResult']> = {
  __resolveType: TypeResolveFn<'EventNotChangeable' | 'EventNotFound' | 'InvalidInput' | 'WaitingRoomExists' | 'WaitingRoomOpened', ParentType, ContextType>;
};

export type OrphanSeatResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrphanSeat'] = ResolversParentTypes['OrphanSeat']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PauseSaleResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PauseSaleResult'] = ResolversParentTypes['PauseSaleResult']> = {
  __resolveType: TypeResolveFn<'EventNotChangeable' | 'EventNotFound' | 'SalePaused', ParentType, ContextType>;
};

export type PaymentActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentAction'] = ResolversParentTypes['PaymentAction']> = {
  clientSecret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  redirectUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentActionRequiredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentActionRequired'] = ResolversParentTypes['PaymentActionRequired']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  clientSecret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  redirectUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentDeclinedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentDeclined'] = ResolversParentTypes['PaymentDeclined']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentMethodInvalidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentMethodInvalid'] = ResolversParentTypes['PaymentMethodInvalid']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentPendingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentPending'] = ResolversParentTypes['PaymentPending']> = {
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentProviderBusyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentProviderBusy'] = ResolversParentTypes['PaymentProviderBusy']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentUnavailableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentUnavailable'] = ResolversParentTypes['PaymentUnavailable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentUnderWayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentUnderWay'] = ResolversParentTypes['PaymentUnderWay']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PerformerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Performer'] = ResolversParentTypes['Performer']> = {
  countryCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<PerformerEventsArgs, 'first'>>;
  genre?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PerformerCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformerCreated'] = ResolversParentTypes['PerformerCreated']> = {
  performer?: Resolver<ResolversTypes['Performer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PerformerNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformerNotFound'] = ResolversParentTypes['PerformerNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PerformerSuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformerSuggestion'] = ResolversParentTypes['PerformerSuggestion']> = {
  highlights?: Resolver<Array<ResolversTypes['TextRange']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  performer?: Resolver<ResolversTypes['Performer'], ParentType, ContextType>;
  upcomingEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PerformerUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformerUpdated'] = ResolversParentTypes['PerformerUpdated']> = {
  performer?: Resolver<ResolversTypes['Performer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceFacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceFacet'] = ResolversParentTypes['PriceFacet']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  min?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PriceTierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceTier'] = ResolversParentTypes['PriceTier']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PricesChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PricesChanged'] = ResolversParentTypes['PricesChanged']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PublishEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishEventResult'] = ResolversParentTypes['PublishEventResult']> = {
  __resolveType: TypeResolveFn<'EventNotChangeable' | 'EventNotFound' | 'EventPublished' | 'InvalidInput', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<QueryEventArgs, 'id'>>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<QueryEventsArgs, 'first'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  performer?: Resolver<Maybe<ResolversTypes['Performer']>, ParentType, ContextType, RequireFields<QueryPerformerArgs, 'id'>>;
  queueChallenge?: Resolver<Maybe<ResolversTypes['QueueChallenge']>, ParentType, ContextType, RequireFields<QueryQueueChallengeArgs, 'event'>>;
  queueStatus?: Resolver<ResolversTypes['QueueStatus'], ParentType, ContextType, RequireFields<QueryQueueStatusArgs, 'event'>>;
  searchEvents?: Resolver<ResolversTypes['EventSearchConnection'], ParentType, ContextType, RequireFields<QuerySearchEventsArgs, 'first' | 'input'>>;
  seatMap?: Resolver<Maybe<ResolversTypes['SeatMap']>, ParentType, ContextType, RequireFields<QuerySeatMapArgs, 'event'>>;
  seatMapSince?: Resolver<Maybe<ResolversTypes['SeatMapUpdate']>, ParentType, ContextType, RequireFields<QuerySeatMapSinceArgs, 'cursor' | 'event'>>;
  suggest?: Resolver<Array<ResolversTypes['Suggestion']>, ParentType, ContextType, RequireFields<QuerySuggestArgs, 'first' | 'term'>>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<QueryVenueArgs, 'id'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
  waitingRoom?: Resolver<Maybe<ResolversTypes['WaitingRoom']>, ParentType, ContextType, RequireFields<QueryWaitingRoomArgs, 'event'>>;
};

export type QueueChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueChallenge'] = ResolversParentTypes['QueueChallenge']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  challenge?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type QueueEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueEntry'] = ResolversParentTypes['QueueEntry']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pass?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['QueueEntryState'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  visitEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type QueueJoinedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueJoined'] = ResolversParentTypes['QueueJoined']> = {
  entry?: Resolver<ResolversTypes['QueueEntry'], ParentType, ContextType>;
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueueLeftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueLeft'] = ResolversParentTypes['QueueLeft']> = {
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueueStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueStatus'] = ResolversParentTypes['QueueStatus']> = {
  entry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  maxWaitSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  minWaitSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  opensAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pass?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  peopleAhead?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  secondsLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['QueueState'], ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  visitEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
};

export type RefundAcceptedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundAccepted'] = ResolversParentTypes['RefundAccepted']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  booking?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundAmountResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundAmountResult'] = ResolversParentTypes['RefundAmountResult']> = {
  __resolveType: TypeResolveFn<'BookingNotFound' | 'BookingNotRefundable' | 'IdempotencyKeyReused' | 'InvalidInput' | 'RefundAccepted' | 'RefundExceedsPayment', ParentType, ContextType>;
};

export type RefundExceedsPaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundExceedsPayment'] = ResolversParentTypes['RefundExceedsPayment']> = {
  left?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundTicketsResult'] = ResolversParentTypes['RefundTicketsResult']> = {
  __resolveType: TypeResolveFn<'BookingNotFound' | 'BookingNotRefundable' | 'IdempotencyKeyReused' | 'InvalidInput' | 'RefundAccepted' | 'TicketsNotInBooking', ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'AdmissionRequired' | 'AmountMismatch' | 'BookingNotCancellable' | 'BookingNotFound' | 'BookingNotRefundable' | 'BookingRefunded' | 'BookingUnderWay' | 'ChallengeRefused' | 'ChallengeRequired' | 'EntryTokenRefused' | 'EventHasBuyers' | 'EventNotChangeable' | 'EventNotFound' | 'EventNotOnSale' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NoSeatsTogether' | 'NotEnoughTickets' | 'OrphanSeat' | 'PaymentActionRequired' | 'PaymentDeclined' | 'PaymentMethodInvalid' | 'PaymentPending' | 'PaymentProviderBusy' | 'PaymentUnavailable' | 'PaymentUnderWay' | 'PerformerNotFound' | 'RefundExceedsPayment' | 'ReservationAtCap' | 'ReservationNotFound' | 'ReservationOver' | 'SaleIsPaused' | 'SeatingPlanNotFound' | 'TicketLimitExceeded' | 'TicketsAlreadyYours' | 'TicketsNotInBooking' | 'TicketsUnavailable' | 'TooManyPaymentAttempts' | 'VenueNotFound' | 'WaitingRoomDraining' | 'WaitingRoomExists' | 'WaitingRoomNotFound' | 'WaitingRoomOccupied', ParentType, ContextType>;
};

export type ReleaseReservationResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseReservationResult'] = ResolversParentTypes['ReleaseReservationResult']> = {
  __resolveType: TypeResolveFn<'PaymentUnderWay' | 'ReservationNotFound' | 'ReservationOver' | 'ReservationReleased', ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  extendableUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  heldAtMostUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  heldUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  secondsLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReservationStatus'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReservationAtCapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationAtCap'] = ResolversParentTypes['ReservationAtCap']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReservationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationConnection'] = ResolversParentTypes['ReservationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReservationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Reservation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReservationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationEdge'] = ResolversParentTypes['ReservationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
};

export type ReservationExtendedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationExtended'] = ResolversParentTypes['ReservationExtended']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReservationNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationNotFound'] = ResolversParentTypes['ReservationNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReservationOverResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationOver'] = ResolversParentTypes['ReservationOver']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReservationReleasedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationReleased'] = ResolversParentTypes['ReservationReleased']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReserveBestAvailableResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReserveBestAvailableResult'] = ResolversParentTypes['ReserveBestAvailableResult']> = {
  __resolveType: TypeResolveFn<'AdmissionRequired' | 'EventNotFound' | 'EventNotOnSale' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NoSeatsTogether' | 'SaleIsPaused' | 'TicketLimitExceeded' | 'TicketsReserved', ParentType, ContextType>;
};

export type ReserveTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReserveTicketsResult'] = ResolversParentTypes['ReserveTicketsResult']> = {
  __resolveType: TypeResolveFn<'AdmissionRequired' | 'EventNotFound' | 'EventNotOnSale' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NotEnoughTickets' | 'OrphanSeat' | 'SaleIsPaused' | 'TicketLimitExceeded' | 'TicketsAlreadyYours' | 'TicketsReserved' | 'TicketsUnavailable', ParentType, ContextType>;
};

export type ResumeSaleResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResumeSaleResult'] = ResolversParentTypes['ResumeSaleResult']> = {
  __resolveType: TypeResolveFn<'EventNotChangeable' | 'EventNotFound' | 'SaleResumed', ParentType, ContextType>;
};

export type SaleIsPausedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaleIsPaused'] = ResolversParentTypes['SaleIsPaused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pausedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SalePausedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalePaused'] = ResolversParentTypes['SalePaused']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SaleResumedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaleResumed'] = ResolversParentTypes['SaleResumed']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SalesConversionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesConversion'] = ResolversParentTypes['SalesConversion']> = {
  bookings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reservations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SalesCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesCounts'] = ResolversParentTypes['SalesCounts']> = {
  blocked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SalesRevenueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesRevenue'] = ResolversParentTypes['SalesRevenue']> = {
  charged?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  disputed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type SeatMapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMap'] = ResolversParentTypes['SeatMap']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['SeatingPlan'], ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['SeatMapSection']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  tiers?: Resolver<Array<ResolversTypes['SeatMapTier']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatMapDeltaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapDelta'] = ResolversParentTypes['SeatMapDelta']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fromSequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  statuses?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatMapSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapSection'] = ResolversParentTypes['SeatMapSection']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstPlace?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lowestPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  statuses?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SeatMapTierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapTier'] = ResolversParentTypes['SeatMapTier']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeatMapUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapUpdate'] = ResolversParentTypes['SeatMapUpdate']> = {
  __resolveType: TypeResolveFn<'SeatMap' | 'SeatMapDelta', ParentType, ContextType>;
};

export type SeatRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatRow'] = ResolversParentTypes['SeatRow']> = {
  accessible?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstPlace?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  x?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
  y?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type SeatedSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatedSection'] = ResolversParentTypes['SeatedSection']> = {
  firstPlace?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['SeatRow']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatingPlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatingPlan'] = ResolversParentTypes['SeatingPlan']> = {
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['Section']>, ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['SeatingPlanStage'], ParentType, ContextType>;
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatingPlanCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatingPlanCreated'] = ResolversParentTypes['SeatingPlanCreated']> = {
  seatingPlan?: Resolver<ResolversTypes['SeatingPlan'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatingPlanNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatingPlanNotFound'] = ResolversParentTypes['SeatingPlanNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatingPlanStageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatingPlanStage'] = ResolversParentTypes['SeatingPlanStage']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SeatingPlanUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatingPlanUpdated'] = ResolversParentTypes['SeatingPlanUpdated']> = {
  seatingPlan?: Resolver<ResolversTypes['SeatingPlan'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatingSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatingSection'] = ResolversParentTypes['SeatingSection']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Section'] = ResolversParentTypes['Section']> = {
  __resolveType: TypeResolveFn<'GeneralAdmissionArea' | 'SeatedSection', ParentType, ContextType>;
};

export type SectionSalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionSales'] = ResolversParentTypes['SectionSales']> = {
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['SeatingSection'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['SalesCounts'], ParentType, ContextType>;
};

export type SteerWaitingRoomResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SteerWaitingRoomResult'] = ResolversParentTypes['SteerWaitingRoomResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'WaitingRoomNotFound' | 'WaitingRoomUpdated', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  eventSalesChanged?: SubscriptionResolver<ResolversTypes['EventSales'], "eventSalesChanged", ParentType, ContextType, RequireFields<SubscriptionEventSalesChangedArgs, 'event'>>;
  queuePosition?: SubscriptionResolver<ResolversTypes['QueueStatus'], "queuePosition", ParentType, ContextType, RequireFields<SubscriptionQueuePositionArgs, 'event'>>;
  seatMapChanged?: SubscriptionResolver<ResolversTypes['SeatMapUpdate'], "seatMapChanged", ParentType, ContextType, RequireFields<SubscriptionSeatMapChangedArgs, 'event'>>;
  waitingRoomAdmissions?: SubscriptionResolver<ResolversTypes['AdmissionLogUpdate'], "waitingRoomAdmissions", ParentType, ContextType, RequireFields<SubscriptionWaitingRoomAdmissionsArgs, 'event'>>;
  waitingRoomFigures?: SubscriptionResolver<ResolversTypes['WaitingRoomFigures'], "waitingRoomFigures", ParentType, ContextType, RequireFields<SubscriptionWaitingRoomFiguresArgs, 'event'>>;
};

export type SuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Suggestion'] = ResolversParentTypes['Suggestion']> = {
  __resolveType: TypeResolveFn<'CitySuggestion' | 'EventSuggestion' | 'PerformerSuggestion' | 'VenueSuggestion', ParentType, ContextType>;
};

export type TextRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextRange'] = ResolversParentTypes['TextRange']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket']> = {
  accessible?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  priceTier?: Resolver<ResolversTypes['PriceTier'], ParentType, ContextType>;
  row?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seat?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seatingSection?: Resolver<ResolversTypes['SeatingSection'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TicketStatus'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketLimitExceededResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketLimitExceeded'] = ResolversParentTypes['TicketLimitExceeded']> = {
  alreadyHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsAlreadyYoursResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsAlreadyYours'] = ResolversParentTypes['TicketsAlreadyYours']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsBlockedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsBlocked'] = ResolversParentTypes['TicketsBlocked']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsNotInBookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsNotInBooking'] = ResolversParentTypes['TicketsNotInBooking']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsReservedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsReserved'] = ResolversParentTypes['TicketsReserved']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsUnavailableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsUnavailable'] = ResolversParentTypes['TicketsUnavailable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsUnblockedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsUnblocked'] = ResolversParentTypes['TicketsUnblocked']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierSalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TierSales'] = ResolversParentTypes['TierSales']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['SalesCounts'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TooManyPaymentAttemptsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyPaymentAttempts'] = ResolversParentTypes['TooManyPaymentAttempts']> = {
  limit?: Resolver<ResolversTypes['PaymentAttemptLimit'], ParentType, ContextType>;
  maxAttempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnblockTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnblockTicketsResult'] = ResolversParentTypes['UnblockTicketsResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'EventNotOnSale' | 'InvalidInput' | 'TicketsUnblocked', ParentType, ContextType>;
};

export type UnderstoodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Understood'] = ResolversParentTypes['Understood']> = {
  __resolveType: TypeResolveFn<'UnderstoodDates' | 'UnderstoodPlace' | 'UnderstoodPrice', ParentType, ContextType>;
};

export type UnderstoodDatesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnderstoodDates'] = ResolversParentTypes['UnderstoodDates']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fromHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnderstoodPlaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnderstoodPlace'] = ResolversParentTypes['UnderstoodPlace']> = {
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isNearViewer?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnderstoodPriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnderstoodPrice'] = ResolversParentTypes['UnderstoodPrice']> = {
  currency?: Resolver<Maybe<ResolversTypes['Currency']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Amount']>, ParentType, ContextType>;
  min?: Resolver<Maybe<ResolversTypes['Amount']>, ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateEventResult'] = ResolversParentTypes['UpdateEventResult']> = {
  __resolveType: TypeResolveFn<'EventNotChangeable' | 'EventNotFound' | 'EventUpdated' | 'InvalidInput', ParentType, ContextType>;
};

export type UpdatePerformerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdatePerformerResult'] = ResolversParentTypes['UpdatePerformerResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'PerformerNotFound' | 'PerformerUpdated', ParentType, ContextType>;
};

export type UpdateSeatingPlanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateSeatingPlanResult'] = ResolversParentTypes['UpdateSeatingPlanResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'SeatingPlanNotFound' | 'SeatingPlanUpdated', ParentType, ContextType>;
};

export type UpdateVenueResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateVenueResult'] = ResolversParentTypes['UpdateVenueResult']> = {
  __resolveType: TypeResolveFn<'InvalidInput' | 'VenueNotFound' | 'VenueUpdated', ParentType, ContextType>;
};

export type UpdateWaitingRoomResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateWaitingRoomResult'] = ResolversParentTypes['UpdateWaitingRoomResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'InvalidInput' | 'WaitingRoomNotFound' | 'WaitingRoomUpdated', ParentType, ContextType>;
};

export type VenueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Venue'] = ResolversParentTypes['Venue']> = {
  aliases?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<VenueEventsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['GeoPoint']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seatingPlans?: Resolver<Array<ResolversTypes['SeatingPlan']>, ParentType, ContextType>;
  timezone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VenueCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VenueCreated'] = ResolversParentTypes['VenueCreated']> = {
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VenueNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VenueNotFound'] = ResolversParentTypes['VenueNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VenueSuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VenueSuggestion'] = ResolversParentTypes['VenueSuggestion']> = {
  highlights?: Resolver<Array<ResolversTypes['TextRange']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upcomingEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VenueUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VenueUpdated'] = ResolversParentTypes['VenueUpdated']> = {
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  bookings?: Resolver<ResolversTypes['BookingConnection'], ParentType, ContextType, RequireFields<ViewerBookingsArgs, 'first'>>;
  reservations?: Resolver<ResolversTypes['ReservationConnection'], ParentType, ContextType, RequireFields<ViewerReservationsArgs, 'first'>>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WaitingRoomResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoom'] = ResolversParentTypes['WaitingRoom']> = {
  admissions?: Resolver<Maybe<ResolversTypes['AdmissionLogConnection']>, ParentType, ContextType, RequireFields<WaitingRoomAdmissionsArgs, 'first'>>;
  admissionsPerMinute?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  draining?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  draw?: Resolver<Maybe<ResolversTypes['WaitingRoomDraw']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  figures?: Resolver<Maybe<ResolversTypes['WaitingRoomFigures']>, ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  graceSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  keepsPlaces?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  opensAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['WaitingRoomOrder'], ParentType, ContextType>;
  paused?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  protectsSeatMap?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  requiresChallenge?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  seedHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WaitingRoomState'], ParentType, ContextType>;
  suspectedEntries?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  visitSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitingRoomClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomClosed'] = ResolversParentTypes['WaitingRoomClosed']> = {
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomDrainingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomDraining'] = ResolversParentTypes['WaitingRoomDraining']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomDrawResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomDraw'] = ResolversParentTypes['WaitingRoomDraw']> = {
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  listHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  listPath?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WaitingRoomExistsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomExists'] = ResolversParentTypes['WaitingRoomExists']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomFiguresResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomFigures'] = ResolversParentTypes['WaitingRoomFigures']> = {
  abandoned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  admitted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  admittedPerMinute?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  converted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expired?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  secondsToClear?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  ticketsHeld?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  ticketsLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitingRoomNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomNotFound'] = ResolversParentTypes['WaitingRoomNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomOccupiedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomOccupied'] = ResolversParentTypes['WaitingRoomOccupied']> = {
  inside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomOpenedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomOpened'] = ResolversParentTypes['WaitingRoomOpened']> = {
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingRoomUpdated'] = ResolversParentTypes['WaitingRoomUpdated']> = {
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WithdrawEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WithdrawEventResult'] = ResolversParentTypes['WithdrawEventResult']> = {
  __resolveType: TypeResolveFn<'EventHasBuyers' | 'EventNotChangeable' | 'EventNotFound' | 'EventWithdrawn', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AdmissionLogConnection?: AdmissionLogConnectionResolvers<ContextType>;
  AdmissionLogEdge?: AdmissionLogEdgeResolvers<ContextType>;
  AdmissionLogEntry?: AdmissionLogEntryResolvers<ContextType>;
  AdmissionLogUpdate?: AdmissionLogUpdateResolvers<ContextType>;
  AdmissionRequired?: AdmissionRequiredResolvers<ContextType>;
  Amount?: GraphQLScalarType;
  AmountMismatch?: AmountMismatchResolvers<ContextType>;
  AnnounceEventResult?: AnnounceEventResultResolvers<ContextType>;
  AuditChange?: AuditChangeResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AvailabilityFacet?: AvailabilityFacetResolvers<ContextType>;
  BlockTicketsResult?: BlockTicketsResultResolvers<ContextType>;
  Booking?: BookingResolvers<ContextType>;
  BookingCancelled?: BookingCancelledResolvers<ContextType>;
  BookingConfirmed?: BookingConfirmedResolvers<ContextType>;
  BookingConnection?: BookingConnectionResolvers<ContextType>;
  BookingEdge?: BookingEdgeResolvers<ContextType>;
  BookingNotCancellable?: BookingNotCancellableResolvers<ContextType>;
  BookingNotFound?: BookingNotFoundResolvers<ContextType>;
  BookingNotRefundable?: BookingNotRefundableResolvers<ContextType>;
  BookingRefunded?: BookingRefundedResolvers<ContextType>;
  BookingUnderWay?: BookingUnderWayResolvers<ContextType>;
  CancelBookingResult?: CancelBookingResultResolvers<ContextType>;
  CancelEventResult?: CancelEventResultResolvers<ContextType>;
  ChallengeRefused?: ChallengeRefusedResolvers<ContextType>;
  ChallengeRequired?: ChallengeRequiredResolvers<ContextType>;
  ChangePricesResult?: ChangePricesResultResolvers<ContextType>;
  CitySuggestion?: CitySuggestionResolvers<ContextType>;
  CloseWaitingRoomResult?: CloseWaitingRoomResultResolvers<ContextType>;
  ConfirmBookingResult?: ConfirmBookingResultResolvers<ContextType>;
  CreateEventResult?: CreateEventResultResolvers<ContextType>;
  CreatePerformerResult?: CreatePerformerResultResolvers<ContextType>;
  CreateSeatingPlanResult?: CreateSeatingPlanResultResolvers<ContextType>;
  CreateVenueResult?: CreateVenueResultResolvers<ContextType>;
  Currency?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DaySales?: DaySalesResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  EntryTokenRefused?: EntryTokenRefusedResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventAnnounced?: EventAnnouncedResolvers<ContextType>;
  EventCancellation?: EventCancellationResolvers<ContextType>;
  EventCancelled?: EventCancelledResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventCreated?: EventCreatedResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventFacet?: EventFacetResolvers<ContextType>;
  EventFacets?: EventFacetsResolvers<ContextType>;
  EventHasBuyers?: EventHasBuyersResolvers<ContextType>;
  EventHighlight?: EventHighlightResolvers<ContextType>;
  EventNotChangeable?: EventNotChangeableResolvers<ContextType>;
  EventNotFound?: EventNotFoundResolvers<ContextType>;
  EventNotOnSale?: EventNotOnSaleResolvers<ContextType>;
  EventPublished?: EventPublishedResolvers<ContextType>;
  EventSales?: EventSalesResolvers<ContextType>;
  EventSearchConnection?: EventSearchConnectionResolvers<ContextType>;
  EventSearchEdge?: EventSearchEdgeResolvers<ContextType>;
  EventSuggestion?: EventSuggestionResolvers<ContextType>;
  EventUpdated?: EventUpdatedResolvers<ContextType>;
  EventWithdrawn?: EventWithdrawnResolvers<ContextType>;
  ExtendReservationResult?: ExtendReservationResultResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  GeneralAdmissionArea?: GeneralAdmissionAreaResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  JoinQueueResult?: JoinQueueResultResolvers<ContextType>;
  LeaveQueueResult?: LeaveQueueResultResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NoSeatsTogether?: NoSeatsTogetherResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NotEnoughTickets?: NotEnoughTicketsResolvers<ContextType>;
  OpenWaitingRoomResult?: OpenWaitingRoomResultResolvers<ContextType>;
  OrphanSeat?: OrphanSeatResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PauseSaleResult?: PauseSaleResultResolvers<ContextType>;
  PaymentAction?: PaymentActionResolvers<ContextType>;
  PaymentActionRequired?: PaymentActionRequiredResolvers<ContextType>;
  PaymentDeclined?: PaymentDeclinedResolvers<ContextType>;
  PaymentMethodInvalid?: PaymentMethodInvalidResolvers<ContextType>;
  PaymentPending?: PaymentPendingResolvers<ContextType>;
  PaymentProviderBusy?: PaymentProviderBusyResolvers<ContextType>;
  PaymentUnavailable?: PaymentUnavailableResolvers<ContextType>;
  PaymentUnderWay?: PaymentUnderWayResolvers<ContextType>;
  Performer?: PerformerResolvers<ContextType>;
  PerformerCreated?: PerformerCreatedResolvers<ContextType>;
  PerformerNotFound?: PerformerNotFoundResolvers<ContextType>;
  PerformerSuggestion?: PerformerSuggestionResolvers<ContextType>;
  PerformerUpdated?: PerformerUpdatedResolvers<ContextType>;
  PriceFacet?: PriceFacetResolvers<ContextType>;
  PriceTier?: PriceTierResolvers<ContextType>;
  PricesChanged?: PricesChangedResolvers<ContextType>;
  PublishEventResult?: PublishEventResultResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueueChallenge?: QueueChallengeResolvers<ContextType>;
  QueueEntry?: QueueEntryResolvers<ContextType>;
  QueueJoined?: QueueJoinedResolvers<ContextType>;
  QueueLeft?: QueueLeftResolvers<ContextType>;
  QueueStatus?: QueueStatusResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundAccepted?: RefundAcceptedResolvers<ContextType>;
  RefundAmountResult?: RefundAmountResultResolvers<ContextType>;
  RefundExceedsPayment?: RefundExceedsPaymentResolvers<ContextType>;
  RefundTicketsResult?: RefundTicketsResultResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  ReleaseReservationResult?: ReleaseReservationResultResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReservationAtCap?: ReservationAtCapResolvers<ContextType>;
  ReservationConnection?: ReservationConnectionResolvers<ContextType>;
  ReservationEdge?: ReservationEdgeResolvers<ContextType>;
  ReservationExtended?: ReservationExtendedResolvers<ContextType>;
  ReservationNotFound?: ReservationNotFoundResolvers<ContextType>;
  ReservationOver?: ReservationOverResolvers<ContextType>;
  ReservationReleased?: ReservationReleasedResolvers<ContextType>;
  ReserveBestAvailableResult?: ReserveBestAvailableResultResolvers<ContextType>;
  ReserveTicketsResult?: ReserveTicketsResultResolvers<ContextType>;
  ResumeSaleResult?: ResumeSaleResultResolvers<ContextType>;
  SaleIsPaused?: SaleIsPausedResolvers<ContextType>;
  SalePaused?: SalePausedResolvers<ContextType>;
  SaleResumed?: SaleResumedResolvers<ContextType>;
  SalesConversion?: SalesConversionResolvers<ContextType>;
  SalesCounts?: SalesCountsResolvers<ContextType>;
  SalesRevenue?: SalesRevenueResolvers<ContextType>;
  SeatMap?: SeatMapResolvers<ContextType>;
  SeatMapDelta?: SeatMapDeltaResolvers<ContextType>;
  SeatMapSection?: SeatMapSectionResolvers<ContextType>;
  SeatMapTier?: SeatMapTierResolvers<ContextType>;
  SeatMapUpdate?: SeatMapUpdateResolvers<ContextType>;
  SeatRow?: SeatRowResolvers<ContextType>;
  SeatedSection?: SeatedSectionResolvers<ContextType>;
  SeatingPlan?: SeatingPlanResolvers<ContextType>;
  SeatingPlanCreated?: SeatingPlanCreatedResolvers<ContextType>;
  SeatingPlanNotFound?: SeatingPlanNotFoundResolvers<ContextType>;
  SeatingPlanStage?: SeatingPlanStageResolvers<ContextType>;
  SeatingPlanUpdated?: SeatingPlanUpdatedResolvers<ContextType>;
  SeatingSection?: SeatingSectionResolvers<ContextType>;
  Section?: SectionResolvers<ContextType>;
  SectionSales?: SectionSalesResolvers<ContextType>;
  SteerWaitingRoomResult?: SteerWaitingRoomResultResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Suggestion?: SuggestionResolvers<ContextType>;
  TextRange?: TextRangeResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  TicketLimitExceeded?: TicketLimitExceededResolvers<ContextType>;
  TicketsAlreadyYours?: TicketsAlreadyYoursResolvers<ContextType>;
  TicketsBlocked?: TicketsBlockedResolvers<ContextType>;
  TicketsNotInBooking?: TicketsNotInBookingResolvers<ContextType>;
  TicketsReserved?: TicketsReservedResolvers<ContextType>;
  TicketsUnavailable?: TicketsUnavailableResolvers<ContextType>;
  TicketsUnblocked?: TicketsUnblockedResolvers<ContextType>;
  TierSales?: TierSalesResolvers<ContextType>;
  TooManyPaymentAttempts?: TooManyPaymentAttemptsResolvers<ContextType>;
  UnblockTicketsResult?: UnblockTicketsResultResolvers<ContextType>;
  Understood?: UnderstoodResolvers<ContextType>;
  UnderstoodDates?: UnderstoodDatesResolvers<ContextType>;
  UnderstoodPlace?: UnderstoodPlaceResolvers<ContextType>;
  UnderstoodPrice?: UnderstoodPriceResolvers<ContextType>;
  UpdateEventResult?: UpdateEventResultResolvers<ContextType>;
  UpdatePerformerResult?: UpdatePerformerResultResolvers<ContextType>;
  UpdateSeatingPlanResult?: UpdateSeatingPlanResultResolvers<ContextType>;
  UpdateVenueResult?: UpdateVenueResultResolvers<ContextType>;
  UpdateWaitingRoomResult?: UpdateWaitingRoomResultResolvers<ContextType>;
  Venue?: VenueResolvers<ContextType>;
  VenueCreated?: VenueCreatedResolvers<ContextType>;
  VenueNotFound?: VenueNotFoundResolvers<ContextType>;
  VenueSuggestion?: VenueSuggestionResolvers<ContextType>;
  VenueUpdated?: VenueUpdatedResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WaitingRoom?: WaitingRoomResolvers<ContextType>;
  WaitingRoomClosed?: WaitingRoomClosedResolvers<ContextType>;
  WaitingRoomDraining?: WaitingRoomDrainingResolvers<ContextType>;
  WaitingRoomDraw?: WaitingRoomDrawResolvers<ContextType>;
  WaitingRoomExists?: WaitingRoomExistsResolvers<ContextType>;
  WaitingRoomFigures?: WaitingRoomFiguresResolvers<ContextType>;
  WaitingRoomNotFound?: WaitingRoomNotFoundResolvers<ContextType>;
  WaitingRoomOccupied?: WaitingRoomOccupiedResolvers<ContextType>;
  WaitingRoomOpened?: WaitingRoomOpenedResolvers<ContextType>;
  WaitingRoomUpdated?: WaitingRoomUpdatedResolvers<ContextType>;
  WithdrawEventResult?: WithdrawEventResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
  weight?: WeightDirectiveResolver<any, any, ContextType>;
};

export type { Context } from '../app/context.ts';