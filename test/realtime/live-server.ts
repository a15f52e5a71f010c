import { and, eq, inArray, sql } from 'drizzle-orm';

import { tickets } from '../../src/booking/index.ts';
import { events, priceTiers } from '../../src/catalog/index.ts';
import type { Metrics } from '../../src/platform/telemetry/metrics.ts';
import { waitingRoomAdmissions, waitingRooms } from '../../src/waiting-room/tables.ts';
import { eventOnSale, inDays, ORGANISER } from '../support/seed.ts';
import { eventually } from '../support/wait-until.ts';
import { openWorld, type World } from '../support/world.ts';

/** An Event with a live map, and mutations of its rows. */
export interface LiveEvent {
  /** The row's key. */
  id: string;
  /** The global id. */
  event: string;
  /** Make it a draft, visible to its organiser only. */
  withdraw: () => Promise<void>;
  /** Delete it, with tickets and prices. */
  remove: () => Promise<void>;
  /** Block or unblock places in one transaction, and so in one delta. */
  set: (places: readonly number[], status: 'A' | 'B') => Promise<void>;
}

/** An API server and a worker: changes in the database reach subscribers. */
export interface LiveServer extends AsyncDisposable {
  url: string;
  token: World['token'];
  /** A token that expires in that many seconds. */
  tokenFor: (seconds: number, ...of: Parameters<World['token']>) => Promise<string>;
  onSale: (places?: number) => Promise<LiveEvent>;
  /** A draft with tickets, optionally at the Venue of another Event. */
  draft: (beside?: LiveEvent) => Promise<LiveEvent>;
  /** Open a waiting room in front of an Event, which shows the map and has one line in its log. Returns a token of the organiser. */
  openRoom: (live: LiveEvent) => Promise<string>;
  /** Shut the server down. */
  stop: () => Promise<void>;
  /** Value of a metric, summed over its labels. */
  count: (name: MetricName) => Promise<number>;
}

type MetricName = Extract<keyof Metrics, `realtime${string}`>;

const STATUSES = { A: 'AVAILABLE', B: 'BLOCKED' } as const;

/** Start server and worker, with settings as in the environment. */
export async function openLiveServer(environment: Record<string, string> = {}): Promise<LiveServer> {
  const world = await openWorld({ roles: ['api', 'worker'], environment });
  const { db, metrics } = world.platform;

  async function onSale(places = 40): Promise<LiveEvent> {
    const { id, event } = await eventOnSale(world.platform, { seats: places });
    const isLive = `{ seatMap(event: "${event}") { stale } }`;
    await eventually('the map is live', async () => {
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
    async openRoom({ id, event }) {
      const organiser = await world.as(ORGANISER, 'ORGANISER');
      const settings = { opensAt: inDays(1), capacity: 1, admissionsPerMinute: 1, protectsSeatMap: false };
      const opened = await organiser.mutate('openWaitingRoom', { event, ...settings });
      if (opened.__typename !== 'WaitingRoomOpened') throw new Error(JSON.stringify(opened));
      const key = { eventId: id, generation: 1 };
      const instants = { admittedAt: new Date(), visitEndsAt: inDays(1) };
      await db
        .insert(waitingRoomAdmissions)
        .values({ ...key, place: 1, entry: 'A'.repeat(22), number: 1, ...instants });
      await db.update(waitingRooms).set({ logged: 1 }).where(eq(waitingRooms.eventId, id));
      return world.token(ORGANISER, 'ORGANISER');
    },
    stop: async () => world.onsale[Symbol.asyncDispose](),
    async count(name) {
      const metric = metrics[name] as unknown as { get(): Promise<{ values: { value: number }[] }> };
      return (await metric.get()).values.reduce((sum, { value }) => sum + value, 0);
    },
    [Symbol.asyncDispose]: async () => world[Symbol.asyncDispose](),
  };
}
