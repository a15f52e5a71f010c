/** Something wrong with a layout, and where. */
export interface LayoutProblem {
  path: string[];
  message: string;
}

/** How a check says what is wrong. */
export type Report = (path: string[], message: string) => void;

/** A ticket has room for no more. */
const LONGEST_LABEL = 100;

/** Tell whether a text can stand on a ticket. */
export const isLabel = (text: string): boolean =>
  text.trim() === text && text.length > 0 && text.length <= LONGEST_LABEL;

/** Tell whether a coordinate lies in the drawing; false for NaN. */
export const within = (value: number, size: number): boolean => value >= 0 && value <= size;
