import { isMigrated, isReadOnly } from '../../platform/db/migrations/migrated.ts';
import type { Platform } from '../../platform/index.ts';
import type { RedisState } from '../../platform/redis/client.ts';
import { settlesWithin } from '../../platform/settles-within.ts';

interface Readiness {
  /** `degraded`: ready, without Redis or with a part of its shards. */
  status: 'ready' | 'degraded' | 'unready' | 'stopping';
  database: 'up' | 'away' | 'read-only' | 'unmigrated';
  redis: RedisState;
}

/** A slower database counts as away. */
const PROBE_TIMEOUT_MS = 2_000;
/** At most one query per this time, however many probes ask. */
const PROBE_TTL_MS = 1_000;

export interface ReadinessProbe {
  read(): Promise<Readiness>;
  /** Report `stopping` from now on. */
  stop(): void;
}

/** Readiness of this process: database reachable and migrated, Redis state, shutdown. */
export function openReadiness({ db, redis }: Pick<Platform, 'db' | 'redis'>): ReadinessProbe {
  let stopping = false;
  let last: { at: number; database: Promise<Readiness['database']> } | null = null;

  return {
    async read() {
      if (last === null || Date.now() - last.at > PROBE_TTL_MS)
        last = { at: Date.now(), database: readDatabase(db) };
      const database = await last.database;
      const state = redis.state();
      const healthy = state === 'up' ? 'ready' : 'degraded';
      return {
        status: stopping ? 'stopping' : database === 'up' ? healthy : 'unready',
        database,
        redis: state,
      };
    },
    stop() {
      stopping = true;
    },
  };
}

async function readState(db: Platform['db']): Promise<Readiness['database']> {
  if (await isReadOnly(db)) return 'read-only';
  return (await isMigrated(db)) ? 'up' : 'unmigrated';
}

async function readDatabase(db: Platform['db']): Promise<Readiness['database']> {
  const asked = readState(db).catch(() => 'away' as const);
  return (await settlesWithin(asked, PROBE_TIMEOUT_MS)) ? asked : 'away';
}
