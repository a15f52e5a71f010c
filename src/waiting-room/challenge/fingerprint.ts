import { addressKey, networkOf } from '../../platform/rate-limit/address-key.ts';
import type { RoomRow } from '../store/rooms.ts';
import { sign } from '../tokens/signatures.ts';

/** A browser sends some 15. */
const MAX_HEADERS = 40;
const MAX_VALUE_LENGTH = 256;

/** Headers that proxies write, or that differ between requests or viewers of one device. */
const IGNORED =
  /^(?:authorization|cookie|content-length|connection|host|if-.*|traceparent|tracestate|baggage|via|forwarded|x-forwarded-.*|x-real-ip|x-request-id|onsale-.*|cf-.*|x-amz.*)$/;

/** What a request tells of its client, besides the viewer. */
export interface Client {
  address: string;
  /** Names and values by turns, as they arrived. */
  rawHeaders: readonly string[];
}

/** Digests of a client for one room, salted with its key: they cannot be joined with those of another Event. */
export interface Fingerprint {
  device: Buffer;
  address: Buffer;
  /** Of IPv6: its /48. */
  network: Buffer | null;
}

/** Digest the address (of IPv6 its /64), alone and with order, names and values of the headers, and its /48. */
export function fingerprintOf({ key }: Pick<RoomRow, 'key'>, { address, rawHeaders }: Client): Fingerprint {
  const key64 = addressKey(address);
  const key48 = networkOf(key64);
  const parts: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length && parts.length < 2 * MAX_HEADERS; at += 2) {
    const name = rawHeaders[at]!;
    if (!IGNORED.test(name.toLowerCase())) parts.push(name, rawHeaders[at + 1]!.slice(0, MAX_VALUE_LENGTH));
  }
  return {
    device: sign(key, 'fingerprint', 'device', key64, ...parts),
    address: sign(key, 'fingerprint', 'address', key64),
    network: key48 === null ? null : sign(key, 'fingerprint', 'network', key48),
  };
}
