/**
 * Replace typographic hyphens and apostrophes by ASCII: `Veltins‐Arena` (U+2010) and `Veltins-Arena` are one name, as
 * are `Mother’s Day` and `Mother's Day`. Dashes stay: their meaning differs.
 */
export function normalisePunctuation(name: string): string {
  return name.replace(/[\u2010\u2011]/g, '-').replace(/[\u2018\u2019\u02BC]/g, "'");
}
