/** The largest stadiums of the world have about 100,000 places. */
export const MAX_PLACES = 100_000;

/**
 * Layout of a Venue's places, as stored and as sent to clients.
 *
 * Places are numbered 0 to `places - 1` without a gap, in the order of sections, rows and seats. x grows to the right,
 * y downwards; the unit of generated plans is the decimetre.
 */
export interface SeatingPlanLayout {
  name: string;
  width: number;
  height: number;
  /** The focal point: centre of the stage, pitch or ring. */
  stage: { x: number; y: number; label: string };
  /** Names of the price categories, most expensive first; rows and areas refer to them by index. */
  categories: string[];
  sections: Section[];
  places: number;
}

/** A part of a plan: rows of seats, or a standing area. */
export type Section = SeatedSection | GeneralAdmissionArea;

interface SectionBase {
  /** Unique within the plan; letters, digits and hyphens. */
  key: string;
  /** As on tickets and signs: `Block 112`. */
  name: string;
  /** `Stalls`, `Upper tier`; empty if the Venue has one level. */
  level: string;
  firstPlace: number;
  places: number;
}

/** Rows of numbered seats. */
export interface SeatedSection extends SectionBase {
  kind: 'SEATED';
  rows: Row[];
}

/**
 * Adjacent seats of one category. A row that a gap or another category interrupts continues in the next Row under the
 * same label.
 */
export interface Row {
  label: string;
  category: number;
  firstPlace: number;
  /** Seat labels; neighbours in this list are neighbours in the Venue. */
  seats: string[];
  /** One per seat, to a tenth. */
  x: number[];
  y: number[];
  /** Indexes into `seats`, ascending. */
  accessible: number[];
}

/** An area without numbered seats; its places are interchangeable. */
export interface GeneralAdmissionArea extends SectionBase {
  kind: 'GENERAL_ADMISSION';
  category: number;
  /** Corners: x, y, x, y, … */
  outline: number[];
}
