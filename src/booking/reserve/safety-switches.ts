/**
 * What keeps two buyers from getting the same place, each with a switch. Only a test can reach the switches, to show
 * that it would notice if one were missing; neither the configuration nor the API leads here.
 */
export interface SafetySwitches {
  /** Lock the tickets' rows before looking at them. */
  rowLocks: boolean;
  /** Say in the update once more that the tickets have to be free. */
  guardedUpdate: boolean;
  /** Let one call of a buyer at an Event wait for the other. */
  buyerLock: boolean;
}

/** How it always runs. */
export const ALL_SAFETY_SWITCHES: Readonly<SafetySwitches> = { rowLocks: true, guardedUpdate: true, buyerLock: true };
