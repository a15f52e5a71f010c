import { createHash } from 'node:crypto';

/** Hashed with each id, so that ids do not collide with those of other sources. */
const NAMESPACE = 'onsale.catalogue.1';

/** Derive the id of a row from its id in the source: a UUIDv8 by SHA-256, the same for every import. */
export function deriveId(table: string, ...source: string[]): string {
  const bytes = createHash('sha256')
    .update([NAMESPACE, table, ...source].join('\u0000'))
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80; // version 8: custom
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80; // the variant of RFC 9562
  const hex = bytes.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
