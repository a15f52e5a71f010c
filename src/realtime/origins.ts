/** Web pages that may connect: any, or those listed. */
export type Origins = '*' | readonly string[];

/**
 * Tell whether a page of this origin may connect. Browsers always say which page it is; whoever says nothing is no
 * browser. A page of our own host may, as it may call the API.
 */
export function isAllowedOrigin(
  origins: Origins,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined || origins === '*' || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
