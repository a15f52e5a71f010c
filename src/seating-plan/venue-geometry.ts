import type { Curve, Point } from './geometry.ts';

/** A row before trimming, with room for `maxSeats`. */
export interface RowSlot {
  curve: Curve;
  maxSeats: number;
  /** Quality of its seats: distance from the stage or an equivalent. Lower is better. */
  score: number;
}

/** A seated section before trimming. */
export interface SeatingBlock {
  key: string;
  name: string;
  level: string;
  /** Rows with step-free access: the lowest level has its entrance at the back, higher ones at the front. */
  stepFree: 'FRONT_AND_BACK' | 'FRONT' | 'ALL';
  rowNames: 'LETTERS' | 'NUMBERS' | 'TABLES';
  /** Tables and boxes: their seats are trimmed only if no other seats remain. */
  fixed?: true;
  rows: RowSlot[];
}

/** A standing area. */
export interface Area {
  key: string;
  name: string;
  level: string;
  places: number;
  outline: Point[];
}

/** Geometry of a venue with room for at least the requested places; `drawVenue` trims the surplus from its rows. */
export interface VenueGeometry {
  stage: Point & { label: string };
  areas: Area[];
  blocks: SeatingBlock[];
}

/** Number of seats that fit into the blocks. */
export const capacityOf = (blocks: readonly SeatingBlock[]): number =>
  blocks.reduce((sum, block) => sum + block.rows.reduce((rows, row) => rows + row.maxSeats, 0), 0);
