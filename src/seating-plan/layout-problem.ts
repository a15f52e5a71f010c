import { fitsLength, isVisible } from '../platform/text/visible.ts';

/** An invalid part of a layout, by path. */
export interface LayoutProblem {
  path: string[];
  message: string;
}

export type ReportProblem = (path: string[], message: string) => void;

/** Labels are printed on tickets, which have room for 100 characters. */
const MAX_LABEL_LENGTH = 100;

/** Whether a text can be printed on a ticket. */
export const isLabel = (text: string): boolean =>
  text.trim() === text && isVisible(text) && fitsLength(text, MAX_LABEL_LENGTH);

/** Whether a coordinate lies within the drawing; false for NaN. */
export const isWithin = (value: number, size: number): boolean => value >= 0 && value <= size;
