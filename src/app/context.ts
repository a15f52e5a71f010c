import type { CatalogLoaders } from '../catalog/index.ts';
import type { Viewer } from '../platform/auth/viewer.ts';
import type { Platform } from '../platform/index.ts';

/** What every resolver is given. */
export interface Context {
  platform: Platform;
  /** Whoever is asking; `null` without a token. */
  viewer: Viewer | null;
  /** The client's address, for rate limits. */
  address: string;
  /** Names the request in logs and in masked errors. */
  requestId: string;
  loaders: CatalogLoaders;
}
