/* Written by `npm run codegen` from schema/*.graphql. Never edit. */
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { VenueRow, PerformerRow, SeatingPlanHead, EventRow, Section as DrawnSection, SeatedSection as DrawnSeatedSection, GeneralAdmissionArea as DrawnArea, Row, PricedTier } from '../catalog/index.ts';
import type { EventSearchPage, EventSearchHit } from '../search/index.ts';
import type { Money as MoneyValue } from '../platform/money.ts';
import type { Viewer as SignedInViewer } from '../platform/auth/viewer.ts';
import type { TicketRow, ReservationRow } from '../booking/index.ts';
import type { BookingRow } from '../payments/index.ts';
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
  /** An ISO 4217 currency code: `EUR`. */
  Currency: { input: string; output: string; }
  /** An instant, in RFC 3339 with an offset: `2026-12-31T20:00:00Z`. */
  DateTime: { input: Date; output: Date; }
};

/** The amount is not what the Reservation costs. Show the buyer the right one. */
export type AmountMismatch = Refusal & {
  __typename?: 'AmountMismatch';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** What the Reservation costs. */
  total: Money;
};

/** Which tickets to keep back. */
export type BlockTicketsInput = {
  /** The Event's global id. */
  event: Scalars['ID']['input'];
  /** Numbers of places, 1 to 1,000. */
  places: Array<Scalars['Int']['input']>;
};

/** What `blockTickets` answers. */
export type BlockTicketsResult = EventNotFound | EventNotOnSale | InvalidInput | TicketsBlocked | TicketsUnavailable;

/** The purchase of what a Reservation holds. */
export type Booking = Node & {
  __typename?: 'Booking';
  /** When it was confirmed; null if it was not. */
  confirmedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was begun. */
  createdAt: Scalars['DateTime']['output'];
  /** The Event. */
  event: Event;
  /** Why the payment failed, in English; null if it did not. */
  failureMessage?: Maybe<Scalars['String']['output']>;
  /** The global id. */
  id: Scalars['ID']['output'];
  /** What has become of it. */
  status: BookingStatus;
  /** The tickets: the buyer's own once it is CONFIRMED. */
  tickets: Array<Ticket>;
  /** What was or is to be paid. */
  total: Money;
};

/** The tickets are free again, and all of the money is on its way back. Cancelling twice answers the same. */
export type BookingCancelled = {
  __typename?: 'BookingCancelled';
  /** The Booking, CANCELLED. */
  booking: Booking;
};

/** Paid: the tickets are the viewer's. */
export type BookingConfirmed = {
  __typename?: 'BookingConfirmed';
  /** The Booking. */
  booking: Booking;
};

