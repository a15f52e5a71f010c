import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

import type { ElasticsearchAnswer } from './global-setup.ts';
import { leaveOut } from './left-out.ts';

/**
 * Define tests that need Elasticsearch. Where it cannot be had they are left out, and a skipped test says why; in CI that is a
 * failure. The first file that calls this starts the server for the whole run.
 */
export async function withElasticsearch(define: (url: string) => void): Promise<void> {
  const response = await fetch(inject('elasticsearchStarter'));
  const answer = (await response.json()) as ElasticsearchAnswer;
  if ('url' in answer) return define(answer.url);
  leaveOut('Elasticsearch', answer.missing);
}

/** A prefix of indices for one world. */
export const ownIndexPrefix = (): string => `test-${randomBytes(6).toString('hex')}-`;
