import { lengthProblem } from '../platform/text/visible.ts';

/** An invalid part of a layout, by path. */
export interface LayoutProblem {
  path: string[];
  message: string;
}

export type ReportProblem = (path: string[], message: string) => void;

/** Labels are printed on tickets, which have room for 100 characters. */
export const MAX_LABEL_LENGTH = 100;

/** Report why a text cannot be printed on a ticket, if it cannot. */
export function reportLabel(text: string, path: string[], report: ReportProblem): void {
  const problem = lengthProblem(text, MAX_LABEL_LENGTH, 1);
  if (problem !== null) report(path, problem);
  else if (text.trim() !== text) report(path, 'must have no space before or after it');
}

/** Whether a coordinate lies within the drawing; false for NaN. */
export const isWithin = (value: number, size: number): boolean => value >= 0 && value <= size;
