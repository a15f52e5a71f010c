/** FIN bit and text opcode: an unfragmented text message. */
const FIN_AND_TEXT = 0x81;
/** Markers for a payload length that follows in 16 or 64 bits. */
const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

/** Build an unmasked, unfragmented text frame (RFC 6455, 5.2) from three parts, copying each once. */
export function textFrame(before: Buffer, text: string, after: Buffer): Buffer {
  const textLength = Buffer.byteLength(text);
  const length = before.length + textLength + after.length;
  const headerLength = length < LENGTH_IN_16_BITS ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = FIN_AND_TEXT;
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = LENGTH_IN_16_BITS;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_IN_64_BITS;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(before, headerLength);
  frame.write(text, headerLength + before.length);
  frame.set(after, headerLength + before.length + textLength);
  return frame;
}
