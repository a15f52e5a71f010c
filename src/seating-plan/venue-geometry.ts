import type { Curve, Point } from './geometry.ts';

/** A row before it is known how many seats it must have: `most` fit. */
export interface RowSlot {
  curve: Curve;
  maxSeats: number;
  /** How good its seats are: the distance from what is to be seen, or what compares to it. Less is better. */
  score: number;
}

/** A section of a house that is being laid out. */
export interface SeatingBlock {
  key: string;
  name: string;
  level: string;
  /** Which rows are reached without stairs: the lowest level has its entrance at the back, higher ones at their front. */
  stepFree: 'FRONT_AND_BACK' | 'FRONT' | 'ALL';
  rowNames: 'LETTERS' | 'NUMBERS' | 'TABLES';
  /** Tables and boxes: none of their seats is left out to get to an exact number, unless nothing else is left. */
  fixed?: true;
  rows: RowSlot[];
}

/** An area to stand in, of a house that is being laid out. */
export interface Area {
  key: string;
  name: string;
  level: string;
  places: number;
  outline: Point[];
}

/** A house with room for at least the places asked for; what is too much is trimmed off its rows. */
export interface VenueGeometry {
  stage: Point & { label: string };
  areas: Area[];
  blocks: SeatingBlock[];
}

/** How many seats fit into these blocks. */
export const capacityOf = (blocks: readonly SeatingBlock[]): number =>
  blocks.reduce((sum, block) => sum + block.rows.reduce((rows, row) => rows + row.maxSeats, 0), 0);
