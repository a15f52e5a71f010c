import { Redis } from 'ioredis';
import pg from 'pg';

import { lineChannel, roomKeys } from '../../src/waiting-room/line/keys.ts';
import { entryOf } from '../../src/waiting-room/tokens/entries.ts';
import { REDIS_PREFIX } from '../stack.ts';
import type { Admission, Sample, TicketChange } from './evidence.ts';
import type { Sale } from './sale.ts';
import type { ArenaStack } from './stack.ts';

const SAMPLE_MS = 500;

/** Room and stock now. */
export interface Now extends Sample {
  sold: number;
  held: number;
  admitted: number;
}

/** What Postgres has at the end. */
export interface Recorded {
  admissions: Admission[];
  ticketChanges: TicketChange[];
  holders: Map<string, string>;
  sold: number;
}

/** Watches a sale past the API: in Postgres, and by the messages of the controller. */
export class Observer implements AsyncDisposable {
  readonly channel: string;
  readonly samples: Sample[] = [];
  now: Now | null = null;
  readonly #sale: Sale;
  readonly #pool: pg.Pool;
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  /** Hash of the visits that take slots. */
  readonly #visitsKey: string;
  #timer: NodeJS.Timeout | undefined;
  #sampling: Promise<void> | null = null;
  #message = { waiting: 0, isSoldOut: false };

  private constructor({ databaseUrl, redisUrl }: ArenaStack, sale: Sale) {
    this.#sale = sale;
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    this.#redis = new Redis(redisUrl);
    this.#subscriber = new Redis(redisUrl);
    this.channel = lineChannel(REDIS_PREFIX, sale);
    this.#visitsKey = roomKeys(REDIS_PREFIX, { eventId: sale.eventId, generation: 1 })[3]!;
  }

  /** Record every change of a ticket from now on, and take samples. */
  static async open(stack: ArenaStack, sale: Sale): Promise<Observer> {
    const observer = new Observer(stack, sale);
    await observer.#pool.query(`
      create table arena_tickets (
        number bigint generated always as identity primary key, at timestamptz not null default clock_timestamp(),
        event_id uuid not null, place integer not null, old_status text not null, new_status text not null,
        old_reservation uuid, new_reservation uuid, old_held_until timestamptz);
      create function arena_ticket() returns trigger language plpgsql as $$ begin
        insert into arena_tickets (event_id, place, old_status, new_status, old_reservation, new_reservation, old_held_until)
        values (old.event_id, old.place, old.status, new.status, old.reservation_id, new.reservation_id, old.held_until);
        return null;
      end $$;
      create trigger arena_ticket after update on tickets for each row execute function arena_ticket()`);
    await observer.#subscriber.ssubscribe(observer.channel);
    observer.#subscriber.on(
      'smessage',
      (_channel: string, text: string) => (observer.#message = JSON.parse(text)),
    );
    observer.#timer = setInterval(() => {
      observer.#sampling ??= observer.#sample().finally(() => (observer.#sampling = null));
    }, SAMPLE_MS);
    return observer;
  }

  async #sample(): Promise<void> {
    const { rows } = await this.#pool.query(
      `select count(*) filter (where status = 'SOLD') as sold,
         count(*) filter (where status = 'RESERVED' and held_until > now()) as held,
         count(*) filter (where status = 'AVAILABLE' or held_until <= now()) as available,
         (select count(*) from waiting_room_admissions where event_id = $1) as admitted,
         (select count(*) from waiting_room_admissions where event_id = $1 and ended_at is null) as visits
       from tickets where event_id = $1`,
      [this.#sale.eventId],
    );
    const numbers = Object.fromEntries(Object.entries(rows[0]).map(([name, value]) => [name, Number(value)]));
    const inside = await this.#redis.hlen(this.#visitsKey);
    const { waiting, isSoldOut } = this.#message;
    const at = Date.now();
    const { visits = 0, available = 0, sold = 0, held = 0, admitted = 0 } = numbers;
    this.samples.push({ at, waiting, inside, isSoldOut, visits, available });
    this.now = { at, waiting, inside, isSoldOut, visits, available, sold, held, admitted };
  }

  /** Stop, and read what was recorded. */
  async finish(): Promise<Recorded> {
    clearInterval(this.#timer);
    await this.#sampling;
    await this.#sample();
    const { eventId } = this.#sale;
    const read = async (text: string) => (await this.#pool.query(text, [eventId])).rows;
    const ms = (column: string) => `extract(epoch from ${column})::float8 * 1000`;
    const [room] = await read(
      `select event_id as "eventId", generation, key from waiting_rooms where event_id = $1`,
    );
    const reservations = await read(`select id, viewer_id as viewer from reservations where event_id = $1`);
    return {
      admissions: (await read(
        `select place, entry, ${ms('admitted_at')} as "admittedAt", ${ms('visit_ends_at')} as "visitEndsAt",
           ${ms('ended_at')} as "endedAt"
         from waiting_room_admissions where event_id = $1 order by place`,
      )) as Admission[],
      ticketChanges: (await read(
        `select ${ms('at')} as at, place, old_status as "from", new_status as "to", old_reservation as "fromReservation",
           new_reservation as "toReservation", ${ms('old_held_until')} as "fromHeldUntil"
         from arena_tickets where event_id = $1 order by number`,
      )) as TicketChange[],
      holders: new Map(reservations.map(({ id, viewer }) => [id, entryOf(room, viewer)])),
      sold: this.now!.sold,
    };
  }

  async [Symbol.asyncDispose]() {
    clearInterval(this.#timer);
    await this.#sampling?.catch(() => {});
    this.#redis.disconnect();
    this.#subscriber.disconnect();
    await this.#pool.end();
  }
}
