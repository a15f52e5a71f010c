import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits: beyond guessing for tokens that live minutes. */
const SIGNATURE_BYTES = 16;

/** Purposes of a signature: one of a kind is not valid as another. */
export type Purpose = 'entry' | 'token' | 'pass' | 'challenge' | 'fingerprint';

/** HMAC-SHA256 of a purpose and parts, cut to 128 bits. The length of each part is signed, too: no two lists of parts are alike. */
export function sign(key: Buffer, purpose: Purpose, ...parts: readonly (string | number)[]): Buffer {
  let signed: string = purpose;
  for (const part of parts) {
    const text = String(part);
    signed += `\0${text.length}:${text}`;
  }
  return createHmac('sha256', key).update(signed).digest().subarray(0, SIGNATURE_BYTES); // one update: each takes a third of an HMAC
}

/** Compare a signature, in base64url, with the one that is expected, in constant time. */
export function isSignature(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64url');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
