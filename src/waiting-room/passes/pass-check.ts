import type { RoomRow } from '../store/rooms.ts';
import { isPassOf, parsePass } from '../tokens/passes.ts';
import type { EndedVisits } from './ended-visits.ts';
import type { PostgresClock } from './postgres-clock.ts';
import { VerifiedPasses, type VerifiedPass } from './verified-passes.ts';

type Room = Pick<RoomRow, 'eventId' | 'generation' | 'key'>;

/** Checks passes by their signature and by what this process knows of visits: without I/O, and a repeat without an HMAC. */
export class PassCheck {
  readonly #clock: PostgresClock;
  readonly #ended: EndedVisits;
  readonly #verified: VerifiedPasses;

  constructor(clock: PostgresClock, ended: EndedVisits, verified = new VerifiedPasses()) {
    this.#clock = clock;
    this.#ended = ended;
    this.#verified = verified;
  }

  /** Whether one of the passes admits the viewer to the room now. */
  isAdmitted(room: Room, viewerId: string, passes: readonly string[]): boolean {
    return passes.some((text) => {
      const pass = this.#verify(room, viewerId, text);
      return (
        pass !== null && pass.expiresAt * 1_000 > this.#clock.nowMs && !this.#ended.has(pass, pass.place)
      );
    });
  }

  /** Whether one of the passes was signed for the viewer in this room, even if it admits no more. */
  wasAdmitted(room: Room, viewerId: string, passes: readonly string[]): boolean {
    return passes.some((text) => this.#verify(room, viewerId, text) !== null);
  }

  #verify(room: Room, viewerId: string, text: string): VerifiedPass | null {
    const { eventId, generation } = room;
    const known = this.#verified.find(text);
    if (known !== undefined) {
      const isTheirs =
        known.viewerId === viewerId && known.eventId === eventId && known.generation === generation;
      return isTheirs ? known : null; // a signature holds for one viewer in one room
    }
    const pass = parsePass(text);
    if (pass === null || !isPassOf(room, viewerId, pass)) return null;
    const { place, expiresAt } = pass;
    const verified = { eventId, generation, viewerId, place, expiresAt };
    this.#verified.add(text, verified);
    return verified;
  }
}
