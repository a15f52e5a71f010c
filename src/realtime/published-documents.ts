import { QUEUE_POSITION, SEAT_MAP_CHANGED } from '../client/index.ts';

/**
 * The subscriptions that our documentation shows, which no limit on documents refuses: that of the protocol page and the
 * reference client, that of the page's `curl` example, those of the README, and those of organisers. Each costs an Event one execution
 * per change.
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
  `subscription ($event: ID!) {
    queuePosition(event: $event) { state place peopleAhead minWaitSeconds maxWaitSeconds pass secondsLeft }
  }`,
  `subscription ($event: ID!) {
    waitingRoomFigures(event: $event) {
      waiting inside admittedPerMinute admitted abandoned converted left expired ticketsLeft ticketsHeld secondsToClear
    }
  }`,
  `subscription ($event: ID!) {
    eventSalesChanged(event: $event) { tickets { sold held left } revenue { net { formatted } } }
  }`,
  `subscription ($event: ID!, $after: String) {
    waitingRoomAdmissions(event: $event, after: $after) {
      cursor
      entries { number kind entry place at }
    }
  }`,
];
