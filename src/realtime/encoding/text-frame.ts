/** FIN and the opcode of text: a message that is whole. */
const WHOLE_TEXT = 0x81;
/** What stands in the place of a length that takes two, or eight, bytes of its own. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** Build a server's WebSocket frame (RFC 6455, 5.2) of three pieces: unmasked, whole, one copy. */
export function textFrame(before: Buffer, text: string, after: Buffer): Buffer {
  const textLength = Buffer.byteLength(text);
  const length = before.length + textLength + after.length;
  const headerLength = length < TWO_BYTES ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = WHOLE_TEXT;
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = TWO_BYTES;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = EIGHT_BYTES;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(before, headerLength);
  frame.write(text, headerLength + before.length);
  frame.set(after, headerLength + before.length + textLength);
  return frame;
}
