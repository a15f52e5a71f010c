/** A whole map, as the server sends it. */
export interface SeatMapMessage {
  __typename: 'SeatMap';
  epoch: string;
  sequence: number;
  cursor: string;
  available: number;
  stale: boolean;
  sections: { key: string; firstPlace: number; statuses: string }[];
}

/** What changed, as the server sends it. */
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

/** Either. */
export type SeatMapUpdateMessage = SeatMapMessage | SeatMapDeltaMessage;

/** What is asked. Everybody who asks in these words shares one execution of it on the server. */
export const SEAT_MAP_CHANGED = `subscription ($event: ID!, $after: String) {
  seatMapChanged(event: $event, after: $after) {
    __typename
    ... on SeatMap { epoch sequence cursor available stale sections { key firstPlace statuses } }
    ... on SeatMapDelta { epoch fromSequence sequence cursor available stale places statuses }
  }
}`;

/** A result, as both transports carry it. */
export interface ResultMessage {
  data?: { seatMapChanged: SeatMapUpdateMessage } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}
