import type { RoomRow } from '../store/rooms.ts';
import { isSignature, sign } from './signatures.ts';

type Room = Pick<RoomRow, 'eventId' | 'generation' | 'key'>;

/** Length of the id of an entry: 128 bits in base64url. */
export const ENTRY_LENGTH = 22;

/** The id of a viewer's entry: the same on every device. It is published at the opening, and names no viewer. */
export const entryOf = ({ eventId, generation, key }: Room, viewerId: string): string =>
  sign(key, 'entry', eventId, generation, viewerId).toString('base64url');

/** What an entry token carries. */
export interface EntryPlace {
  /** Number in the line; null before the opening. */
  place: number | null;
}

const TOKEN = /^q1\.(?<generation>\d{1,9})\.(?<place>\d{1,9})\.(?<signature>[\w-]{22})$/;

/** An entry token: generation, place (0: none yet), signature over both, the Event and the viewer. */
export function writeEntryToken(room: Room, viewerId: string, { place }: EntryPlace): string {
  const number = place ?? 0;
  return `q1.${room.generation}.${number}.${signatureOf(room, viewerId, number).toString('base64url')}`;
}

/** Read the token of a viewer's entry in this room; null if it is not one. */
export function readEntryToken(room: Room, viewerId: string, token: string): EntryPlace | null {
  const { generation, place, signature } = TOKEN.exec(token)?.groups ?? {};
  if (signature === undefined || Number(generation) !== room.generation) return null;
  const number = Number(place);
  if (!isSignature(signature, signatureOf(room, viewerId, number))) return null;
  return { place: number === 0 ? null : number };
}

const signatureOf = ({ eventId, generation, key }: Room, viewerId: string, place: number): Buffer =>
  sign(key, 'token', eventId, generation, viewerId, place);
