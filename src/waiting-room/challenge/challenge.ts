import { pbkdf2Sync, randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';

import type { RoomRow } from '../store/rooms.ts';
import { isSignature, sign } from '../tokens/signatures.ts';

type Room = Pick<RoomRow, 'eventId' | 'generation' | 'key'>;

// The format is that of ALTCHA, version 2, so that its widget and libraries solve it. Signing is our own: theirs does not bind
// the viewer and the Event, and takes ten times as long.

const ALGORITHM = 'PBKDF2/SHA-256';
/** Iterations of one attempt, 40 µs: enough that a browser's call of Web Crypto, not its overhead, is what counts. */
const COST = 200;
const KEY_BYTES = 32;
/** Of the key, in the open: an attempt is known to be the right one by it. */
const PREFIX_BYTES = 16;
const NONCE_BYTES = 16;
/** Solving takes seconds, on old phones a minute; a form may be open before. */
const CHALLENGE_LIFETIME_MS = 10 * 60_000;
/** A solution has some 600 characters. */
const MAX_SOLUTION_LENGTH = 2_000;

const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const signature = z.string().max(64);

const Solution = z.object({
  challenge: z.object({
    parameters: z.object({
      nonce: hexOf(NONCE_BYTES),
      salt: hexOf(NONCE_BYTES),
      keyPrefix: hexOf(PREFIX_BYTES),
      keySignature: signature,
      expiresAt: z.int().positive(),
      data: z.object({ attempts: z.int().positive() }),
    }),
    signature,
  }),
  solution: z.object({ derivedKey: hexOf(KEY_BYTES) }),
});

type Parameters = z.infer<typeof Solution>['challenge']['parameters'];

/** A challenge that the viewer has solved; not yet known whether for the first time. */
export interface SolvedChallenge {
  nonce: string;
  attempts: number;
  expiresAt: Date;
}

/** Make a challenge of at most so many attempts, for this viewer and room alone: one of ALTCHA, as JSON. */
export function makeChallenge(
  room: Room,
  viewerId: string,
  { attempts, now }: { attempts: number; now: Date },
): { challenge: string; expiresAt: Date } {
  const nonce = randomBytes(NONCE_BYTES);
  const salt = randomBytes(NONCE_BYTES);
  const key = deriveKey(nonce, salt, randomInt(attempts));
  const expiresAt = Math.ceil((now.getTime() + CHALLENGE_LIFETIME_MS) / 1_000);
  const signed: Parameters = {
    nonce: nonce.toString('hex'),
    salt: salt.toString('hex'),
    keyPrefix: key.toString('hex', 0, PREFIX_BYTES),
    keySignature: signatureOfKey(room, nonce.toString('hex'), key.toString('hex')).toString('base64url'),
    expiresAt,
    data: { attempts },
  };
  const challenge = {
    parameters: { algorithm: ALGORITHM, cost: COST, keyLength: KEY_BYTES, ...signed },
    signature: signatureOf(room, viewerId, signed).toString('base64url'),
  };
  return { challenge: JSON.stringify(challenge), expiresAt: new Date(expiresAt * 1_000) };
}

/** Check a solution, Base64 of JSON as the widget returns it, by two HMACs and no derivation. Null: refused, for whatever reason. */
export function checkSolution(
  room: Room,
  viewerId: string,
  { solution: text, now }: { solution: string; now: Date },
): SolvedChallenge | null {
  const parsed = parseSolution(text);
  if (parsed === null) return null;
  const { challenge, solution } = parsed;
  const { nonce, keySignature, expiresAt, data } = challenge.parameters;
  if (expiresAt * 1_000 <= now.getTime()) return null;
  if (!isSignature(challenge.signature, signatureOf(room, viewerId, challenge.parameters))) return null;
  if (!isSignature(keySignature, signatureOfKey(room, nonce, solution.derivedKey))) return null;
  return { nonce, attempts: data.attempts, expiresAt: new Date(expiresAt * 1_000) };
}

/** ALTCHA's attempt: the nonce and the counter, big-endian, are the password. */
function deriveKey(nonce: Buffer, salt: Buffer, counter: number): Buffer {
  const password = Buffer.alloc(NONCE_BYTES + 4);
  nonce.copy(password);
  password.writeUInt32BE(counter, NONCE_BYTES);
  return pbkdf2Sync(password, salt, COST, KEY_BYTES, 'sha256');
}

function parseSolution(text: string): z.infer<typeof Solution> | null {
  if (text.length > MAX_SOLUTION_LENGTH) return null;
  try {
    return Solution.safeParse(JSON.parse(Buffer.from(text, 'base64').toString())).data ?? null;
  } catch {
    return null; // no JSON
  }
}

/** Each part's length is signed with it: digits cannot be moved from the expiry to the nonce (GHSA-6gvq-jcmp-8959). */
const signatureOf = ({ key, eventId, generation }: Room, viewerId: string, parameters: Parameters): Buffer =>
  sign(
    key,
    'challenge',
    ...[eventId, generation, viewerId, ALGORITHM, COST, parameters.nonce, parameters.salt],
    ...[parameters.keyPrefix, parameters.keySignature, parameters.expiresAt, parameters.data.attempts],
  );

const signatureOfKey = ({ key }: Room, nonce: string, derivedKey: string): Buffer =>
  sign(key, 'challenge', 'key', nonce, derivedKey);
