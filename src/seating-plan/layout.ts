/** No plan has more: the largest stadiums of the world hold about this many. */
export const MAX_PLACES = 100_000;

/**
 * How the places of a house are laid out, as it is stored and as clients get it.
 *
 * Places are numbered 0 to `places - 1` without a gap: sections in their order, within a section the rows
 * in theirs, within a row the seats. x grows to the right, y downwards; generated plans count in decimetres.
 */
export interface SeatingPlanLayout {
  name: string;
  width: number;
  height: number;
  /** What everybody looks at: the middle of the stage, the pitch, the ring. */
  stage: { x: number; y: number; label: string };
  /** Names of the price categories, dearest first; rows and areas refer to them by index. */
  categories: string[];
  sections: Section[];
  places: number;
}

/** A part of a plan: rows of seats, or an area to stand in. */
export type Section = SeatedSection | GeneralAdmissionArea;

interface SectionBase {
  /** Unique within the plan; letters, digits and hyphens. */
  key: string;
  /** What tickets and signs say: `Block 112`. */
  name: string;
  /** `Stalls`, `Upper tier`; empty where the house has one level. */
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
 * Seats side by side, of one category. Where a gap or another category interrupts a row, it goes on in the
 * next Row under the same label.
 */
export interface Row {
  label: string;
  category: number;
  firstPlace: number;
  /** What is written on each seat; neighbours in this list are neighbours in the house. */
  seats: string[];
  /** One per seat, to a tenth. */
  x: number[];
  y: number[];
  /** Indexes into `seats`, ascending. */
  accessible: number[];
}

/** An area without seats; its places are alike. */
export interface GeneralAdmissionArea extends SectionBase {
  kind: 'GENERAL_ADMISSION';
  category: number;
  /** Corners: x, y, x, y, … */
  outline: number[];
}
