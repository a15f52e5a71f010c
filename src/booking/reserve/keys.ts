/**
 * The Redis key of the lock on one place. All keys of an Event share the hash tag `{eventId}`, so that one script may
 * touch any of them on a cluster, too.
 */
export const seatLockKey = (prefix: string, eventId: string, place: number): string =>
  `${prefix}{${eventId}}:seat-lock:${place}`;
