import { afterEach, beforeEach } from 'vitest';

import { openPool, type Pool } from '../../../src/platform/db/pool.ts';
import { readSlot, type SlotEvent, type SlotReaderParts } from '../../../src/platform/db/replication.ts';
import { openLog } from '../../../src/platform/telemetry/log.ts';
import { openMetrics, type Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { cloneDatabase } from '../../support/database.ts';
import { eventOnSale, type SeededEvent } from '../../support/seed.ts';

export const PUBLICATION = 'onsale_realtime';

/** Of the test that runs. */
export let opened: AsyncDisposableStack;
export let metrics: Metrics;
/** How often a reader said that it could not read. */
export let failures: number;

beforeEach(() => {
  opened = new AsyncDisposableStack();
  metrics = openMetrics();
  failures = 0;
});
afterEach(() => opened.disposeAsync());

/** A database with an Event on sale. */
export interface Place {
  url: string;
  pool: Pool;
  event: SeededEvent;
}

export async function openPlace(url?: string): Promise<Place> {
  url ??= opened.use(await cloneDatabase()).url;
  const pool = opened.use(openPool(url, 4));
  return { url, pool, event: await eventOnSale({ ...pool, metrics }, { seats: 100 }) };
}

/** A reader of the slot; each `next` returns an event and acknowledges the previous one, up to `oldestUnwrittenLsn`. */
export function open(
  { url, pool }: Place,
  oldestUnwrittenLsn?: () => bigint | null,
  others: Partial<SlotReaderParts> = {},
) {
  const stopping = new AbortController();
  const log = openLog('warn', { write: (line) => void (line.includes('read failed') && failures++) });
  const platform = { db: pool.db, log, metrics };
  const slot = readSlot({
    databaseUrl: url,
    publication: PUBLICATION,
    platform,
    signal: stopping.signal,
    ...(oldestUnwrittenLsn && { oldestUnwrittenLsn }),
    ...others,
  });
  const close = async () => {
    stopping.abort();
    await slot.return();
  };
  opened.defer(close);
  return {
    close,
    async next(): Promise<SlotEvent> {
      const { value } = await slot.next();
      return value!;
    },
    /** The next news of that kind; other news are passed over. */
    async until<K extends SlotEvent['kind']>(kind: K): Promise<SlotEvent & { kind: K }> {
      for (;;) {
        const news = await this.next();
        if (news.kind === kind) return news as SlotEvent & { kind: K };
      }
    },
  };
}

export const block = ({ pool, event }: Place, ...places: number[]) =>
  pool.sql`update tickets set status = 'BLOCKED', version = version + 1
    where event_id = ${event.id} and place = any(${places}::int[])`;

export const placesOf = (news: SlotEvent & { kind: 'changes' }) =>
  news.changes.map(({ row }) => row['place'] as number).toSorted((a, b) => a - b);

export async function slotOf({ pool }: Place) {
  const [slot] = await pool.sql`
    select slot_name, confirmed_flush_lsn::text as confirmed, wal_status
    from pg_replication_slots where database = current_database()`;
  return slot as { slot_name: string; confirmed: string; wal_status: string } | undefined;
}
