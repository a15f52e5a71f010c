/** A whole map: the selection of `SeatMap` in `SEAT_MAP_CHANGED`. */
export interface SeatMapMessage {
  __typename: 'SeatMap';
  epoch: string;
  sequence: number;
  cursor: string;
  available: number;
  stale: boolean;
  sections: { key: string; firstPlace: number; statuses: string }[];
}

/** Changes: the selection of `SeatMapDelta` in `SEAT_MAP_CHANGED`. */
export interface SeatMapDeltaMessage {
  __typename: 'SeatMapDelta';
  epoch: string;
  fromSequence: number;
  sequence: number;
  cursor: string;
  available: number;
  stale: boolean;
  places: number[];
  statuses: string;
}

export type SeatMapUpdateMessage = SeatMapMessage | SeatMapDeltaMessage;

/** The subscription. The server executes it once for all clients that send it, and never refuses it for its documents. */
export const SEAT_MAP_CHANGED = `subscription ($event: ID!, $after: String) {
  seatMapChanged(event: $event, after: $after) {
    __typename
    ... on SeatMap { epoch sequence cursor available stale sections { key firstPlace statuses } }
    ... on SeatMapDelta { epoch fromSequence sequence cursor available stale places statuses }
  }
}`;

/** Where a viewer stands: the selection of `QueueStatus` in `QUEUE_POSITION`. */
export interface QueuePositionMessage {
  state: 'BEFORE_OPENING' | 'WAITING' | 'PAUSED' | 'SOLD_OUT' | 'ADMITTED' | 'GONE' | 'NOT_JOINED' | 'CLOSED';
  /** Id of the entry, as it is published at the opening. */
  entry: string | null;
  /** Keep the last one: it carries the place. */
  token: string | null;
  place: number | null;
  peopleAhead: number | null;
  /** Range of the estimated wait; null while nothing is known. */
  minWaitSeconds: number | null;
  maxWaitSeconds: number | null;
  opensAt: string | null;
  /** Admission, once the state is `ADMITTED`: the header `onsale-admission`. */
  pass: string | null;
  visitEndsAt: string | null;
  secondsLeft: number | null;
}

/** The subscription of a viewer who waits. The server never refuses it for its documents. */
export const QUEUE_POSITION = `subscription ($event: ID!, $token: String) {
  queuePosition(event: $event, token: $token) {
    state entry token place peopleAhead minWaitSeconds maxWaitSeconds opensAt pass visitEndsAt secondsLeft
  }
}`;

/** A GraphQL result, the same on both transports. */
export interface ResultMessage {
  data?: { seatMapChanged?: SeatMapUpdateMessage; queuePosition?: QueuePositionMessage } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}
