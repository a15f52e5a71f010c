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

/** A GraphQL result, the same on both transports. */
export interface ResultMessage {
  data?: { seatMapChanged: SeatMapUpdateMessage } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}
