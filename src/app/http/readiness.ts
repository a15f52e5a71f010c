import { setTimeout as wait } from 'node:timers/promises';

import { isMigrated } from '../../platform/db/migrated.ts';
import type { Platform } from '../../platform/index.ts';
import type { RedisState } from '../../platform/redis/client.ts';

/** Whether to send requests here, and why not. */
interface Readiness {
  /** `degraded` is ready, only slower. */
  status: 'ready' | 'degraded' | 'unready' | 'stopping';
  database: 'up' | 'away' | 'unmigrated';
  redis: RedisState;
}

/** A probe that waits longer has its answer. */
const ANSWER_WITHIN_MS = 2_000;
/** However many probes ask, the database is asked this often. */
const REMEMBER_FOR_MS = 1_000;

/** Watches over whether we are ready. */
export interface ReadinessProbe {
  read(): Promise<Readiness>;
  /** From now on the answer is `stopping`. */
  stop(): void;
}

/** Open the probe. */
export function openReadiness({ db, redis }: Pick<Platform, 'db' | 'redis'>): ReadinessProbe {
  let stopping = false;
  let last: { at: number; database: Promise<Readiness['database']> } | null = null;

  return {
    async read() {
      if (last === null || Date.now() - last.at > REMEMBER_FOR_MS)
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

async function readDatabase(db: Platform['db']): Promise<Readiness['database']> {
  const answered = new AbortController();
  const asked = isMigrated(db).then(
    (done) => (done ? 'up' : 'unmigrated'),
    () => 'away' as const,
  );
  const late = wait(ANSWER_WITHIN_MS, 'away' as const, { signal: answered.signal, ref: false }).catch(
    () => 'away' as const,
  );
  const database = await Promise.race([asked, late]);
  answered.abort();
  return database;
}
