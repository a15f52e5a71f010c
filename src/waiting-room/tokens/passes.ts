import type { RoomRow } from '../store/rooms.ts';
import { isSignature, sign } from './signatures.ts';

type Room = Pick<RoomRow, 'eventId' | 'generation' | 'key'>;

/** What a pass carries: the place that was admitted, and its expiry in seconds since 1970. */
export interface Pass {
  generation: number;
  place: number;
  expiresAt: number;
  signature: string;
}

/** A pass outlives its visit, so that clocks may differ; an ended visit is refused by what the process knows of the room. */
export const PASS_GRACE_SECONDS = 600;

/** Generation, place, expiry, signature. */
const PASS = /^p1\.(\d{1,9})\.(\d{1,9})\.(\d{1,11})\.([\w-]{22})$/;

/** Sign a pass for a viewer whose visit ends at an instant. */
export function writePass(room: Room, viewerId: string, visit: { place: number; endsAt: Date }): string {
  const expiresAt = Math.ceil(visit.endsAt.getTime() / 1_000) + PASS_GRACE_SECONDS;
  const signature = signatureOf(room, viewerId, { place: visit.place, expiresAt });
  return `p1.${room.generation}.${visit.place}.${expiresAt}.${signature.toString('base64url')}`;
}

/** Parse a pass without checking it; null if it has not the form of one. */
export function parsePass(text: string): Pass | null {
  const [, generation, place, expiresAt, signature] = PASS.exec(text) ?? []; // named groups take twice the time
  if (signature === undefined) return null;
  return {
    generation: Number(generation),
    place: Number(place),
    expiresAt: Number(expiresAt),
    signature,
  };
}

/** Whether the room signed the pass for this viewer. */
export const isPassOf = (room: Room, viewerId: string, pass: Pass): boolean =>
  pass.generation === room.generation && isSignature(pass.signature, signatureOf(room, viewerId, pass));

const signatureOf = (
  { eventId, generation, key }: Room,
  viewerId: string,
  { place, expiresAt }: Pick<Pass, 'place' | 'expiresAt'>,
): Buffer => sign(key, 'pass', eventId, generation, viewerId, place, expiresAt);
