import { sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';

import { eventEnd, events, eventsOfDays, startsLateEnough } from '../../catalog/index.ts';
import { ADVISORY_LOCKS } from '../../platform/db/advisory-locks.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { BETWEEN_WORDS } from '../../platform/text/words.ts';

/** Names have fewer words; a longer one is found by the first of them. */
const MAX_WORDS_OF_NAME = 20;
const MAX_WORD_LENGTH = 60;

const e = alias(events, 'e');

const comingFrom = (source: SQL, where: SQL): SQL => sql`
  select e.id, e.name, e.folded, e.venue_id, e.city, e.folded_city, e.country_code, e.latitude, e.longitude, e.starts_at,
    ${eventEnd(e)} as ends_at
  from ${source} where e.status in ('ANNOUNCED', 'ON_SALE') and ${where}`;

/** SQL columns: the first of the Events of a group, their number, and when the last of them ends. */
const OF_EVENTS = sql`count(*)::int as events, (array_agg(coming.id order by coming.starts_at, coming.id))[1] as first_event_id,
  max(coming.ends_at) as until`;

const pointOfFirst = (column: SQL): SQL =>
  sql`(array_agg(${column} order by coming.starts_at, coming.id))[1]`;

const NAMES = sql`
  select 'EVENT' as kind, md5(coming.folded) as key, min(coming.name) as name, coming.folded, null as country_code,
    ${pointOfFirst(sql`coming.latitude`)} as latitude, ${pointOfFirst(sql`coming.longitude`)} as longitude, ${OF_EVENTS}
  from coming group by coming.folded
  union all
  select 'PERFORMER', p.id::text, p.name, p.folded, p.country_code, null, null, ${OF_EVENTS}
  from coming
  cross join lateral (
    select performer_id from event_performers where event_performers.event_id = coming.id offset 0) lineup
  join performers p on p.id = lineup.performer_id group by p.id
  union all
  select 'VENUE', v.id::text, v.name, v.folded, v.country_code, v.latitude, v.longitude, ${OF_EVENTS}
  from coming join venues v on v.id = coming.venue_id group by v.id
  union all
  select 'CITY', coming.folded_city || ' ' || coalesce(coming.country_code, ''), min(coming.city), coming.folded_city,
    coming.country_code, avg(coming.latitude), avg(coming.longitude), ${OF_EVENTS}
  from coming where coming.folded_city is not null and coming.city is not null
  group by coming.folded_city, coming.country_code`;

const COLUMNS = sql`word, is_inner, kind, key, name, words, events, first_event_id, until, country_code, latitude, longitude`;

/**
 * Derive the suggestions from the Events to come; rows that stay as they are are not written. Returns false if another process is
 * at it. Reads every Event to come.
 */
export const refreshSuggestions = (platform: Pick<Platform, 'db' | 'metrics'>): Promise<boolean> =>
  inTransaction(platform, 'search.refreshSuggestions', async (tx) => {
    const {
      rows: [lock],
    } = await tx.execute<{ isOurs: boolean }>(sql`
      /* search.lockSuggestions */
      select pg_try_advisory_xact_lock(${ADVISORY_LOCKS.suggestions}) as "isOurs"`);
    if (!lock!.isOurs) return false;
    await rewriteSuggestions(tx);
    return true;
  });

async function rewriteSuggestions(tx: Tx): Promise<void> {
  await tx.execute(sql`
    /* search.refreshSuggestions: plan anew */
    with coming as materialized (
      ${comingFrom(sql`events e`, startsLateEnough(e, sql`now()`))}
      union all
      ${comingFrom(sql`${eventsOfDays(sql`now()`)} e`, sql`true`)}
    ),
    names as (${NAMES}),
    split as (
      select names.*, trim(regexp_replace(folded, ${BETWEEN_WORDS}, ' ', 'g')) as words from names
    ),
    fresh as materialized (
      select distinct on (typed.word, kind, key) left(typed.word, ${MAX_WORD_LENGTH}::int) as word,
        typed.place > 1 as is_inner, kind, key, name, words, events, first_event_id, until, country_code, latitude, longitude
      from split cross join lateral unnest(string_to_array(words, ' ')) with ordinality as typed(word, place)
      where words <> '' and typed.place <= ${MAX_WORDS_OF_NAME}::int
      order by typed.word, kind, key, typed.place
    ),
    gone as (
      delete from suggestion_words old
      where (word, kind, key) in (
        select word, kind, key from suggestion_words except select word, kind, key from fresh) -- an anti-join may be a nested loop
    )
    insert into suggestion_words (${COLUMNS})
    select ${COLUMNS} from fresh
    except
    select ${COLUMNS} from suggestion_words
    on conflict (word, kind, key) do update set is_inner = excluded.is_inner, name = excluded.name, words = excluded.words,
      events = excluded.events, first_event_id = excluded.first_event_id, until = excluded.until,
      country_code = excluded.country_code, latitude = excluded.latitude, longitude = excluded.longitude`);
}

/** A new name is suggested within half a minute of its Event, while there are few Events. */
const MIN_PAUSE_MS = 30 * 1_000;
/** Refreshing takes a thirtieth of a connection at most. */
const PAUSES_PER_RUN = 30;

/** Refreshes the suggestions again and again, the more rarely the longer it takes. */
export class SuggestionRefresher {
  #dueAt = -Infinity;
  readonly #now: () => number;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** Refresh them if it is time. */
  async refreshDue(platform: Pick<Platform, 'db' | 'metrics'>): Promise<void> {
    const startedAt = this.#now();
    if (startedAt < this.#dueAt) return;
    await refreshSuggestions(platform);
    const endedAt = this.#now();
    this.#dueAt = endedAt + Math.max(MIN_PAUSE_MS, PAUSES_PER_RUN * (endedAt - startedAt));
  }
}
