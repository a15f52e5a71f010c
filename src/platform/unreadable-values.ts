import { channel } from 'node:diagnostics_channel';
import { LRUCache } from 'lru-cache';

import type { Platform } from './index.ts';
import type { Alarm } from './telemetry/known-labels.ts';

/** A stored value that this version never writes, and what is shown in its place. */
export interface UnreadableValue {
  column: string;
  value: string;
  shown: string | null;
  eventId?: string;
}

const unreadable = channel('onsale.unreadable-value');

/** Report a stored value that cannot be given back. The readers of rows have no platform, hence a channel. */
export const reportUnreadable = (found: UnreadableValue): void => unreadable.publish(found);

/** Values logged once each; a list that is read often would fill the log. */
const MAX_LOGGED_VALUES = 1_000;

/** Raise an alarm for each unreadable value that is read in this process, until disposed. */
export function alarmOnUnreadableValues({ log, metrics }: Pick<Platform, 'log' | 'metrics'>): Disposable {
  const logged = new LRUCache<string, true>({ max: MAX_LOGGED_VALUES });
  const onFound = (message: unknown) => {
    const found = message as UnreadableValue;
    metrics.alarms.inc({ alarm: 'unreadable-value' satisfies Alarm });
    const key = `${found.column} ${found.value} ${found.eventId ?? ''}`;
    if (logged.has(key)) return;
    logged.set(key, true);
    log.error({ alarm: 'unreadable-value', ...found }, 'alarm');
  };
  unreadable.subscribe(onFound);
  return { [Symbol.dispose]: () => unreadable.unsubscribe(onFound) };
}
