import { QUEUE_POSITION, SEAT_MAP_CHANGED } from '../client/index.ts';

/**
 * The subscriptions that our documentation shows, which no limit on documents refuses: that of the protocol page and the
 * reference client, that of the page's `curl` example, and that of the README. Each costs an Event one execution per change.
 */
export const PUBLISHED_DOCUMENTS: readonly string[] = [
  SEAT_MAP_CHANGED,
  QUEUE_POSITION,
  `subscription {
    seatMapChanged(event: "evt_0199…") { __typename ... on SeatMapDelta { places statuses } }
  }`,
  `subscription ($event: ID!) {
    seatMapChanged(event: $event) {
      __typename
      ... on SeatMap { available sequence }
      ... on SeatMapDelta { sequence places statuses available }
    }
  }`,
];
