/**
 * Answers that everybody may have, kept as bytes and served before GraphQL begins.
 *
 * Reading order: note-shareable → serve-from-cache → response-cache.
 */
export { noteShareable } from '../graphql/note-shareable.ts';
export { ResponseCache } from './response-cache.ts';
export { serveFromCache } from './serve-from-cache.ts';
