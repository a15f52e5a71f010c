/**
 * Write names with the hyphens and apostrophes a keyboard has: `Veltins‐Arena` (U+2010) and `Veltins-Arena` are one
 * name, and so are `Mother’s Day` and `Mother's Day`. Dashes stay: they mean something else.
 */
export function normalisePunctuation(name: string): string {
  return name.replace(/[\u2010\u2011]/g, '-').replace(/[\u2018\u2019\u02BC]/g, "'");
}
