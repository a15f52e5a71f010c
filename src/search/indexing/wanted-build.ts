import { eq, sql } from 'drizzle-orm';

import { named } from '../../platform/db/named.ts';
import type { DbOrTx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { searchBuilds } from './tables.ts';

/** The number that the index behind an alias is to have; 1 unless a rebuild was requested. */
export async function readWantedBuild(db: DbOrTx, alias: string): Promise<number> {
  const [row] = await named(db, 'search.readWantedBuild')
    .select({ wanted: searchBuilds.wanted })
    .from(searchBuilds)
    .where(eq(searchBuilds.alias, alias));
  return row?.wanted ?? 1;
}

/**
 * Have the index behind an alias rebuilt by the process that follows the catalogue: it is to have another number than `build`, the
 * one it has. Returns that number; of several requests at a time, which one rebuild meets, the same.
 */
export async function requestBuild(
  platform: Pick<Platform, 'db' | 'metrics'>,
  alias: string,
  build: number,
): Promise<number> {
  const [row] = await inTransaction(platform, 'search.requestBuild', (tx) =>
    named(tx, 'search.requestBuild')
      .insert(searchBuilds)
      .values({ alias, wanted: build + 1 })
      .onConflictDoUpdate({
        target: searchBuilds.alias,
        set: { wanted: sql`greatest(${searchBuilds.wanted}, excluded.wanted)` },
      })
      .returning({ wanted: searchBuilds.wanted }),
  );
  return row!.wanted;
}
