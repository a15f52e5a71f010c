/**
 * Answers that everybody may have, kept as bytes and served before GraphQL begins.
 *
 */
export { ResponseCache } from './response-cache.ts';
export { serveFromCache } from './serve-from-cache.ts';
