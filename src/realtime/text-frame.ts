/** FIN and the opcode of text: a message that is whole. */
const WHOLE_TEXT = 0x81;
/** What stands in the place of a length that takes two, or eight, bytes of its own. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** Build a server's WebSocket frame (RFC 6455, 5.2) around bytes and what stands before and after them: unmasked, whole, one copy. */
export function textFrame(before: string, bytes: Buffer, after: string): Buffer {
  const beforeLength = Buffer.byteLength(before);
  const length = beforeLength + bytes.length + Buffer.byteLength(after);
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
  frame.write(before, headerLength);
  bytes.copy(frame, headerLength + beforeLength);
  frame.write(after, headerLength + beforeLength + bytes.length);
  return frame;
}
