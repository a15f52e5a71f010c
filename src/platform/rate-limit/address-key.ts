import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** Some proxies append the port of the client: `192.0.2.1:5555`, `[2001:db8::1]:443`. */
const WITH_PORT = /^(?:\[(?<v6>[^\]]+)\](?::\d+)?|(?<v4>[\d.]+):\d+)$/;

/** Of a client whose connection is gone, and key of all that is no address. */
export const UNKNOWN_ADDRESS = 'unknown';

/**
 * The rate limit key of an address: the address itself, or for IPv6 its /64, because every household and every rented
 * server gets a /64 of its own. What is no address has one key: whatever a proxy passes on, and `UNKNOWN_ADDRESS`.
 */
export function addressKey(address: string): string {
  if (isIPv4(address)) return address; // of nearly every request
  const { v4, v6 } = WITH_PORT.exec(address)?.groups ?? {};
  const [bare = ''] = (v4 ?? v6 ?? address).split('%'); // the zone index names a local interface
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return UNKNOWN_ADDRESS;
  const canonical = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(canonical)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * The key of the /48 that an address key belongs to, or null for IPv4. A site, or who asks a tunnel broker, gets a /48 with 65,536
 * keys; a mobile network has many subscribers in one. So it may use as much as several addresses, and not more.
 */
export const networkOf = (addressKey: string): string | null =>
  addressKey.endsWith(':/64') ? `${addressKey.split(':').slice(0, 3).join(':')}::/48` : null;

/** The key of a whole IPv6 /48, or of an IPv4 address: of limits that have nothing to share out within a network. */
export function siteKey(address: string): string {
  const key = addressKey(address);
  return networkOf(key) ?? key;
}
