import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';

import { newId } from '../../../src/platform/ids.ts';
import { eventually } from '../../support/wait-until.ts';

type Step = (sql: postgres.Sql, number: number) => Promise<unknown>;

/** One change of the catalogue each; the choices are Postgres'. */
const STEPS: Readonly<Record<string, Step>> = {
  added: (sql, number) => sql`
    insert into events (id, organiser_id, venue_id, name, category, timezone, starts_at, status, folded)
    select gen_random_uuid(), organiser_id, venue_id, name, category, timezone, starts_at, 'ANNOUNCED', ${`added ${number}`}
    from events order by random() limit 3`,
  changed: (sql, number) => sql`
    update events set folded = ${`changed ${number}`} where id in (select id from events order by random() limit 5)`,
  withdrawn: (sql) => sql`
    update events set status = 'DRAFT'
    where id in (select id from events where status = 'ANNOUNCED' order by random() limit 1)`,
  shown: (sql) => sql`
    update events set status = 'ANNOUNCED' where id in (select id from events where status = 'DRAFT' limit 1)`,
  deleted: (sql) => sql`
    delete from events where id in (
      select id from events where status = 'ANNOUNCED' and not exists (select from event_performers where event_id = events.id)
      order by random() limit 1)`,
  'venue renamed': (sql, number) => sql`
    update venues set folded = ${`venue ${number}`} where id in (select venue_id from events order by random() limit 1)`,
  'performer added': async (sql, number) => {
    const id = newId();
    await sql.begin(async (tx) => {
      await tx`insert into performers (id, name, kind, folded) values (${id}, 'A', 'band', ${`performer ${number}`})`;
      await tx`
        insert into event_performers (event_id, performer_id, position)
        select id, ${id}, 0 from events order by random() limit 6
        on conflict do nothing`;
    });
  },
  'performer renamed': (sql, number) => sql`
    update performers set folded = ${`performer renamed ${number}`} where id in (select id from performers order by random() limit 1)`,
  'performer left': (sql) => sql`
    delete from event_performers where (event_id, performer_id) in (
      select event_id, performer_id from event_performers order by random() limit 6)`,
  sold: (sql) => sql`
    update tickets set status = 'SOLD', reservation_id = gen_random_uuid(), version = version + 1
    where (event_id, place) in (select event_id, place from tickets where status = 'AVAILABLE' order by random() limit 4)`,
  freed: (sql) => sql`
    update tickets set status = 'AVAILABLE', reservation_id = null, version = version + 1
    where (event_id, place) in (select event_id, place from tickets where status = 'SOLD' order by random() limit 2)`,
};

/** Changes the catalogue some hundred times a second until it is stopped; what fails while Postgres is away is tried again. */
export function writeCatalogue(sql: postgres.Sql) {
  const done: Record<string, number> = {};
  let count = 0;
  let isStopped = false;
  const running = (async () => {
    for (let number = 0; !isStopped; number++) {
      const [name, step] = Object.entries(STEPS)[number % Object.keys(STEPS).length]!;
      const succeeded = await step(sql, number).then(
        () => true,
        () => false,
      );
      await pause(succeeded ? 2 : 50);
      done[name] = (done[name] ?? 0) + (succeeded ? 1 : 0);
      count += succeeded ? 1 : 0;
    }
  })();
  const stop = async () => {
    isStopped = true;
    await running;
  };
  return {
    /** How often each step has succeeded. */
    done,
    /** Wait for so many more changes. */
    async changes(more: number): Promise<void> {
      const target = count + more;
      await eventually(`${more} more changes`, async () => count >= target);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
