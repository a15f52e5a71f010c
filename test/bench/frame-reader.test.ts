import { expect, test } from 'vitest';

import { clientTextFrame, FrameReader } from '../../bench/clients/frame-reader.ts';
import { textFrame } from '../../src/realtime/encoding/text-frame.ts';

const NOTHING = Buffer.alloc(0);
const PING = Buffer.from([0x89, 0]);
const CLOSE = Buffer.from([0x88, 2, 0x03, 0xe8]);

function readIn(pieces: Iterable<Buffer>): string[] {
  const heard: string[] = [];
  let text = '';
  const reader = new FrameReader({
    onPayload: (bytes) => void (text += bytes.toString()),
    onMessage: () => {
      heard.push(text);
      text = '';
    },
    onPing: () => heard.push('ping'),
    onUnexpectedFrame: (opcode) => heard.push(`kind ${opcode}`),
  });
  for (const piece of pieces) reader.read(piece);
  return heard;
}

const texts = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(65_535), 'e'.repeat(65_536)];
const stream = Buffer.concat([
  ...texts.map((text) => textFrame(NOTHING, text, NOTHING)),
  PING,
  textFrame(Buffer.from('<'), 'after', Buffer.from('>')),
  CLOSE,
]);
const heard = [...texts, 'ping', '<after>', 'kind 8'];

test.each([1, 2, 3, 7, 1_000, stream.length])(
  'frames of every length are found in pieces of %i bytes',
  (size) => {
    const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, n) =>
      stream.subarray(n * size, (n + 1) * size),
    );
    expect(readIn(pieces)).toEqual(heard);
  },
);

test('a client says what it says under a mask of nothing', () => {
  for (const text of ['{}', 'x'.repeat(126), 'x'.repeat(4_000)]) {
    const frame = clientTextFrame(text);
    expect(frame[1]! & 0x80).toBe(0x80);
    expect(frame.subarray(-text.length - 4)).toEqual(Buffer.from(`\0\0\0\0${text}`));
  }
});
