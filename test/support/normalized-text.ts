import { vi } from 'vitest';

/** What may reach ICU: it orders a run of marks by insertion, O(n²). */
export const NORMALIZED = {
  mark: /[[\p{M}\uff9e\uff9f]--\u034f]/v,
  maxMarks: 32,
};

const RUNS = /[[\p{M}\uff9e\uff9f]--\u034f]+/gv;

/** Watch `String.prototype.normalize`; the numbers are those of the calls so far. */
export function spyOnNormalize(): { calls: number; longest: number; longestRun: number } {
  const passed = { calls: 0, longest: 0, longestRun: 0 };
  const original = String.prototype.normalize;
  vi.spyOn(String.prototype, 'normalize').mockImplementation(function (this: string, form?: string) {
    const text = String(this);
    passed.calls++;
    passed.longest = Math.max(passed.longest, text.length);
    for (const [run] of text.matchAll(RUNS))
      passed.longestRun = Math.max(passed.longestRun, Array.from(run).length);
    return original.call(text, form);
  });
  return passed;
}
