/** Intervals and limits of a channel; tests shorten them. */
export interface ChannelTimes {
  /** Coalescing window: all changes within it become one update, so a rush is at most 20 updates per second. */
  coalesceMs: number;
  /** How often a channel resyncs with the board: only this reveals that the last message published was lost. */
  resyncMs: number;
  /** A feed takeover or a Redis restart takes less; beyond it every subscriber gets a whole map from Postgres. */
  outageGraceMs: number;
  /** How often Postgres is polled while the feed is unavailable. */
  pollMs: number;
  /** How often the Event's name, prices and visibility are reloaded. */
  metadataTtlMs: number;
  /** How long a channel without subscribers stays open: covers the gap before the first join, and reconnects. */
  idleTtlMs: number;
  /** Places of all open channels: a place takes one byte, and 100 more if no other Event has the plan. */
  maxOpenPlaces: number;
}

export const DEFAULT_CHANNEL_TIMES: ChannelTimes = {
  coalesceMs: 50,
  resyncMs: 5_000,
  outageGraceMs: 1_500,
  pollMs: 2_000,
  metadataTtlMs: 30_000,
  idleTtlMs: 5_000,
  maxOpenPlaces: 20_000_000,
};
