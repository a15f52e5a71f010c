/**
 * Redis key of the lock on one place. All keys of an Event share the hash tag `{eventId}`, so that one script can touch
 * several of them in a cluster.
 */
export const seatLockKey = (prefix: string, eventId: string, place: number): string =>
  `${prefix}{${eventId}}:seat-lock:${place}`;
