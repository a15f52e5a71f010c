import type { RoomKey } from '../store/rooms.ts';

/** Names of a room's keys, in the order in which every script takes them (`keysOf` in scripts/room.lua). */
export const KEY_NAMES = [
  'meta', // hash: stage, run, next, reserved, head, proposed, fence, sequence and what was last published
  'line', // sorted set: entries that wait, by place
  'seen', // sorted set: entries that wait, by their last sign of life in ms
  'visits', // hash: entry to place and end of the visit in ms
  'past', // hash: entries that are gone, to their place
  'arrivals', // sorted set: entries without a place, in order of arrival
  'gone', // sorted set: ranges of places beyond the head that were given up, by their last place
  'news', // list: such places and ranges that were not published yet
  'leaving', // hash: entries whose visit is to end because they left, to their place
  'abandoned', // bitmap: places that their entries left or lost by silence, from place 1 at bit 0
  'unsaved', // hash: parts of it that Postgres lacks, to the number of their changes
] as const;

/** Keys of a room that is not controlled any more: its database is gone, or Redis was away when it closed. */
export const KEYS_TTL_MS = 7 * 24 * 60 * 60 * 1_000;

/** Redis keys of a room, all in the slot of `{eventId}`; the last is the channel of its messages. */
export const roomKeys = (prefix: string, room: RoomKey): string[] => [
  ...KEY_NAMES.map((name) => `${prefix}{${room.eventId}}:waiting-room:${room.generation}:${name}`),
  lineChannel(prefix, room),
];

/** Sharded channel on which `LineMessage`s of an Event's rooms are published. */
export const lineChannel = (prefix: string, { eventId }: Pick<RoomKey, 'eventId'>): string =>
  `${prefix}{${eventId}}:waiting-room`;
