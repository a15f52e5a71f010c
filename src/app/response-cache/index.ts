/** Cache of public responses as bytes, served before the request is parsed. */
export { ResponseCache } from './response-cache.ts';
export { serveFromCache } from './serve-from-cache.ts';
