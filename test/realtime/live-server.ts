import { and, eq, inArray, sql } from 'drizzle-orm';

import { tickets } from '../../src/booking/index.ts';
import { events, priceTiers } from '../../src/catalog/index.ts';
import type { Metrics } from '../../src/platform/telemetry/metrics.ts';
import { eventOnSale } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openWorld, type World } from '../support/world.ts';

/** An Event that can be followed, and changed. */
export interface LiveEvent {
  /** The row's key. */
  id: string;
  /** The global id. */
  event: string;
  /** Make it what only its organiser may see. */
  withdraw: () => Promise<void>;
  /** Delete it, and everything of it. */
  remove: () => Promise<void>;
  /** Take places out of the sale, or put them back: one transaction, and so one delta. */
  set: (places: readonly number[], status: 'A' | 'B') => Promise<void>;
}

/** A server and a worker; whatever changes in the database can be followed. */
export interface LiveServer extends AsyncDisposable {
  url: string;
  token: World['token'];
  /** A token that says it is good for so many seconds; ours is the clock that it is held against. */
  tokenFor: (seconds: number, ...of: Parameters<World['token']>) => Promise<string>;
  onSale: (places?: number) => Promise<LiveEvent>;
  /** An Event with tickets that only its organiser may see; perhaps at the Venue of another. */
  draft: (beside?: LiveEvent) => Promise<LiveEvent>;
  /** Stop the server, as at the end of a process. */
  stop: () => Promise<void>;
  /** The value of a metric; the sum over its labels. */
  count: (name: MetricName) => Promise<number>;
}

type MetricName = Extract<keyof Metrics, `realtime${string}`>;

const STATUSES = { A: 'AVAILABLE', B: 'BLOCKED' } as const;

/** Open one, with settings as an operator would make them. */
export async function openLiveServer(environment: Record<string, string> = {}): Promise<LiveServer> {
  const world = await openWorld({ roles: ['api', 'worker'], environment });
  const { db, metrics } = world.platform;

  async function onSale(places = 40): Promise<LiveEvent> {
    const { id, event } = await eventOnSale(world.platform, { seats: places });
    const isLive = `{ seatMap(event: "${event}") { stale } }`;
    await eventually('the feed has begun', async () => {
      const { seatMap } = await world.stranger.ask(isLive);
      return seatMap.stale === false;
    });
    return {
      id,
      event,
      async withdraw() {
        await db.update(events).set({ status: 'DRAFT' }).where(eq(events.id, id));
      },
      async remove() {
        await db.delete(tickets).where(eq(tickets.eventId, id));
        await db.delete(priceTiers).where(eq(priceTiers.eventId, id));
        await db.delete(events).where(eq(events.id, id));
      },
      async set(changed, letter) {
        await db
          .update(tickets)
          .set({ status: STATUSES[letter], version: sql`${tickets.version} + 1` })
          .where(and(eq(tickets.eventId, id), inArray(tickets.place, [...changed])));
      },
    };
  }

  return {
    url: world.url,
    token: (...of) => world.token(...of),
    tokenFor: (seconds, sub, ...roles) => world.issuer.sign({ sub, roles, days: seconds / 86_400 }),
    onSale,
    async draft(beside) {
      const live = await onSale();
      const [other] = await db
        .select({ venueId: events.venueId })
        .from(events)
        .where(eq(events.id, beside?.id ?? live.id));
      await db.update(events).set({ status: 'DRAFT', venueId: other!.venueId }).where(eq(events.id, live.id));
      return live;
    },
    stop: async () => world.onsale[Symbol.asyncDispose](),
    async count(name) {
      const metric = metrics[name] as unknown as { get(): Promise<{ values: { value: number }[] }> };
      return (await metric.get()).values.reduce((sum, { value }) => sum + value, 0);
    },
    [Symbol.asyncDispose]: async () => world[Symbol.asyncDispose](),
  };
}
