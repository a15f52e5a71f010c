/**
 * Safeguards against selling a place twice, each with a switch. Only tests set the switches, to prove that they detect a
 * missing safeguard; neither configuration nor API reaches them.
 */
export interface SafetySwitches {
  /** Lock the tickets' rows before reading them. */
  rowLocks: boolean;
  /** Repeat in the update's condition that the tickets are free. */
  guardedUpdate: boolean;
  /** Serialise the calls of one buyer at one Event. */
  buyerLock: boolean;
}

/** Every safeguard on, as in production. */
export const ALL_SAFETY_SWITCHES: Readonly<SafetySwitches> = {
  rowLocks: true,
  guardedUpdate: true,
  buyerLock: true,
};
