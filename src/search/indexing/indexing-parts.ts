import type { Platform } from '../../platform/index.ts';
import type { EventIndices } from './event-indices.ts';

/** What the catalogue is indexed with. */
export interface IndexingParts {
  databaseUrl: string;
  platform: Pick<Platform, 'db' | 'log' | 'metrics'>;
  indices: EventIndices;
}
