/** Allowed origins of web pages: any, or those listed. */
export type Origins = '*' | readonly string[];

/**
 * Whether a page of this origin may connect. Browsers always send `origin`, so a client without one is no browser. Pages of
 * the API's own host may connect, as they may call the API.
 */
export function isAllowedOrigin(
  origins: Origins,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined || origins === '*' || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
