/** Something wrong with a layout, and where. */
export interface LayoutProblem {
  path: string[];
  message: string;
}

/** How a check says what is wrong. */
export type ReportProblem = (path: string[], message: string) => void;

/** A ticket has room for no more. */
const MAX_LABEL_LENGTH = 100;

/** Tell whether a text can stand on a ticket. */
export const isLabel = (text: string): boolean =>
  text.trim() === text && text.length > 0 && text.length <= MAX_LABEL_LENGTH;

/** Tell whether a coordinate lies in the drawing; false for NaN. */
export const isWithin = (value: number, size: number): boolean => value >= 0 && value <= size;
