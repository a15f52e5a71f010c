/** Devices of a household, or attempts of one buyer: they pay no more than a single entry. */
const FREE_ENTRIES = 8;
/** Bounds what a buyer behind the address of a mobile network pays: some 5 s of one core with the default effort. */
const MAX_FACTOR = 16;
/** Between its challenge and its join a client may fall behind by this factor: others of its address join meanwhile. */
const TOLERANCE = 2;
/** Of an address as a whole only a part counts, since a campus has many devices; header values cost a farm nothing to vary. */
export const ADDRESS_SHARE = 4;
/** Of an IPv6 /48 as much as of ten addresses: it may be one farm's, or hold the subscribers of a mobile network. */
export const NETWORK_SHARE = 10 * ADDRESS_SHARE;
/** Counters of devices and addresses stop there, beyond the last rise. */
const MAX_COUNT = 255;

/** Entries of one address: those with the same device fingerprint, and all; and of its IPv6 /48. */
export interface EntryCounts {
  device: number;
  address: number;
  network: number;
}

/** The count that the effort follows. */
export const countOf = ({ device, address, network }: EntryCounts): number =>
  Math.min(
    MAX_COUNT,
    Math.max(device, Math.floor(address / ADDRESS_SHARE), Math.floor(network / NETWORK_SHARE)),
  );

/**
 * Attempts that the next entry's challenge takes at most: flat for a family, then in proportion to the entries, so that a farm's
 * total grows with their square, until the cap at 128 entries.
 */
export const attemptsFor = (count: number, baseAttempts: number): number =>
  Math.ceil(baseAttempts * Math.min(MAX_FACTOR, Math.max(1, count / FREE_ENTRIES)));

/** The highest count at which a challenge with so many attempts is enough: one that was fetched long before is not. */
export const maxCountOf = (attempts: number, baseAttempts: number): number =>
  attempts >= baseAttempts * MAX_FACTOR
    ? MAX_COUNT
    : Math.min(MAX_COUNT, Math.floor((TOLERANCE * FREE_ENTRIES * attempts) / baseAttempts));