/** A page of Bookings. */
export type BookingConnection = {
  __typename?: 'BookingConnection';
  /** The Bookings and their cursors. */
  edges: Array<BookingEdge>;
  /** The Bookings alone. */
  nodes: Array<Booking>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** A Booking in a list. */
export type BookingEdge = {
  __typename?: 'BookingEdge';
  /** Where in the list. */
  cursor: Scalars['String']['output'];
  /** The Booking. */
  node: Booking;
};

/** Only a CONFIRMED Booking can be cancelled, and only before its Event starts. */
export type BookingNotCancellable = Refusal & {
  __typename?: 'BookingNotCancellable';
  /** The Booking, unchanged. */
  booking: Booking;
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** There is no such Booking, or it is not the viewer's. */
export type BookingNotFound = Refusal & {
  __typename?: 'BookingNotFound';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** The money arrived after the tickets were lost to somebody else. All of it is on its way back. */
export type BookingRefunded = Refusal & {
  __typename?: 'BookingRefunded';
  /** The Booking, REFUNDED. */
  booking: Booking;
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** What has become of a Booking. */
export type BookingStatus =
  /** Given back by the buyer or organiser, and refunded. */
  | 'CANCELLED'
  /** Paid; the tickets are the buyer's. */
  | 'CONFIRMED'
  /** The card was declined or the payment given up; nothing was taken. */
  | 'DECLINED'
  /** Being paid. */
  | 'PENDING'
  /** The money came too late for the tickets, and is on its way back. */
  | 'REFUNDED';

/** Another payment for this Reservation is under way, from another tab or device. */
export type BookingUnderWay = Refusal & {
  __typename?: 'BookingUnderWay';
  /** The other Booking, PENDING. */
  booking: Booking;
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** Who may keep an answer. */
export type CacheControlScope =
  /** Only the viewer's own device. */
  | 'PRIVATE'
  /** Any cache: the answer is the same for everybody. */
  | 'PUBLIC';

/** Which Booking to give back. */
export type CancelBookingInput = {
  /** Its global id. */
  booking: Scalars['ID']['input'];
};

/** What `cancelBooking` answers. */
export type CancelBookingResult = BookingCancelled | BookingNotCancellable | BookingNotFound;

/** What to buy, and how. */
export type ConfirmBookingInput = {
  /**
   * Made up by the client for this attempt, 1 to 200 characters. The same key with the same input returns the same
   * Booking, in whatever state it is by then; with other input it is refused. After a decline, use a new one.
   */
  idempotencyKey: Scalars['String']['input'];
  /** How to pay. */
  payment: PaymentInput;
  /** The Reservation's global id. */
  reservation: Scalars['ID']['input'];
};

/** What `confirmBooking` answers. */
export type ConfirmBookingResult = AmountMismatch | BookingConfirmed | BookingRefunded | BookingUnderWay | IdempotencyKeyReused | InvalidInput | PaymentActionRequired | PaymentDeclined | PaymentMethodInvalid | PaymentPending | PaymentUnavailable | ReservationNotFound | ReservationOver;

/** A new Event, as a draft: `name`, `category`, `venue` and `startsAt` are needed. */
export type CreateEventInput = {
  /** What it is like. */
  event: EventFields;
};

/** What `createEvent` answers. */
export type CreateEventResult = EventCreated | InvalidInput;

/** A new Performer: `name` and `kind` are needed. */
export type CreatePerformerInput = {
  /** What it is like. */
  performer: PerformerFields;
};

/** What `createPerformer` answers. */
export type CreatePerformerResult = InvalidInput | PerformerCreated;

/** A new SeatingPlan. */
export type CreateSeatingPlanInput = {
  /** Its name, 1 to 100 characters; unique at the Venue. */
  name: Scalars['String']['input'];
  /** Where the layout comes from. */
  source: SeatingPlanSourceInput;
  /** The Venue it is of. */
  venue: Scalars['ID']['input'];
};

/** What `createSeatingPlan` answers. */
export type CreateSeatingPlanResult = InvalidInput | SeatingPlanCreated | VenueNotFound;

/** A new Venue: `name`, `kind`, `city`, `country`, `countryCode` and `timezone` are needed. */
export type CreateVenueInput = {
  /** What it is like. */
  venue: VenueFields;
};

/** What `createVenue` answers. */
export type CreateVenueResult = InvalidInput | VenueCreated;

/** A span of time. */
export type DateRangeInput = {
  /** Up to, not including, this instant. */
  before?: InputMaybe<Scalars['DateTime']['input']>;
  /** From this instant on. Default: now. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A concert, match or show, on one day at one place. */
export type Event = Node & {
  __typename?: 'Event';
  /** What the viewer holds here right now: how an app that was reloaded finds its way back. Empty without a token. */
  activeReservations: Array<Reservation>;
  /** `concert`, `sports`, `comedy`, `dance`, `exhibition`, … */
  category: Scalars['String']['output'];
  /** The city; null if not known. */
  city?: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 alpha-2; null if not known. */
  countryCode?: Maybe<Scalars['String']['output']>;
  /** What to expect; may be empty. */
  description: Scalars['String']['output'];
  /** When it ends, if that is known. */
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** `Classical`, `Football`, … */
  genre?: Maybe<Scalars['String']['output']>;
  /** The dearest ticket; null until the Event is on sale. */
  highestPrice?: Maybe<Money>;
  /** How long a Reservation can be extended to at most, in seconds from its making. */
  holdCapSeconds: Scalars['Int']['output'];
  /** How long a Reservation holds its tickets, in seconds. */
  holdSeconds: Scalars['Int']['output'];
  /** The global id. */
  id: Scalars['ID']['output'];
  /** Where it is on the map; null if not known. */
  location?: Maybe<GeoPoint>;
  /** The cheapest ticket; null until the Event is on sale. */
  lowestPrice?: Maybe<Money>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** Whether hand-picked seats may not leave a single free seat behind between taken ones: see `OrphanSeat`. */
  orphanRule: Scalars['Boolean']['output'];
  /** Who performs, in the order of the bill. */
  performers: Array<Performer>;
  /** What tickets cost, dearest first; empty until the Event is on sale. */
  priceTiers: Array<PriceTier>;
  /** When selling ends; null: when the Event starts. */
  saleEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** When selling begins; null: as soon as the Event is on sale. */
  saleStartsAt?: Maybe<Scalars['DateTime']['output']>;
  /** How the house is laid out; null until the organiser has said. */
  seatingPlan?: Maybe<SeatingPlan>;
  /** The tour, league or season it is part of. */
  series?: Maybe<Scalars['String']['output']>;
  /** When it starts. */
  startsAt: Scalars['DateTime']['output'];
  /** Whether only the day is certain, and the hour a usual one. */
  startsAtIsApproximate: Scalars['Boolean']['output'];
  /** When it starts, as the clock at the venue will say: `2026-12-31T20:00`. */
  startsAtLocal: Scalars['String']['output'];
  /** Whether it can be bought. */
  status: EventStatus;
  /** How many tickets one buyer may have. */
  ticketLimit: Scalars['Int']['output'];
  /** Tickets by their places, at most 100. Places the plan does not have are left out. */
  tickets: Array<Ticket>;
  /** The IANA time zone it happens in. */
  timezone: Scalars['String']['output'];
  /** Where it is; null where only the city is known. */
  venue?: Maybe<Venue>;
};


/** A concert, match or show, on one day at one place. */
export type EventTicketsArgs = {
  places: Array<Scalars['Int']['input']>;
};

/** A page of Events. */
export type EventConnection = {
  __typename?: 'EventConnection';
  /** The Events and their cursors. */
  edges: Array<EventEdge>;
  /** The Events alone. */
  nodes: Array<Event>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** The Event is there, as a draft. */
export type EventCreated = {
  __typename?: 'EventCreated';
  /** The Event. */
  event: Event;
};

/** An Event in a list. */
export type EventEdge = {
  __typename?: 'EventEdge';
  /** Where in the list: give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** The Event. */
  node: Event;
};

/** An Event, as an organiser describes it. In an update, what is left out stays as it was, and null clears what need not be there. */
export type EventFields = {
  /** `concert`, `sports`, … */
  category?: InputMaybe<Scalars['String']['input']>;
  /** At most 10,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** When it ends. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** `Classical`, `Football`, … */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** How long a Reservation can be extended to, up to 86,400 seconds. */
  holdCapSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** How long a Reservation holds, 30 seconds to `holdCapSeconds`. */
  holdSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 300 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Whether a choice of seats that leaves a single free seat behind is refused; not unless said. */
  orphanRule?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who performs, in the order of the bill; at most 100. */
  performers?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** When selling ends. */
  saleEndsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When selling begins. */
  saleStartsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How the house is laid out; a plan of the same Venue. */
  seatingPlan?: InputMaybe<Scalars['ID']['input']>;
  /** The tour, league or season. */
  series?: InputMaybe<Scalars['String']['input']>;
  /** When it starts. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many tickets one buyer may have, 1 to 100. */
  ticketLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Where it is. */
  venue?: InputMaybe<Scalars['ID']['input']>;
};

/** Narrows a list of Events. Whatever is left out does not narrow it. */
export type EventFilter = {
  /** Of this category. */
  category?: InputMaybe<Scalars['String']['input']>;
  /** In this city; accents and case do not matter. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** In this country (ISO 3166-1 alpha-2). */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** Of this genre. */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** Of the viewer's own making; shows drafts, too. */
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  /** With this Performer. */
  performer?: InputMaybe<Scalars['ID']['input']>;
  /** Starting before this instant. */
  startsBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Starting at this instant or later. Default: now. */
  startsFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** In one of these states. */
  status?: InputMaybe<Array<EventStatus>>;
  /** At this Venue. */
  venue?: InputMaybe<Scalars['ID']['input']>;
};

/** The Event's state does not allow that: a cancelled Event cannot be changed, one on sale keeps its plan and currency. */
export type EventNotChangeable = Refusal & {
  __typename?: 'EventNotChangeable';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The state it is in. */
  status: EventStatus;
};

/** There is no such Event, or the viewer may not see or change it. */
export type EventNotFound = Refusal & {
  __typename?: 'EventNotFound';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** The Event is not being sold right now. */
export type EventNotOnSale = Refusal & {
  __typename?: 'EventNotOnSale';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** When selling ends or ended; null if that is not known. */
  saleEndsAt?: Maybe<Scalars['DateTime']['output']>;
  /** When selling begins; null if that is not known, or it has begun. */
  saleStartsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its state. */
  status: EventStatus;
};

/** The Event is on sale: all of its tickets were made in one go. */
export type EventPublished = {
  __typename?: 'EventPublished';
  /** The Event. */
  event: Event;
  /** How many tickets there are. */
  tickets: Scalars['Int']['output'];
};

/** A page of what was found. */
export type EventSearchConnection = {
  __typename?: 'EventSearchConnection';
  /** The Events and how well they match. */
  edges: Array<EventSearchEdge>;
  /** The Events alone. */
  nodes: Array<Event>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many match, counted up to 10,000. */
  totalCount: Scalars['Int']['output'];
};

/** An Event that was found. */
export type EventSearchEdge = {
  __typename?: 'EventSearchEdge';
  /** Where in the list: give it as `after` to read on from here. */
  cursor: Scalars['String']['output'];
  /** How far away it is, in kilometres; null without `near`. */
  distanceKm?: Maybe<Scalars['Float']['output']>;
  /** The Event. */
  node: Event;
  /** How well it matches: higher is better; only comparable within one search. */
  score: Scalars['Float']['output'];
};

/** In which order Events are found. */
export type EventSort =
  /** Soonest first. */
  | 'DATE'
  /** Nearest first; needs `near`. */
  | 'DISTANCE'
  /** Best match first; without a term, soonest first. */
  | 'RELEVANCE';

/** Whether and how an Event can be bought. */
export type EventStatus =
  /** Everybody sees it; nothing is sold yet. */
  | 'ANNOUNCED'
  /** It will not take place. */
  | 'CANCELLED'
  /** Only its organiser sees it. */
  | 'DRAFT'
  /** Its tickets sell between `saleStartsAt` and `saleEndsAt`. */
  | 'ON_SALE';

/** The Event was changed. */
export type EventUpdated = {
  __typename?: 'EventUpdated';
  /** The Event, as it is now. */
  event: Event;
};

/** Which Reservation to lengthen. */
export type ExtendReservationInput = {
  /** Its global id. */
  reservation: Scalars['ID']['input'];
};

/** What `extendReservation` answers. */
export type ExtendReservationResult = ReservationAtCap | ReservationExtended | ReservationNotFound | ReservationOver;

/** A part of an input that cannot be taken. */
export type FieldProblem = {
  __typename?: 'FieldProblem';
  /** What is wrong with it, in English. */
  message: Scalars['String']['output'];
  /** Where: field names and list indexes, from the input down. */
  path: Array<Scalars['String']['output']>;
};

/** An area without seats. Its tickets are alike, and reserved by quantity. */
export type GeneralAdmissionArea = Section & {
  __typename?: 'GeneralAdmissionArea';
  /** Index into the plan's categories. */
  category: Scalars['Int']['output'];
  /** The number of its first place. */
  firstPlace: Scalars['Int']['output'];
  /** Unique within the plan; what `reserveTickets` calls `area`. */
  key: Scalars['String']['output'];
  /** The level it is on. */
  level: Scalars['String']['output'];
  /** What tickets and signs say. */
  name: Scalars['String']['output'];
  /** The corners of its outline: x, y, x, y, … */
  outline: Array<Scalars['Float']['output']>;
  /** How many people it takes. */
  places: Scalars['Int']['output'];
};

/** An area without seats. */
export type GeneralAdmissionAreaInput = {
  /** Index into the plan's categories. */
  category: Scalars['Int']['input'];
  /** Unique within the plan; letters, digits and hyphens. */
  key: Scalars['String']['input'];
  /** The level it is on. */
  level?: Scalars['String']['input'];
  /** What tickets say. */
  name: Scalars['String']['input'];
  /** The corners of its outline: x, y, x, y, … */
  outline: Array<Scalars['Float']['input']>;
  /** How many people it takes. */
  places: Scalars['Int']['input'];
};

/** So many tickets of one general-admission area. */
export type GeneralAdmissionInput = {
  /** The area's key in the SeatingPlan. */
  area: Scalars['String']['input'];
  /** How many. */
  quantity: Scalars['Int']['input'];
};

/** A plan made for the Venue from its kind and a capacity: sections, rows, numbered seats, accessible places. */
export type GeneratedLayoutInput = {
  /** How many places, 1 to 100,000. Default: the Venue's capacity. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
};

/** A point on Earth (WGS 84). */
export type GeoPoint = {
  __typename?: 'GeoPoint';
  /** Degrees north of the equator. */
  latitude: Scalars['Float']['output'];
  /** Degrees east of Greenwich. */
  longitude: Scalars['Float']['output'];
};

/** The `idempotencyKey` was used within the last 24 hours for something else. */
export type IdempotencyKeyReused = Refusal & {
  __typename?: 'IdempotencyKeyReused';
  /** The key. */
  idempotencyKey: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** Some of the input cannot be taken. All that is wrong is listed. */
export type InvalidInput = Refusal & {
  __typename?: 'InvalidInput';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** One entry for each mistake. */
  problems: Array<FieldProblem>;
};

/** A sum of money. */
export type Money = {
  __typename?: 'Money';
  /** In the currency's smallest unit: 1250 is € 12.50, and ¥ 1,250. */
  amount: Scalars['Int']['output'];
  /** The currency. */
  currency: Scalars['Currency']['output'];
  /** Written for people, in English: `€12.50`. */
  formatted: Scalars['String']['output'];
};

/** A sum of money, as a client states it. */
export type MoneyInput = {
  /** In the currency's smallest unit. */
  amount: Scalars['Int']['input'];
  /** The currency. */
  currency: Scalars['Currency']['input'];
};

/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Keep tickets back: all of them, or none. Tickets that are held or sold cannot be blocked. */
  blockTickets: BlockTicketsResult;
  /** Give a Booking back and get its money back. */
  cancelBooking: CancelBookingResult;
  /**
   * Pay for a Reservation and own its tickets.
   *
   * Every charge ends as a CONFIRMED Booking or a refund, whatever happens in between.
   */
  confirmBooking: ConfirmBookingResult;
  /** Draft an Event. */
  createEvent: CreateEventResult;
  /** Add a Performer. */
  createPerformer: CreatePerformerResult;
  /** Lay out a Venue. Public Venues may be laid out by every organiser. */
  createSeatingPlan: CreateSeatingPlanResult;
  /** Add a Venue. */
  createVenue: CreateVenueResult;
  /** Hold a Reservation's tickets for longer. */
  extendReservation: ExtendReservationResult;
  /** Put an Event on sale: make all of its tickets, at these prices. */
  publishEvent: PublishEventResult;
  /** Let a Reservation's tickets go. */
  releaseReservation: ReleaseReservationResult;
  /**
   * Hold the best tickets that can be had: side by side in the row nearest the stage; if there is no such row, in two
   * neighbouring rows, then in one section, in one general-admission area, and last in two neighbouring sections.
   *
   * It leaves no single seat behind where it has a choice of about the same quality, or must not by the Event's `orphanRule`,
   * and keeps wheelchair-accessible places for those who ask for them. If somebody else is faster, it takes the next best.
   */
  reserveBestAvailable: ReserveBestAvailableResult;
  /**
   * Hold tickets for the viewer: all of them, or none.
   *
   * A second call with the same `idempotencyKey` returns the first success.
   */
  reserveTickets: ReserveTicketsResult;
  /** Sell tickets that were kept back. */
  unblockTickets: UnblockTicketsResult;
  /** Change an Event of the viewer's own. */
  updateEvent: UpdateEventResult;
  /** Change a Performer of the viewer's own. */
  updatePerformer: UpdatePerformerResult;
  /** Make a new version of a SeatingPlan. */
  updateSeatingPlan: UpdateSeatingPlanResult;
  /** Change a Venue of the viewer's own. */
  updateVenue: UpdateVenueResult;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationBlockTicketsArgs = {
  input: BlockTicketsInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationCancelBookingArgs = {
  input: CancelBookingInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationConfirmBookingArgs = {
  input: ConfirmBookingInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationCreateEventArgs = {
  input: CreateEventInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationCreatePerformerArgs = {
  input: CreatePerformerInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationCreateSeatingPlanArgs = {
  input: CreateSeatingPlanInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationCreateVenueArgs = {
  input: CreateVenueInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationExtendReservationArgs = {
  input: ExtendReservationInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationPublishEventArgs = {
  input: PublishEventInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationReleaseReservationArgs = {
  input: ReleaseReservationInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationReserveBestAvailableArgs = {
  input: ReserveBestAvailableInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationReserveTicketsArgs = {
  input: ReserveTicketsInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationUnblockTicketsArgs = {
  input: UnblockTicketsInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationUpdateEventArgs = {
  input: UpdateEventInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationUpdatePerformerArgs = {
  input: UpdatePerformerInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationUpdateSeatingPlanArgs = {
  input: UpdateSeatingPlanInput;
};


/** The way in for changing things. Each mutation answers with a union of one success and its refusals. */
export type MutationUpdateVenueArgs = {
  input: UpdateVenueInput;
};

/** A circle on Earth. */
export type NearInput = {
  /** Degrees north, -90 to 90. */
  latitude: Scalars['Float']['input'];
  /** Degrees east, -180 to 180. */
  longitude: Scalars['Float']['input'];
  /** The radius in kilometres, 1 to 1,000. */
  radiusKm?: Scalars['Float']['input'];
};

/**
 * There are not so many places of this kind left near each other: not in one row, in two neighbouring rows, in one section or
 * area, or in two neighbouring sections. Nothing was held.
 */
export type NoSeatsTogether = Refusal & {
  __typename?: 'NoSeatsTogether';
  /** How many of this kind could be had at all, a moment ago. */
  available: Scalars['Int']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** How many could be had side by side, a moment ago; less than was asked for. */
  together: Scalars['Int']['output'];
};

/** Anything with a global id. */
export type Node = {
  /** The global id: opaque, stable, and enough to fetch it again. */
  id: Scalars['ID']['output'];
};

/** The area has fewer tickets left than were asked for. Nothing was held. */
export type NotEnoughTickets = Refusal & {
  __typename?: 'NotEnoughTickets';
  /** The area's key. */
  area: Scalars['String']['output'];
  /** How many it had left a moment ago. */
  available: Scalars['Int']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/**
 * The Event does not let a choice leave a single free seat behind, between taken seats or at the end of its row, and the
 * row has room for as many side by side without that. Nothing was held.
 *
 * It does not apply where the row offers no such room, where a wheelchair-accessible place is among the seats chosen in the
 * row, once no more than a tenth of the section's seats are free, and in general-admission areas.
 */
export type OrphanSeat = Refusal & {
  __typename?: 'OrphanSeat';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The places that would be left alone: take them too, or move by one. */
  places: Array<Scalars['Int']['output']>;
};

/** Where a page of a connection lies. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Where this page ends: give it as `after` to read on. Null if the page is empty. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Where this page begins; null if it is empty. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/**
 * The bank wants to hear from the buyer first (3-D Secure). Send the buyer to `redirectUrl`, or give `clientSecret` to
 * Stripe.js; the Booking then confirms by itself, and `confirmBooking` with the same key, or `node`, tells how it went.
 * The tickets are held meanwhile.
 */
export type PaymentActionRequired = Refusal & {
  __typename?: 'PaymentActionRequired';
  /** The Booking, PENDING. */
  booking: Booking;
  /** What Stripe.js wants. */
  clientSecret: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The bank's page; null where only Stripe.js can go on. */
  redirectUrl?: Maybe<Scalars['String']['output']>;
};

/** The card was declined; nothing was taken. The tickets are still held: try another card under a new key. */
export type PaymentDeclined = Refusal & {
  __typename?: 'PaymentDeclined';
  /** The Booking, DECLINED. */
  booking: Booking;
  /** Stripe's code: `card_declined`, `insufficient_funds`, `expired_card`, … */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The hold, with the time that is left. */
  reservation: Reservation;
};

/** How to pay. */
export type PaymentInput = {
  /** What the buyer was shown and agreed to: the Reservation's `total`. Anything else is refused before any money moves. */
  amount: MoneyInput;
  /** A Stripe payment method: `pm_…`. Test cards are `pm_card_visa` and so on. Left out where there is nothing to pay. */
  paymentMethod?: InputMaybe<Scalars['String']['input']>;
  /** Where a bank's 3-D Secure page sends the buyer back to; http or https. */
  returnUrl?: InputMaybe<Scalars['String']['input']>;
};

/** The payment method is not one that Stripe knows, or no payment method was given where something is to be paid. */
export type PaymentMethodInvalid = Refusal & {
  __typename?: 'PaymentMethodInvalid';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/**
 * The payment was sent and has no answer yet. It is not lost: the server keeps asking, and the Booking becomes
 * CONFIRMED, DECLINED or REFUNDED by itself. Ask again with the same key. The tickets are held meanwhile.
 */
export type PaymentPending = Refusal & {
  __typename?: 'PaymentPending';
  /** The Booking, PENDING. */
  booking: Booking;
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** The payment provider cannot be reached. Nothing was taken; the tickets are held for longer. Try again with a new key. */
export type PaymentUnavailable = Refusal & {
  __typename?: 'PaymentUnavailable';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The hold, with the time that is left. */
  reservation: Reservation;
};

/** A payment for the Reservation is under way, so it cannot be let go right now. */
export type PaymentUnderWay = Refusal & {
  __typename?: 'PaymentUnderWay';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** Somebody who performs: a person, band, orchestra, team. */
export type Performer = Node & {
  __typename?: 'Performer';
  /** ISO 3166-1 alpha-2. */
  countryCode?: Maybe<Scalars['String']['output']>;
  /** Where to see them, soonest first. Past Events are left out. */
  events: EventConnection;
  /** `Classical`, `Rock`, `Football`, … */
  genre?: Maybe<Scalars['String']['output']>;
  /** The global id. */
  id: Scalars['ID']['output'];
  /** What it is: `person`, `band`, `orchestra`, `team`, … */
  kind: Scalars['String']['output'];
  /** The name. */
  name: Scalars['String']['output'];
  /** Instrument, voice, conductor, club, … */
  role?: Maybe<Scalars['String']['output']>;
};


/** Somebody who performs: a person, band, orchestra, team. */
export type PerformerEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The Performer is there. */
export type PerformerCreated = {
  __typename?: 'PerformerCreated';
  /** The Performer. */
  performer: Performer;
};

/** A Performer, as an organiser describes it. In an update, what is left out stays as it was, and null clears what need not be there. */
export type PerformerFields = {
  /** ISO 3166-1 alpha-2. */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** `Classical`, `Rock`, … */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** `person`, `band`, `orchestra`, `team`, … */
  kind?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Instrument, voice, … */
  role?: InputMaybe<Scalars['String']['input']>;
};

/** There is no such Performer, or it is another organiser's. */
export type PerformerNotFound = Refusal & {
  __typename?: 'PerformerNotFound';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** The Performer was changed. */
export type PerformerUpdated = {
  __typename?: 'PerformerUpdated';
  /** The Performer, as it is now. */
  performer: Performer;
};

/** A span of prices, both ends included. */
export type PriceRangeInput = {
  /** In this currency alone. */
  currency: Scalars['Currency']['input'];
  /** At most, in the currency's smallest unit. */
  max?: InputMaybe<Scalars['Int']['input']>;
  /** At least, in the currency's smallest unit. */
  min?: InputMaybe<Scalars['Int']['input']>;
};

/** What a category of places costs at an Event. */
export type PriceTier = {
  __typename?: 'PriceTier';
  /** Its name. */
  name: Scalars['String']['output'];
  /** The price of one ticket, all included. */
  price: Money;
  /** Its number: the index of the category in the SeatingPlan. */
  tier: Scalars['Int']['output'];
};

/** How to put an Event on sale. */
export type PublishEventInput = {
  /** What all of its prices are in. */
  currency: Scalars['Currency']['input'];
  /** The Event's global id. */
  event: Scalars['ID']['input'];
  /** One price for each category of the SeatingPlan. */
  prices: Array<TierPriceInput>;
};

/** What `publishEvent` answers. */
export type PublishEventResult = EventNotChangeable | EventNotFound | EventPublished | InvalidInput;

/** The way in for reading. */
export type Query = {
  __typename?: 'Query';
  /** One Event. Null: there is no such Event, or the viewer may not see it. */
  event?: Maybe<Event>;
  /** Events, soonest first. */
  events: EventConnection;
  /** Fetch anything by its global id. Null: there is no such thing, or the viewer may not see it. */
  node?: Maybe<Node>;
  /** Fetch many things by their global ids, in the same order, at most 100. Null where there is no such thing. */
  nodes: Array<Maybe<Node>>;
  /** One Performer. */
  performer?: Maybe<Performer>;
  /** Find Events. Drafts and past Events are never found. */
  searchEvents: EventSearchConnection;
  /** The seat map of an Event. Null: there is no such Event, the viewer may not see it, or it is not on sale. */
  seatMap?: Maybe<SeatMap>;
  /**
   * What changed since a map or delta that the client has; for clients that ask now and then. A whole map where too much
   * time has passed. Null: as for `seatMap`.
   */
  seatMapSince?: Maybe<SeatMapUpdate>;
  /** One Venue. */
  venue?: Maybe<Venue>;
  /** Whoever the token belongs to; null without a token. */
  viewer?: Maybe<Viewer>;
};


/** The way in for reading. */
export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};


/** The way in for reading. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The way in for reading. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** The way in for reading. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The way in for reading. */
export type QueryPerformerArgs = {
  id: Scalars['ID']['input'];
};


/** The way in for reading. */
export type QuerySearchEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  input: SearchEventsInput;
};


/** The way in for reading. */
export type QuerySeatMapArgs = {
  event: Scalars['ID']['input'];
};


/** The way in for reading. */
export type QuerySeatMapSinceArgs = {
  cursor: Scalars['String']['input'];
  event: Scalars['ID']['input'];
};


/** The way in for reading. */
export type QueryVenueArgs = {
  id: Scalars['ID']['input'];
};

/** An answer of a mutation other than its success. Nothing was changed, unless its description says so. */
export type Refusal = {
  /** For people, in English. Programs look at the type. */
  message: Scalars['String']['output'];
};

/** Which Reservation to let go. */
export type ReleaseReservationInput = {
  /** Its global id. */
  reservation: Scalars['ID']['input'];
};

/** What `releaseReservation` answers. */
export type ReleaseReservationResult = PaymentUnderWay | ReservationNotFound | ReservationOver | ReservationReleased;

/** A hold on tickets: nobody else can have them until it ends. */
export type Reservation = Node & {
  __typename?: 'Reservation';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The Event. */
  event: Event;
  /** The latest it can be extended to. */
  extendableUntil: Scalars['DateTime']['output'];
  /** When it ends, unless extended or paid for. */
  heldUntil: Scalars['DateTime']['output'];
  /** The global id. */
  id: Scalars['ID']['output'];
  /** Seconds until then by the server's clock; 0 if it is over. */
  secondsLeft: Scalars['Int']['output'];
  /** Whether it still holds, by the server's clock. */
  status: ReservationStatus;
  /** The tickets, in order of their places. */
  tickets: Array<Ticket>;
  /** What they cost together; what `confirmBooking` wants to hear as `amount`. */
  total: Money;
};

/** The Reservation already lasts as long as the Event allows. */
export type ReservationAtCap = Refusal & {
  __typename?: 'ReservationAtCap';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The hold, unchanged. */
  reservation: Reservation;
};

/** A page of Reservations. */
export type ReservationConnection = {
  __typename?: 'ReservationConnection';
  /** The Reservations and their cursors. */
  edges: Array<ReservationEdge>;
  /** The Reservations alone. */
  nodes: Array<Reservation>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** A Reservation in a list. */
export type ReservationEdge = {
  __typename?: 'ReservationEdge';
  /** Where in the list. */
  cursor: Scalars['String']['output'];
  /** The Reservation. */
  node: Reservation;
};

/** The Reservation holds for the Event's `holdSeconds` from now, or up to its cap if that is sooner. */
export type ReservationExtended = {
  __typename?: 'ReservationExtended';
  /** The hold, with its new end. */
  reservation: Reservation;
};

/** There is no such Reservation, or it is not the viewer's. */
export type ReservationNotFound = Refusal & {
  __typename?: 'ReservationNotFound';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** The Reservation no longer holds its tickets: it ran out, was released, or was booked. */
export type ReservationOver = Refusal & {
  __typename?: 'ReservationOver';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** What has become of it. */
  reservation: Reservation;
};

/** The tickets are free again. Releasing twice answers the same. */
export type ReservationReleased = {
  __typename?: 'ReservationReleased';
  /** What it was. */
  reservation: Reservation;
};

/** What has become of a Reservation. */
export type ReservationStatus =
  /** Its tickets were bought. */
  | 'BOOKED'
  /** Time was up. */
  | 'EXPIRED'
  /** Its tickets are held until `heldUntil`. */
  | 'HELD'
  /** The viewer let go. */
  | 'RELEASED';

/** What kind of places to hold. Whatever is left out does not narrow the choice. */
export type ReserveBestAvailableInput = {
  /** How many of the places have to be wheelchair-accessible; the others are companions' beside them. At most `quantity`. */
  accessible?: InputMaybe<Scalars['Int']['input']>;
  /** The Event's global id. */
  event: Scalars['ID']['input'];
  /**
   * Made up by the client for this attempt, 1 to 200 characters. The same key with the same input returns the first
   * success for 24 hours; with other input it is refused. A refusal is not remembered: the same key may try again.
   */
  idempotencyKey: Scalars['String']['input'];
  /** Only at these prices for one ticket, in the Event's currency. */
  price?: InputMaybe<PriceRangeInput>;
  /** How many, 1 to the Event's `ticketLimit`. */
  quantity: Scalars['Int']['input'];
  /** Only in these sections and areas, by their keys in the SeatingPlan. */
  sections?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only in these price tiers, by number. */
  tiers?: InputMaybe<Array<Scalars['Int']['input']>>;
};

/** What `reserveBestAvailable` answers. */
export type ReserveBestAvailableResult = EventNotFound | EventNotOnSale | IdempotencyKeyReused | InvalidInput | NoSeatsTogether | TicketLimitExceeded | TicketsReserved;

/** Which tickets to hold. */
export type ReserveTicketsInput = {
  /** The Event's global id. */
  event: Scalars['ID']['input'];
  /**
   * Made up by the client for this attempt, 1 to 200 characters. The same key with the same input returns the first
   * success for 24 hours; with other input it is refused. A refusal is not remembered: the same key may try again.
   */
  idempotencyKey: Scalars['String']['input'];
  /** Which tickets. */
  selection: TicketSelectionInput;
};

/** What `reserveTickets` answers. */
export type ReserveTicketsResult = EventNotFound | EventNotOnSale | IdempotencyKeyReused | InvalidInput | NotEnoughTickets | OrphanSeat | TicketLimitExceeded | TicketsAlreadyYours | TicketsReserved | TicketsUnavailable;

/** What a token is good for. */
export type Role =
  /** Runs the service; may use every field. */
  | 'ADMIN'
  /** Buys tickets. */
  | 'FAN'
  /** Scans tickets at the door. */
  | 'GATE'
  /** Sells tickets to Events of their own. */
  | 'ORGANISER'
  /** Reads and sells on behalf of others, by contract. */
  | 'PARTNER';

/** What to search for. Whatever is left out does not narrow the search. */
export type SearchEventsInput = {
  /** Only of this category. */
  category?: InputMaybe<Scalars['String']['input']>;
  /** Only within this span. */
  dates?: InputMaybe<DateRangeInput>;
  /** Only of this genre. */
  genre?: InputMaybe<Scalars['String']['input']>;
  /** Only around a point. */
  near?: InputMaybe<NearInput>;
  /** Only Events whose tickets are on sale. */
  onSale?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only with tickets at these prices. */
  price?: InputMaybe<PriceRangeInput>;
  /** The order. */
  sort?: EventSort;
  /** Words of the name, performer, venue or city. Accents, case and small slips do not matter. At most 200 characters. */
  term?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Who has which place at an Event, in brief: one character per place, so that a hundred thousand places are one small
 * answer. Read it beside the SeatingPlan, which never changes and may be kept for ever.
 */
export type SeatMap = {
  __typename?: 'SeatMap';
  /** When it was so, by the server's clock. */
  asOf: Scalars['DateTime']['output'];
  /** How many tickets can be had. */
  available: Scalars['Int']['output'];
  /** Where it stands: give it as `after` or `cursor` to go on from here. */
  cursor: Scalars['String']['output'];
  /** Names the run of numbers that `sequence` counts in; another epoch means: start over from here. */
  epoch: Scalars['String']['output'];
  /** The Event. */
  event: Event;
  /** The drawing that the places are numbered in. */
  plan: SeatingPlan;
  /** The sections, in the order of the plan. */
  sections: Array<SeatMapSection>;
  /** The number of the last change that is in it. */
  sequence: Scalars['Int']['output'];
  /** Whether it may lag behind by some seconds, because the live feed is away. */
  stale: Scalars['Boolean']['output'];
  /** Counts by price tier. */
  tiers: Array<SeatMapTier>;
};

/**
 * What changed between two moments, in brief: for each place that changed, the letter it has now. Apply it to a map at
 * `fromSequence - 1` or later of the same epoch; what is older than the map changes nothing.
 */
export type SeatMapDelta = {
  __typename?: 'SeatMapDelta';
  /** How many tickets can be had now. */
  available: Scalars['Int']['output'];
  /** Where the map stands once it is applied: give it as `after` or `cursor` to go on from there. */
  cursor: Scalars['String']['output'];
  /** The run of numbers it belongs to. */
  epoch: Scalars['String']['output'];
  /** The number of the first change in it. */
  fromSequence: Scalars['Int']['output'];
  /** The places that changed, each once, in order. */
  places: Array<Scalars['Int']['output']>;
  /** The number of the last change in it. */
  sequence: Scalars['Int']['output'];
  /** Whether it may lag behind by some seconds, because the live feed is away. */
  stale: Scalars['Boolean']['output'];
  /** One character per place of `places`: `A` available, `R` reserved, `S` sold, `B` blocked. */
  statuses: Scalars['String']['output'];
};

/** The places of one section. */
export type SeatMapSection = {
  __typename?: 'SeatMapSection';
  /** How many can be had. */
  available: Scalars['Int']['output'];
  /** The number of its first place. */
  firstPlace: Scalars['Int']['output'];
  /** The section's key in the plan. */
  key: Scalars['String']['output'];
  /** The cheapest that can be had; null if none can. */
  lowestPrice?: Maybe<Money>;
  /** One character per place, from `firstPlace` on: `A` available, `R` reserved, `S` sold, `B` blocked. */
  statuses: Scalars['String']['output'];
};

/** The tickets of one price tier. */
export type SeatMapTier = {
  __typename?: 'SeatMapTier';
  /** How many can be had. */
  available: Scalars['Int']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** How many there are. */
  places: Scalars['Int']['output'];
  /** What one costs. */
  price: Money;
  /** Its number. */
  tier: Scalars['Int']['output'];
};

/** A whole map to start over from, or what changed since the last. */
export type SeatMapUpdate = SeatMap | SeatMapDelta;

/** Seats side by side. The lists run in parallel: one entry per seat. */
export type SeatRow = {
  __typename?: 'SeatRow';
  /** Which of the seats are wheelchair-accessible: indexes into `seats`. */
  accessible: Array<Scalars['Int']['output']>;
  /** Index into the plan's categories. */
  category: Scalars['Int']['output'];
  /** The place of the first seat. */
  firstPlace: Scalars['Int']['output'];
  /** What is written on the row. */
  label: Scalars['String']['output'];
  /** What is written on each seat. */
  seats: Array<Scalars['String']['output']>;
  /** Each seat's x. */
  x: Array<Scalars['Float']['output']>;
  /** Each seat's y. */
  y: Array<Scalars['Float']['output']>;
};

/** Seats side by side; `x` and `y` have one entry per seat. */
export type SeatRowInput = {
  /** Which of the seats are wheelchair-accessible: indexes into `seats`. */
  accessible?: Array<Scalars['Int']['input']>;
  /** Index into the plan's categories. */
  category: Scalars['Int']['input'];
  /** Unique within the section, unless the row goes on with another category. */
  label: Scalars['String']['input'];
  /** What is written on each seat. */
  seats: Array<Scalars['String']['input']>;
  /** Each seat's x. */
  x: Array<Scalars['Float']['input']>;
  /** Each seat's y. */
  y: Array<Scalars['Float']['input']>;
};

/** Rows of numbered seats. */
export type SeatedSection = Section & {
  __typename?: 'SeatedSection';
  /** The number of its first place. */
  firstPlace: Scalars['Int']['output'];
  /** Unique within the plan. */
  key: Scalars['String']['output'];
  /** The level it is on. */
  level: Scalars['String']['output'];
  /** What tickets and signs say. */
  name: Scalars['String']['output'];
  /** How many places it has. */
  places: Scalars['Int']['output'];
  /** The rows, in order of their places. */
  rows: Array<SeatRow>;
};

/** Rows of seats. */
export type SeatedSectionInput = {
  /** Unique within the plan; letters, digits and hyphens. */
  key: Scalars['String']['input'];
  /** The level it is on. */
  level?: Scalars['String']['input'];
  /** What tickets say. */
  name: Scalars['String']['input'];
  /** The rows; their places are numbered in this order. */
  rows: Array<SeatRowInput>;
};

/**
 * How the places of a Venue are laid out. It never changes: a change makes a new version with an id of its own,
 * so it may be kept for ever. Places are numbered from 0; seat maps and tickets refer to them by number.
 */
export type SeatingPlan = Node & {
  __typename?: 'SeatingPlan';
  /** Names of the price categories; tiers of an Event have the same numbers. */
  categories: Array<Scalars['String']['output']>;
  /** Height of the drawing; y runs from 0 to here, downwards. */
  height: Scalars['Float']['output'];
  /** The global id. */
  id: Scalars['ID']['output'];
  /** Its name: `Concert`, `Theatre`. */
  name: Scalars['String']['output'];
  /** How many places it has. */
  places: Scalars['Int']['output'];
  /** The sections, in order of their places. */
  sections: Array<Section>;
  /** What everybody looks at: the stage, the pitch. */
  stage: SeatingPlanStage;
  /** The Venue it is of. */
  venue: Venue;
  /** 1 for the first, counting up with each change. */
  version: Scalars['Int']['output'];
  /** Width of the drawing, in units of its own; x runs from 0 to here. */
  width: Scalars['Float']['output'];
};

/** The SeatingPlan is there. */
export type SeatingPlanCreated = {
  __typename?: 'SeatingPlanCreated';
  /** The SeatingPlan. */
  seatingPlan: SeatingPlan;
};

/** A SeatingPlan, drawn: at most 100,000 places. */
export type SeatingPlanLayoutInput = {
  /** Names of the price categories, 1 to 50. */
  categories: Array<Scalars['String']['input']>;
  /** Height of the drawing. */
  height: Scalars['Float']['input'];
  /** The sections; their places are numbered in this order. */
  sections: Array<SectionInput>;
  /** What the stage is called. */
  stageLabel?: Scalars['String']['input'];
  /** The stage's x. */
  stageX: Scalars['Float']['input'];
  /** The stage's y. */
  stageY: Scalars['Float']['input'];
  /** Width of the drawing. */
  width: Scalars['Float']['input'];
};

/** There is no such SeatingPlan, or it is another organiser's. */
export type SeatingPlanNotFound = Refusal & {
  __typename?: 'SeatingPlanNotFound';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** Where a SeatingPlan's layout comes from: exactly one of the two. */
export type SeatingPlanSourceInput =
  /** Generated by us. */
  { generate: GeneratedLayoutInput; layout?: never; }
  |  /** Drawn by you. */
  { generate?: never; layout: SeatingPlanLayoutInput; };

/** What everybody looks at. */
export type SeatingPlanStage = {
  __typename?: 'SeatingPlanStage';
  /** `Stage`, `Pitch`, … */
  label: Scalars['String']['output'];
  /** From the left. */
  x: Scalars['Float']['output'];
  /** From the top. */
  y: Scalars['Float']['output'];
};

/** A new version is there; the old one stays as it was. */
export type SeatingPlanUpdated = {
  __typename?: 'SeatingPlanUpdated';
  /** The new version, with an id of its own. */
  seatingPlan: SeatingPlan;
};

/** A part of a SeatingPlan: rows of seats, or an area to stand in. */
export type Section = {
  /** The number of its first place; the others follow without a gap. */
  firstPlace: Scalars['Int']['output'];
  /** Unique within the plan. */
  key: Scalars['String']['output'];
  /** The level it is on: `Stalls`, `Upper tier`. */
  level: Scalars['String']['output'];
  /** What tickets and signs say: `Block 112`. */
  name: Scalars['String']['output'];
  /** How many places it has. */
  places: Scalars['Int']['output'];
};

/** A section of a new SeatingPlan: exactly one of the two. */
export type SectionInput =
  /** An area to stand in. */
  { generalAdmission: GeneralAdmissionAreaInput; seated?: never; }
  |  /** Rows of seats. */
  { generalAdmission?: never; seated: SeatedSectionInput; };

/** The way in for following what happens, over WebSocket (`graphql-transport-ws`) or SSE (`graphql-sse`). */
export type Subscription = {
  __typename?: 'Subscription';
  /**
   * Follow the seat map of an Event: first a whole map, or with `after` what was missed since; then every change, in order
   * and without a gap. When that cannot be had any more, another whole map comes: start over from it. It ends with the error
   * that a new one would get when the viewer may not see the Event any more.
   */
  seatMapChanged: SeatMapUpdate;
};


/** The way in for following what happens, over WebSocket (`graphql-transport-ws`) or SSE (`graphql-sse`). */
export type SubscriptionSeatMapChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event: Scalars['ID']['input'];
};

/** One place at one Event. */
export type Ticket = Node & {
  __typename?: 'Ticket';
  /** Whether it is wheelchair-accessible. */
  accessible: Scalars['Boolean']['output'];
  /** The Event. */
  event: Event;
  /** The global id: `tkt_`, the Event's hex, and the place. */
  id: Scalars['ID']['output'];
  /** Its number in the Event's SeatingPlan. */
  place: Scalars['Int']['output'];
  /** What it costs. */
  price: Money;
  /** Label of the row; null in a general-admission area. */
  row?: Maybe<Scalars['String']['output']>;
  /** Label of the seat; null in a general-admission area. */
  seat?: Maybe<Scalars['String']['output']>;
  /** Name of the section. */
  section: Scalars['String']['output'];
  /** Whether it can be had, at this moment. */
  status: TicketStatus;
  /** Its tier's number. */
  tier: Scalars['Int']['output'];
};

/** The buyer would have more tickets than the Event allows. Nothing was held. */
export type TicketLimitExceeded = Refusal & {
  __typename?: 'TicketLimitExceeded';
  /** How many the buyer holds or owns already. */
  alreadyHeld: Scalars['Int']['output'];
  /** How many tickets one buyer may have. */
  limit: Scalars['Int']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** Which tickets: exactly one of the three. */
export type TicketSelectionInput =
  /** So many in these areas. */
  { generalAdmission: Array<GeneralAdmissionInput>; places?: never; tickets?: never; }
  |  /** These places, by their number in the SeatingPlan. */
  { generalAdmission?: never; places: Array<Scalars['Int']['input']>; tickets?: never; }
  |  /** These tickets, by global id. */
  { generalAdmission?: never; places?: never; tickets: Array<Scalars['ID']['input']>; };

/** What is the matter with a ticket. */
export type TicketStatus =
  /** Anybody may reserve it. */
  | 'AVAILABLE'
  /** The organiser keeps it back. */
  | 'BLOCKED'
  /** Somebody holds it. */
  | 'RESERVED'
  /** Somebody bought it. */
  | 'SOLD';

/** The viewer already holds some of these tickets. Nothing more was held. */
export type TicketsAlreadyYours = Refusal & {
  __typename?: 'TicketsAlreadyYours';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The hold that has them. */
  reservation: Reservation;
};

/** The tickets are kept back. */
export type TicketsBlocked = {
  __typename?: 'TicketsBlocked';
  /** The Event. */
  event: Event;
  /** The places, now all blocked; blocking twice answers the same. */
  places: Array<Scalars['Int']['output']>;
};

/** The tickets are held for the viewer. */
export type TicketsReserved = {
  __typename?: 'TicketsReserved';
  /** The hold. */
  reservation: Reservation;
};

/** Somebody else holds or owns at least one of the tickets, or the organiser keeps it back. Nothing was held. */
export type TicketsUnavailable = Refusal & {
  __typename?: 'TicketsUnavailable';
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** The places to grey out. */
  places: Array<Scalars['Int']['output']>;
};

/** The tickets can be bought again. */
export type TicketsUnblocked = {
  __typename?: 'TicketsUnblocked';
  /** The Event. */
  event: Event;
  /** The places that were blocked until now. */
  places: Array<Scalars['Int']['output']>;
};

/** The price of one tier. */
export type TierPriceInput = {
  /** The price of one ticket in the currency's smallest unit; 0 is free. */
  amount: Scalars['Int']['input'];
  /** Index of the category in the SeatingPlan. */
  tier: Scalars['Int']['input'];
};

/** Which tickets to give back. */
export type UnblockTicketsInput = {
  /** The Event's global id. */
  event: Scalars['ID']['input'];
  /** Numbers of places, 1 to 1,000. */
  places: Array<Scalars['Int']['input']>;
};

/** What `unblockTickets` answers. */
export type UnblockTicketsResult = EventNotFound | EventNotOnSale | InvalidInput | TicketsUnblocked;

/** Changes to an Event. */
export type UpdateEventInput = {
  /** What to change. */
  event: EventFields;
  /** Its global id. */
  id: Scalars['ID']['input'];
};

/** What `updateEvent` answers. */
export type UpdateEventResult = EventNotChangeable | EventNotFound | EventUpdated | InvalidInput;

/** Changes to a Performer. */
export type UpdatePerformerInput = {
  /** Its global id. */
  id: Scalars['ID']['input'];
  /** What to change. */
  performer: PerformerFields;
};

/** What `updatePerformer` answers. */
export type UpdatePerformerResult = InvalidInput | PerformerNotFound | PerformerUpdated;

/** A new version of a SeatingPlan. Events that use the old one keep it. */
export type UpdateSeatingPlanInput = {
  /** The global id of the newest version. */
  id: Scalars['ID']['input'];
  /** Where the new layout comes from. */
  source: SeatingPlanSourceInput;
};

/** What `updateSeatingPlan` answers. */
export type UpdateSeatingPlanResult = InvalidInput | SeatingPlanNotFound | SeatingPlanUpdated;

/** Changes to a Venue. */
export type UpdateVenueInput = {
  /** Its global id. */
  id: Scalars['ID']['input'];
  /** What to change. */
  venue: VenueFields;
};

/** What `updateVenue` answers. */
export type UpdateVenueResult = InvalidInput | VenueNotFound | VenueUpdated;

/** A place where Events happen. */
export type Venue = Node & {
  __typename?: 'Venue';
  /** Other names it goes or went by. */
  aliases: Array<Scalars['String']['output']>;
  /** How many people it holds; null if not known. */
  capacity?: Maybe<Scalars['Int']['output']>;
  /** The city. */
  city: Scalars['String']['output'];
  /** The country's name, in English. */
  country: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2. */
  countryCode: Scalars['String']['output'];
  /** What is on here, soonest first. Past Events are left out. */
  events: EventConnection;
  /** The global id. */
  id: Scalars['ID']['output'];
  /** What it is: `stadium`, `arena`, `concert hall`, `theatre`, `club`, … */
  kind: Scalars['String']['output'];
  /** Where it stands; null if not known. */
  location?: Maybe<GeoPoint>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** State, province or nation, where that is usual. */
  region?: Maybe<Scalars['String']['output']>;
  /** The ways it can be laid out; the newest version of each. */
  seatingPlans: Array<SeatingPlan>;
  /** Its IANA time zone: `Europe/Berlin`. */
  timezone: Scalars['String']['output'];
};


/** A place where Events happen. */
export type VenueEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The Venue is there. */
export type VenueCreated = {
  __typename?: 'VenueCreated';
  /** The Venue. */
  venue: Venue;
};

/** A Venue, as an organiser describes it. In an update, what is left out stays as it was, and null clears what need not be there. */
export type VenueFields = {
  /** Other names, at most 20. */
  aliases?: InputMaybe<Array<Scalars['String']['input']>>;
  /** How many people it holds, 1 to 1,000,000. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** The city. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** The country's name, in English. */
  country?: InputMaybe<Scalars['String']['input']>;
  /** ISO 3166-1 alpha-2. */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** `stadium`, `arena`, `concert hall`, `theatre`, `club`, … */
  kind?: InputMaybe<Scalars['String']['input']>;
  /** Degrees north, -90 to 90; together with `longitude`. */
  latitude?: InputMaybe<Scalars['Float']['input']>;
  /** Degrees east, -180 to 180; together with `latitude`. */
  longitude?: InputMaybe<Scalars['Float']['input']>;
  /** 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** State, province or nation. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** IANA time zone. */
  timezone?: InputMaybe<Scalars['String']['input']>;
};

/** There is no such Venue, or it is another organiser's. */
export type VenueNotFound = Refusal & {
  __typename?: 'VenueNotFound';
  /** For people, in English. */
  message: Scalars['String']['output'];
};

/** The Venue was changed. */
export type VenueUpdated = {
  __typename?: 'VenueUpdated';
  /** The Venue, as it is now. */
  venue: Venue;
};

/** Whoever is asking. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The viewer's Bookings, newest first. */
  bookings: BookingConnection;
  /** The viewer's Reservations, newest first. */
  reservations: ReservationConnection;
  /** What the token is good for. */
  roles: Array<Role>;
  /** The token's subject. */
  subject: Scalars['String']['output'];
};


/** Whoever is asking. */
export type ViewerBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<Array<BookingStatus>>;
};


/** Whoever is asking. */
export type ViewerReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  event?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<Array<ReservationStatus>>;
};



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
  BlockTicketsResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( Omit<TicketsBlocked, 'event'> & { event: _RefType['Event'] } & { __typename: 'TicketsBlocked' } )
    | ( TicketsUnavailable & { __typename: 'TicketsUnavailable' } )
  ;
  CancelBookingResult:
    | ( Omit<BookingCancelled, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingCancelled' } )
    | ( Omit<BookingNotCancellable, 'booking'> & { booking: _RefType['Booking'] } & { __typename: 'BookingNotCancellable' } )
    | ( BookingNotFound & { __typename: 'BookingNotFound' } )
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
    | ( Omit<PaymentUnavailable, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'PaymentUnavailable' } )
    | ( ReservationNotFound & { __typename: 'ReservationNotFound' } )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationOver' } )
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
  PublishEventResult:
    | ( EventNotChangeable & { __typename: 'EventNotChangeable' } )
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( Omit<EventPublished, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventPublished' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
  ;
  ReleaseReservationResult:
    | ( PaymentUnderWay & { __typename: 'PaymentUnderWay' } )
    | ( ReservationNotFound & { __typename: 'ReservationNotFound' } )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationOver' } )
    | ( Omit<ReservationReleased, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'ReservationReleased' } )
  ;
  ReserveBestAvailableResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NoSeatsTogether & { __typename: 'NoSeatsTogether' } )
    | ( TicketLimitExceeded & { __typename: 'TicketLimitExceeded' } )
    | ( Omit<TicketsReserved, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'TicketsReserved' } )
  ;
  ReserveTicketsResult:
    | ( EventNotFound & { __typename: 'EventNotFound' } )
    | ( EventNotOnSale & { __typename: 'EventNotOnSale' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( InvalidInput & { __typename: 'InvalidInput' } )
    | ( NotEnoughTickets & { __typename: 'NotEnoughTickets' } )
    | ( OrphanSeat & { __typename: 'OrphanSeat' } )
    | ( TicketLimitExceeded & { __typename: 'TicketLimitExceeded' } )
    | ( Omit<TicketsAlreadyYours, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'TicketsAlreadyYours' } )
    | ( Omit<TicketsReserved, 'reservation'> & { reservation: _RefType['Reservation'] } & { __typename: 'TicketsReserved' } )
    | ( TicketsUnavailable & { __typename: 'TicketsUnavailable' } )
  ;
  SeatMapUpdate:
    | ( SeatMapSnapshot & { __typename: 'SeatMap' } )
    | ( SeatMapDelta & { __typename: 'SeatMapDelta' } )
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
    | ( Omit<EventUpdated, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventUpdated' } )
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
    | ( Omit<AmountMismatch, 'total'> & { total: _RefType['Money'] } )
    | ( Omit<BookingNotCancellable, 'booking'> & { booking: _RefType['Booking'] } )
    | ( BookingNotFound )
    | ( Omit<BookingRefunded, 'booking'> & { booking: _RefType['Booking'] } )
    | ( Omit<BookingUnderWay, 'booking'> & { booking: _RefType['Booking'] } )
    | ( EventNotChangeable )
    | ( EventNotFound )
    | ( EventNotOnSale )
    | ( IdempotencyKeyReused )
    | ( InvalidInput )
    | ( NoSeatsTogether )
    | ( NotEnoughTickets )
    | ( OrphanSeat )
    | ( Omit<PaymentActionRequired, 'booking'> & { booking: _RefType['Booking'] } )
    | ( Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: _RefType['Booking'], reservation: _RefType['Reservation'] } )
    | ( PaymentMethodInvalid )
    | ( Omit<PaymentPending, 'booking'> & { booking: _RefType['Booking'] } )
    | ( Omit<PaymentUnavailable, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( PaymentUnderWay )
    | ( PerformerNotFound )
    | ( Omit<ReservationAtCap, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( ReservationNotFound )
    | ( Omit<ReservationOver, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( SeatingPlanNotFound )
    | ( TicketLimitExceeded )
    | ( Omit<TicketsAlreadyYours, 'reservation'> & { reservation: _RefType['Reservation'] } )
    | ( TicketsUnavailable )
    | ( VenueNotFound )
  ;
  Section:
    | ( DrawnArea )
    | ( DrawnSeatedSection )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AmountMismatch: ResolverTypeWrapper<Omit<AmountMismatch, 'total'> & { total: ResolversTypes['Money'] }>;
  BlockTicketsInput: BlockTicketsInput;
  BlockTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BlockTicketsResult']>;
  Booking: ResolverTypeWrapper<BookingRow>;
  BookingCancelled: ResolverTypeWrapper<Omit<BookingCancelled, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingConfirmed: ResolverTypeWrapper<Omit<BookingConfirmed, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingConnection: ResolverTypeWrapper<Omit<BookingConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['BookingEdge']>, nodes: Array<ResolversTypes['Booking']> }>;
  BookingEdge: ResolverTypeWrapper<Omit<BookingEdge, 'node'> & { node: ResolversTypes['Booking'] }>;
  BookingNotCancellable: ResolverTypeWrapper<Omit<BookingNotCancellable, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingNotFound: ResolverTypeWrapper<BookingNotFound>;
  BookingRefunded: ResolverTypeWrapper<Omit<BookingRefunded, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  BookingStatus: BookingStatus;
  BookingUnderWay: ResolverTypeWrapper<Omit<BookingUnderWay, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CacheControlScope: CacheControlScope;
  CancelBookingInput: CancelBookingInput;
  CancelBookingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelBookingResult']>;
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
  Event: ResolverTypeWrapper<EventRow>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['EventEdge']>, nodes: Array<ResolversTypes['Event']> }>;
  EventCreated: ResolverTypeWrapper<Omit<EventCreated, 'event'> & { event: ResolversTypes['Event'] }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFields: EventFields;
  EventFilter: EventFilter;
  EventNotChangeable: ResolverTypeWrapper<EventNotChangeable>;
  EventNotFound: ResolverTypeWrapper<EventNotFound>;
  EventNotOnSale: ResolverTypeWrapper<EventNotOnSale>;
  EventPublished: ResolverTypeWrapper<Omit<EventPublished, 'event'> & { event: ResolversTypes['Event'] }>;
  EventSearchConnection: ResolverTypeWrapper<EventSearchPage>;
  EventSearchEdge: ResolverTypeWrapper<EventSearchHit>;
  EventSort: EventSort;
  EventStatus: EventStatus;
  EventUpdated: ResolverTypeWrapper<Omit<EventUpdated, 'event'> & { event: ResolversTypes['Event'] }>;
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
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NearInput: NearInput;
  NoSeatsTogether: ResolverTypeWrapper<NoSeatsTogether>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  NotEnoughTickets: ResolverTypeWrapper<NotEnoughTickets>;
  OrphanSeat: ResolverTypeWrapper<OrphanSeat>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PaymentActionRequired: ResolverTypeWrapper<Omit<PaymentActionRequired, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  PaymentDeclined: ResolverTypeWrapper<Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: ResolversTypes['Booking'], reservation: ResolversTypes['Reservation'] }>;
  PaymentInput: PaymentInput;
  PaymentMethodInvalid: ResolverTypeWrapper<PaymentMethodInvalid>;
  PaymentPending: ResolverTypeWrapper<Omit<PaymentPending, 'booking'> & { booking: ResolversTypes['Booking'] }>;
  PaymentUnavailable: ResolverTypeWrapper<Omit<PaymentUnavailable, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  PaymentUnderWay: ResolverTypeWrapper<PaymentUnderWay>;
  Performer: ResolverTypeWrapper<PerformerRow>;
  PerformerCreated: ResolverTypeWrapper<Omit<PerformerCreated, 'performer'> & { performer: ResolversTypes['Performer'] }>;
  PerformerFields: PerformerFields;
  PerformerNotFound: ResolverTypeWrapper<PerformerNotFound>;
  PerformerUpdated: ResolverTypeWrapper<Omit<PerformerUpdated, 'performer'> & { performer: ResolversTypes['Performer'] }>;
  PriceRangeInput: PriceRangeInput;
  PriceTier: ResolverTypeWrapper<PricedTier>;
  PublishEventInput: PublishEventInput;
  PublishEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PublishEventResult']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
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
  Role: Role;
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
  Section: ResolverTypeWrapper<DrawnSection>;
  SectionInput: SectionInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Ticket: ResolverTypeWrapper<TicketRow>;
  TicketLimitExceeded: ResolverTypeWrapper<TicketLimitExceeded>;
  TicketSelectionInput: TicketSelectionInput;
  TicketStatus: TicketStatus;
  TicketsAlreadyYours: ResolverTypeWrapper<Omit<TicketsAlreadyYours, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  TicketsBlocked: ResolverTypeWrapper<Omit<TicketsBlocked, 'event'> & { event: ResolversTypes['Event'] }>;
  TicketsReserved: ResolverTypeWrapper<Omit<TicketsReserved, 'reservation'> & { reservation: ResolversTypes['Reservation'] }>;
  TicketsUnavailable: ResolverTypeWrapper<TicketsUnavailable>;
  TicketsUnblocked: ResolverTypeWrapper<Omit<TicketsUnblocked, 'event'> & { event: ResolversTypes['Event'] }>;
  TierPriceInput: TierPriceInput;
  UnblockTicketsInput: UnblockTicketsInput;
  UnblockTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UnblockTicketsResult']>;
  UpdateEventInput: UpdateEventInput;
  UpdateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateEventResult']>;
  UpdatePerformerInput: UpdatePerformerInput;
  UpdatePerformerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdatePerformerResult']>;
  UpdateSeatingPlanInput: UpdateSeatingPlanInput;
  UpdateSeatingPlanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateSeatingPlanResult']>;
  UpdateVenueInput: UpdateVenueInput;
  UpdateVenueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateVenueResult']>;
  Venue: ResolverTypeWrapper<VenueRow>;
  VenueCreated: ResolverTypeWrapper<Omit<VenueCreated, 'venue'> & { venue: ResolversTypes['Venue'] }>;
  VenueFields: VenueFields;
  VenueNotFound: ResolverTypeWrapper<VenueNotFound>;
  VenueUpdated: ResolverTypeWrapper<Omit<VenueUpdated, 'venue'> & { venue: ResolversTypes['Venue'] }>;
  Viewer: ResolverTypeWrapper<SignedInViewer>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AmountMismatch: Omit<AmountMismatch, 'total'> & { total: ResolversParentTypes['Money'] };
  BlockTicketsInput: BlockTicketsInput;
  BlockTicketsResult: ResolversUnionTypes<ResolversParentTypes>['BlockTicketsResult'];
  Booking: BookingRow;
  BookingCancelled: Omit<BookingCancelled, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingConfirmed: Omit<BookingConfirmed, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingConnection: Omit<BookingConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['BookingEdge']>, nodes: Array<ResolversParentTypes['Booking']> };
  BookingEdge: Omit<BookingEdge, 'node'> & { node: ResolversParentTypes['Booking'] };
  BookingNotCancellable: Omit<BookingNotCancellable, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingNotFound: BookingNotFound;
  BookingRefunded: Omit<BookingRefunded, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  BookingUnderWay: Omit<BookingUnderWay, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  Boolean: Scalars['Boolean']['output'];
  CancelBookingInput: CancelBookingInput;
  CancelBookingResult: ResolversUnionTypes<ResolversParentTypes>['CancelBookingResult'];
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
  Event: EventRow;
  EventConnection: Omit<EventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['EventEdge']>, nodes: Array<ResolversParentTypes['Event']> };
  EventCreated: Omit<EventCreated, 'event'> & { event: ResolversParentTypes['Event'] };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFields: EventFields;
  EventFilter: EventFilter;
  EventNotChangeable: EventNotChangeable;
  EventNotFound: EventNotFound;
  EventNotOnSale: EventNotOnSale;
  EventPublished: Omit<EventPublished, 'event'> & { event: ResolversParentTypes['Event'] };
  EventSearchConnection: EventSearchPage;
  EventSearchEdge: EventSearchHit;
  EventUpdated: Omit<EventUpdated, 'event'> & { event: ResolversParentTypes['Event'] };
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
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NearInput: NearInput;
  NoSeatsTogether: NoSeatsTogether;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  NotEnoughTickets: NotEnoughTickets;
  OrphanSeat: OrphanSeat;
  PageInfo: PageInfo;
  PaymentActionRequired: Omit<PaymentActionRequired, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  PaymentDeclined: Omit<PaymentDeclined, 'booking' | 'reservation'> & { booking: ResolversParentTypes['Booking'], reservation: ResolversParentTypes['Reservation'] };
  PaymentInput: PaymentInput;
  PaymentMethodInvalid: PaymentMethodInvalid;
  PaymentPending: Omit<PaymentPending, 'booking'> & { booking: ResolversParentTypes['Booking'] };
  PaymentUnavailable: Omit<PaymentUnavailable, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  PaymentUnderWay: PaymentUnderWay;
  Performer: PerformerRow;
  PerformerCreated: Omit<PerformerCreated, 'performer'> & { performer: ResolversParentTypes['Performer'] };
  PerformerFields: PerformerFields;
  PerformerNotFound: PerformerNotFound;
  PerformerUpdated: Omit<PerformerUpdated, 'performer'> & { performer: ResolversParentTypes['Performer'] };
  PriceRangeInput: PriceRangeInput;
  PriceTier: PricedTier;
  PublishEventInput: PublishEventInput;
  PublishEventResult: ResolversUnionTypes<ResolversParentTypes>['PublishEventResult'];
  Query: Record<PropertyKey, never>;
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
  Section: DrawnSection;
  SectionInput: SectionInput;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  Ticket: TicketRow;
  TicketLimitExceeded: TicketLimitExceeded;
  TicketSelectionInput: TicketSelectionInput;
  TicketsAlreadyYours: Omit<TicketsAlreadyYours, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  TicketsBlocked: Omit<TicketsBlocked, 'event'> & { event: ResolversParentTypes['Event'] };
  TicketsReserved: Omit<TicketsReserved, 'reservation'> & { reservation: ResolversParentTypes['Reservation'] };
  TicketsUnavailable: TicketsUnavailable;
  TicketsUnblocked: Omit<TicketsUnblocked, 'event'> & { event: ResolversParentTypes['Event'] };
  TierPriceInput: TierPriceInput;
  UnblockTicketsInput: UnblockTicketsInput;
  UnblockTicketsResult: ResolversUnionTypes<ResolversParentTypes>['UnblockTicketsResult'];
  UpdateEventInput: UpdateEventInput;
  UpdateEventResult: ResolversUnionTypes<ResolversParentTypes>['UpdateEventResult'];
  UpdatePerformerInput: UpdatePerformerInput;
  UpdatePerformerResult: ResolversUnionTypes<ResolversParentTypes>['UpdatePerformerResult'];
  UpdateSeatingPlanInput: UpdateSeatingPlanInput;
  UpdateSeatingPlanResult: ResolversUnionTypes<ResolversParentTypes>['UpdateSeatingPlanResult'];
  UpdateVenueInput: UpdateVenueInput;
  UpdateVenueResult: ResolversUnionTypes<ResolversParentTypes>['UpdateVenueResult'];
  Venue: VenueRow;
  VenueCreated: Omit<VenueCreated, 'venue'> & { venue: ResolversParentTypes['Venue'] };
  VenueFields: VenueFields;
  VenueNotFound: VenueNotFound;
  VenueUpdated: Omit<VenueUpdated, 'venue'> & { venue: ResolversParentTypes['Venue'] };
  Viewer: SignedInViewer;
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  roles?: Array<Role>;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = Context, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AmountMismatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmountMismatch'] = ResolversParentTypes['AmountMismatch']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BlockTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockTicketsResult'] = ResolversParentTypes['BlockTicketsResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'EventNotOnSale' | 'InvalidInput' | 'TicketsBlocked' | 'TicketsUnavailable', ParentType, ContextType>;
};

export type BookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Booking'] = ResolversParentTypes['Booking']> = {
  confirmedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  failureMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type ConfirmBookingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmBookingResult'] = ResolversParentTypes['ConfirmBookingResult']> = {
  __resolveType: TypeResolveFn<'AmountMismatch' | 'BookingConfirmed' | 'BookingRefunded' | 'BookingUnderWay' | 'IdempotencyKeyReused' | 'InvalidInput' | 'PaymentActionRequired' | 'PaymentDeclined' | 'PaymentMethodInvalid' | 'PaymentPending' | 'PaymentUnavailable' | 'ReservationNotFound' | 'ReservationOver', ParentType, ContextType>;
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

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  activeReservations?: Resolver<Array<ResolversTypes['Reservation']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  countryCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
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
  saleStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seatingPlan?: Resolver<Maybe<ResolversTypes['SeatingPlan']>, ParentType, ContextType>;
  series?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startsAtIsApproximate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startsAtLocal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  ticketLimit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType, RequireFields<EventTicketsArgs, 'places'>>;
  timezone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType>;
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

export type EventSearchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSearchConnection'] = ResolversParentTypes['EventSearchConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EventSearchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EventSearchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSearchEdge'] = ResolversParentTypes['EventSearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distanceKm?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type EventUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventUpdated'] = ResolversParentTypes['EventUpdated']> = {
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

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  blockTickets?: Resolver<ResolversTypes['BlockTicketsResult'], ParentType, ContextType, RequireFields<MutationBlockTicketsArgs, 'input'>>;
  cancelBooking?: Resolver<ResolversTypes['CancelBookingResult'], ParentType, ContextType, RequireFields<MutationCancelBookingArgs, 'input'>>;
  confirmBooking?: Resolver<ResolversTypes['ConfirmBookingResult'], ParentType, ContextType, RequireFields<MutationConfirmBookingArgs, 'input'>>;
  createEvent?: Resolver<ResolversTypes['CreateEventResult'], ParentType, ContextType, RequireFields<MutationCreateEventArgs, 'input'>>;
  createPerformer?: Resolver<ResolversTypes['CreatePerformerResult'], ParentType, ContextType, RequireFields<MutationCreatePerformerArgs, 'input'>>;
  createSeatingPlan?: Resolver<ResolversTypes['CreateSeatingPlanResult'], ParentType, ContextType, RequireFields<MutationCreateSeatingPlanArgs, 'input'>>;
  createVenue?: Resolver<ResolversTypes['CreateVenueResult'], ParentType, ContextType, RequireFields<MutationCreateVenueArgs, 'input'>>;
  extendReservation?: Resolver<ResolversTypes['ExtendReservationResult'], ParentType, ContextType, RequireFields<MutationExtendReservationArgs, 'input'>>;
  publishEvent?: Resolver<ResolversTypes['PublishEventResult'], ParentType, ContextType, RequireFields<MutationPublishEventArgs, 'input'>>;
  releaseReservation?: Resolver<ResolversTypes['ReleaseReservationResult'], ParentType, ContextType, RequireFields<MutationReleaseReservationArgs, 'input'>>;
  reserveBestAvailable?: Resolver<ResolversTypes['ReserveBestAvailableResult'], ParentType, ContextType, RequireFields<MutationReserveBestAvailableArgs, 'input'>>;
  reserveTickets?: Resolver<ResolversTypes['ReserveTicketsResult'], ParentType, ContextType, RequireFields<MutationReserveTicketsArgs, 'input'>>;
  unblockTickets?: Resolver<ResolversTypes['UnblockTicketsResult'], ParentType, ContextType, RequireFields<MutationUnblockTicketsArgs, 'input'>>;
  updateEvent?: Resolver<ResolversTypes['UpdateEventResult'], ParentType, ContextType, RequireFields<MutationUpdateEventArgs, 'input'>>;
  updatePerformer?: Resolver<ResolversTypes['UpdatePerformerResult'], ParentType, ContextType, RequireFields<MutationUpdatePerformerArgs, 'input'>>;
  updateSeatingPlan?: Resolver<ResolversTypes['UpdateSeatingPlanResult'], ParentType, ContextType, RequireFields<MutationUpdateSeatingPlanArgs, 'input'>>;
  updateVenue?: Resolver<ResolversTypes['UpdateVenueResult'], ParentType, ContextType, RequireFields<MutationUpdateVenueArgs, 'input'>>;
};

export type NoSeatsTogetherResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoSeatsTogether'] = ResolversParentTypes['NoSeatsTogether']> = {
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

export type OrphanSeatResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrphanSeat'] = ResolversParentTypes['OrphanSeat']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type PerformerUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformerUpdated'] = ResolversParentTypes['PerformerUpdated']> = {
  performer?: Resolver<ResolversTypes['Performer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceTierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceTier'] = ResolversParentTypes['PriceTier']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  searchEvents?: Resolver<ResolversTypes['EventSearchConnection'], ParentType, ContextType, RequireFields<QuerySearchEventsArgs, 'first' | 'input'>>;
  seatMap?: Resolver<Maybe<ResolversTypes['SeatMap']>, ParentType, ContextType, RequireFields<QuerySeatMapArgs, 'event'>>;
  seatMapSince?: Resolver<Maybe<ResolversTypes['SeatMapUpdate']>, ParentType, ContextType, RequireFields<QuerySeatMapSinceArgs, 'cursor' | 'event'>>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<QueryVenueArgs, 'id'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'AmountMismatch' | 'BookingNotCancellable' | 'BookingNotFound' | 'BookingRefunded' | 'BookingUnderWay' | 'EventNotChangeable' | 'EventNotFound' | 'EventNotOnSale' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NoSeatsTogether' | 'NotEnoughTickets' | 'OrphanSeat' | 'PaymentActionRequired' | 'PaymentDeclined' | 'PaymentMethodInvalid' | 'PaymentPending' | 'PaymentUnavailable' | 'PaymentUnderWay' | 'PerformerNotFound' | 'ReservationAtCap' | 'ReservationNotFound' | 'ReservationOver' | 'SeatingPlanNotFound' | 'TicketLimitExceeded' | 'TicketsAlreadyYours' | 'TicketsUnavailable' | 'VenueNotFound', ParentType, ContextType>;
};

export type ReleaseReservationResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseReservationResult'] = ResolversParentTypes['ReleaseReservationResult']> = {
  __resolveType: TypeResolveFn<'PaymentUnderWay' | 'ReservationNotFound' | 'ReservationOver' | 'ReservationReleased', ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  extendableUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'EventNotFound' | 'EventNotOnSale' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NoSeatsTogether' | 'TicketLimitExceeded' | 'TicketsReserved', ParentType, ContextType>;
};

export type ReserveTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReserveTicketsResult'] = ResolversParentTypes['ReserveTicketsResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'EventNotOnSale' | 'IdempotencyKeyReused' | 'InvalidInput' | 'NotEnoughTickets' | 'OrphanSeat' | 'TicketLimitExceeded' | 'TicketsAlreadyYours' | 'TicketsReserved' | 'TicketsUnavailable', ParentType, ContextType>;
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
  lowestPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
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

export type SectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Section'] = ResolversParentTypes['Section']> = {
  __resolveType: TypeResolveFn<'GeneralAdmissionArea' | 'SeatedSection', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  seatMapChanged?: SubscriptionResolver<ResolversTypes['SeatMapUpdate'], "seatMapChanged", ParentType, ContextType, RequireFields<SubscriptionSeatMapChangedArgs, 'event'>>;
};

export type TicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket']> = {
  accessible?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  row?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seat?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type TicketsReservedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsReserved'] = ResolversParentTypes['TicketsReserved']> = {
  reservation?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsUnavailableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsUnavailable'] = ResolversParentTypes['TicketsUnavailable']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsUnblockedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketsUnblocked'] = ResolversParentTypes['TicketsUnblocked']> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  places?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnblockTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnblockTicketsResult'] = ResolversParentTypes['UnblockTicketsResult']> = {
  __resolveType: TypeResolveFn<'EventNotFound' | 'EventNotOnSale' | 'InvalidInput' | 'TicketsUnblocked', ParentType, ContextType>;
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

export type Resolvers<ContextType = Context> = {
  AmountMismatch?: AmountMismatchResolvers<ContextType>;
  BlockTicketsResult?: BlockTicketsResultResolvers<ContextType>;
  Booking?: BookingResolvers<ContextType>;
  BookingCancelled?: BookingCancelledResolvers<ContextType>;
  BookingConfirmed?: BookingConfirmedResolvers<ContextType>;
  BookingConnection?: BookingConnectionResolvers<ContextType>;
  BookingEdge?: BookingEdgeResolvers<ContextType>;
  BookingNotCancellable?: BookingNotCancellableResolvers<ContextType>;
  BookingNotFound?: BookingNotFoundResolvers<ContextType>;
  BookingRefunded?: BookingRefundedResolvers<ContextType>;
  BookingUnderWay?: BookingUnderWayResolvers<ContextType>;
  CancelBookingResult?: CancelBookingResultResolvers<ContextType>;
  ConfirmBookingResult?: ConfirmBookingResultResolvers<ContextType>;
  CreateEventResult?: CreateEventResultResolvers<ContextType>;
  CreatePerformerResult?: CreatePerformerResultResolvers<ContextType>;
  CreateSeatingPlanResult?: CreateSeatingPlanResultResolvers<ContextType>;
  CreateVenueResult?: CreateVenueResultResolvers<ContextType>;
  Currency?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventCreated?: EventCreatedResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventNotChangeable?: EventNotChangeableResolvers<ContextType>;
  EventNotFound?: EventNotFoundResolvers<ContextType>;
  EventNotOnSale?: EventNotOnSaleResolvers<ContextType>;
  EventPublished?: EventPublishedResolvers<ContextType>;
  EventSearchConnection?: EventSearchConnectionResolvers<ContextType>;
  EventSearchEdge?: EventSearchEdgeResolvers<ContextType>;
  EventUpdated?: EventUpdatedResolvers<ContextType>;
  ExtendReservationResult?: ExtendReservationResultResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  GeneralAdmissionArea?: GeneralAdmissionAreaResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NoSeatsTogether?: NoSeatsTogetherResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NotEnoughTickets?: NotEnoughTicketsResolvers<ContextType>;
  OrphanSeat?: OrphanSeatResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PaymentActionRequired?: PaymentActionRequiredResolvers<ContextType>;
  PaymentDeclined?: PaymentDeclinedResolvers<ContextType>;
  PaymentMethodInvalid?: PaymentMethodInvalidResolvers<ContextType>;
  PaymentPending?: PaymentPendingResolvers<ContextType>;
  PaymentUnavailable?: PaymentUnavailableResolvers<ContextType>;
  PaymentUnderWay?: PaymentUnderWayResolvers<ContextType>;
  Performer?: PerformerResolvers<ContextType>;
  PerformerCreated?: PerformerCreatedResolvers<ContextType>;
  PerformerNotFound?: PerformerNotFoundResolvers<ContextType>;
  PerformerUpdated?: PerformerUpdatedResolvers<ContextType>;
  PriceTier?: PriceTierResolvers<ContextType>;
  PublishEventResult?: PublishEventResultResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
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
  Section?: SectionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  TicketLimitExceeded?: TicketLimitExceededResolvers<ContextType>;
  TicketsAlreadyYours?: TicketsAlreadyYoursResolvers<ContextType>;
  TicketsBlocked?: TicketsBlockedResolvers<ContextType>;
  TicketsReserved?: TicketsReservedResolvers<ContextType>;
  TicketsUnavailable?: TicketsUnavailableResolvers<ContextType>;
  TicketsUnblocked?: TicketsUnblockedResolvers<ContextType>;
  UnblockTicketsResult?: UnblockTicketsResultResolvers<ContextType>;
  UpdateEventResult?: UpdateEventResultResolvers<ContextType>;
  UpdatePerformerResult?: UpdatePerformerResultResolvers<ContextType>;
  UpdateSeatingPlanResult?: UpdateSeatingPlanResultResolvers<ContextType>;
  UpdateVenueResult?: UpdateVenueResultResolvers<ContextType>;
  Venue?: VenueResolvers<ContextType>;
  VenueCreated?: VenueCreatedResolvers<ContextType>;
  VenueNotFound?: VenueNotFoundResolvers<ContextType>;
  VenueUpdated?: VenueUpdatedResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
};

export type { Context } from '../app/context.ts';