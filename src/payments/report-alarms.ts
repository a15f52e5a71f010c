import type { Platform } from '../platform/index.ts';
import { ALARMS } from '../platform/telemetry/known-labels.ts';
import { countRecentAlarms } from './store/alarms.ts';

/** Set the gauge of recent alarms from Postgres, which has those of processes that ended before a scrape, too. */
export async function reportAlarms({ db, metrics }: Pick<Platform, 'db' | 'metrics'>): Promise<void> {
  const recent = await countRecentAlarms(db);
  for (const alarm of ALARMS) metrics.recentPaymentAlarms.set({ alarm }, recent.get(alarm) ?? 0);
}
