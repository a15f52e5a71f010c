/** Number of hash slots of a Redis Cluster. */
export const SLOTS = 16_384;

/** CRC-16/XMODEM of each single byte, per the Redis Cluster specification. */
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** The hash slot of a key or a sharded channel: of its hash tag, if it has one. */
export function slotOf(key: string): number {
  const opens = key.indexOf('{');
  const closes = opens === -1 ? -1 : key.indexOf('}', opens + 1);
  const hashed = closes > opens + 1 ? key.slice(opens + 1, closes) : key;
  let crc = 0;
  for (const byte of Buffer.from(hashed)) crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ byte]!;
  return crc % SLOTS;
}
